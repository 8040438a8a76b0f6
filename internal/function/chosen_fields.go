package function

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

// The signs before the name of a field. Bare names have none.
const (
	signAdd    = "+"
	signRemove = "-"
	signHash   = "hash:"
)

// chosenField is an event field, and whether only the hash of its value is stored.
type chosenField struct {
	customerio.EventField
	hashed bool
}

// choice is an argument such as "+hash:email", taken apart.
type choice struct {
	argument, sign, name string
	hashed               bool
}

func parseChoice(argument string) choice {
	parsed := choice{argument: argument}
	rest := argument
	for _, sign := range []string{signAdd, signRemove} {
		if name, has := strings.CutPrefix(argument, sign); has {
			parsed.sign, rest = sign, name
		}
	}
	parsed.name, parsed.hashed = strings.CutPrefix(rest, signHash)
	return parsed
}

// refuse says what is wrong with the argument by itself, if anything is.
func (c choice) refuse() string {
	field, known := customerio.FindEventField(c.name)
	switch {
	case !known:
		return unknownField(c.name)
	case c.hashed && c.sign == signRemove:
		return fmt.Sprintf("%q hashes a field and removes it. To remove it, write %q", c.argument, signRemove+c.name)
	case c.hashed && field.Type != customerio.FieldString:
		return fmt.Sprintf("%q cannot be hashed: it is of the type %s, and only strings have a hash", c.name, field.Type)
	}
	return ""
}

// chosenFields returns the fields that the arguments choose, in the order of the catalog.
func chosenFields(arguments []string) ([]chosenField, *function.FuncError) {
	choices := make([]choice, 0, len(arguments))
	for i, argument := range arguments {
		parsed := parseChoice(argument)
		if wrong := parsed.refuse(); wrong != "" {
			return nil, function.NewArgumentFuncError(int64(i+1), wrong)
		}
		choices = append(choices, parsed)
	}
	wanted, err := wantedFields(choices)
	if err != nil {
		return nil, err
	}
	var chosen []chosenField
	for _, field := range customerio.EventFields() {
		removed := slices.ContainsFunc(choices, func(c choice) bool { return c.name == field.Name && c.sign == signRemove })
		hashed := slices.ContainsFunc(choices, func(c choice) bool { return c.name == field.Name && c.hashed })
		if slices.Contains(wanted, field.Name) && !removed {
			chosen = append(chosen, chosenField{field, hashed})
		}
	}
	return chosen, nil
}

// wantedFields are the names of the fields before any is removed. Each removal must be of one of them.
func wantedFields(choices []choice) ([]string, *function.FuncError) {
	var bare, added []string
	for _, c := range choices {
		switch c.sign {
		case "":
			bare = append(bare, c.name)
		case signAdd:
			added = append(added, c.name)
		}
	}
	wanted := bare
	if len(bare) == 0 {
		wanted = slices.Concat(customerio.DefaultEventFields(), added)
	}
	for i, c := range choices {
		switch {
		case c.sign == signAdd && len(bare) > 0:
			return nil, function.NewArgumentFuncError(int64(i+1), fmt.Sprintf(
				"%q adds to the default fields, but the bare name %q replaces them. Write + before each name to add, or before none to replace", c.argument, bare[0]))
		case c.sign == signRemove && !slices.Contains(wanted, c.name):
			return nil, function.NewArgumentFuncError(int64(i+1), removesNothing(c, wanted))
		}
	}
	return wanted, nil
}

func removesNothing(c choice, wanted []string) string {
	near := ""
	if names := advice.Nearest(c.name, wanted); len(names) > 0 {
		near = fmt.Sprintf("; the nearest is %q", signRemove+names[0])
	}
	return fmt.Sprintf("%q removes nothing%s. Without it, the fields are: %s", c.argument, near, strings.Join(wanted, ", "))
}
