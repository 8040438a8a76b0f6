package export

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
)

// mapping is what a mapping set makes of one field.
type mapping struct{ source, sourceType, name, description string }

func mappingsOf(value tftypes.Value) map[string]mapping {
	found := map[string]mapping{}
	for destination, one := range membersOf(value) {
		members := membersOf(one)
		found[destination] = mapping{textOf(members["source"]), textOf(members["source_type"]), textOf(members["name"]), textOf(members["description"])}
	}
	return found
}

// ready is a call of the function event_mappings, and what a mapping set has besides.
type ready struct {
	arguments []string
	rest      map[string]mapping
}

// recognize finds the arguments of event_mappings for a mapping set, and reports whether the call says more than it takes to write it.
func (e *engine) recognize(ctx context.Context, namespace string, is map[string]mapping) (found ready, worth bool, err error) {
	plain, hashed, err := e.choices(ctx, namespace)
	if err != nil {
		return found, false, err
	}
	var chosen, adjusted []string
	found.rest = maps.Clone(is)
	for _, field := range customerio.EventFields() {
		destination := namespace + "." + field.Name
		isDefault, mapped := slices.Contains(customerio.DefaultEventFields(), field.Name), is[destination]
		_, has := is[destination]
		switch {
		case has && mapped == plain[destination]:
			chosen = append(chosen, field.Name)
			if !isDefault {
				adjusted = append(adjusted, "+"+field.Name)
			}
		case has && mapped == hashed[destination]:
			chosen = append(chosen, "hash:"+field.Name)
			adjusted = append(adjusted, "+hash:"+field.Name)
		case isDefault && !has:
			adjusted = append(adjusted, "-"+field.Name)
			continue
		default: // the rest has a mapping of its own, which takes the place of the default
			continue
		}
		delete(found.rest, destination)
	}
	matched := len(chosen)
	for destination, one := range plain {
		if !strings.HasPrefix(destination, namespace+".") { // what every call returns
			if _, has := is[destination]; !has {
				return found, false, nil
			}
			if is[destination] == one {
				matched++
				delete(found.rest, destination)
			}
		}
	}
	found.arguments = adjusted
	if len(chosen) < len(adjusted) {
		found.arguments = chosen
	}
	return found, len(chosen) > 0 && matched > len(found.arguments), nil
}

// choices are the mappings of all event fields, plain and hashed. A hash is for texts only.
func (e *engine) choices(ctx context.Context, namespace string) (plain, hashed map[string]mapping, err error) {
	bare, hashes := []string{namespace}, []string{namespace}
	for _, field := range customerio.EventFields() {
		bare = append(bare, field.Name)
		if field.Type == customerio.FieldString {
			hashes = append(hashes, "hash:"+field.Name)
		}
	}
	one, err := e.call(ctx, "event_mappings", bare...)
	if err != nil {
		return nil, nil, err
	}
	other, err := e.call(ctx, "event_mappings", hashes...)
	return mappingsOf(one), mappingsOf(other), err
}

// expression writes the call, and merges the rest into it.
func (r ready) expression(namespace hclwrite.Tokens) hclwrite.Tokens {
	arguments := []hclwrite.Tokens{namespace}
	for _, one := range r.arguments {
		arguments = append(arguments, text(one))
	}
	call := provided("event_mappings", arguments...)
	if len(r.rest) == 0 {
		return call
	}
	return hclwrite.TokensForFunctionCall("merge", call, allMappings(r.rest))
}

func allMappings(all map[string]mapping) hclwrite.Tokens {
	var members []member
	for _, destination := range slices.Sorted(maps.Keys(all)) {
		members = append(members, member{destination, all[destination].expression()})
	}
	return inQuotes(members)
}

func (m mapping) expression() hclwrite.Tokens {
	members := []member{{"source", text(m.source)}}
	for _, one := range []struct{ name, value string }{
		{"source_type", strings.TrimPrefix(m.sourceType, dataprep.SourceAttribute)}, {"name", m.name}, {"description", m.description},
	} {
		if one.value != "" {
			members = append(members, member{one.name, text(one.value)})
		}
	}
	return wide(members)
}

// eventsExpression names whole categories by the function events, if there are any and functions are allowed, and the rest one by one.
func eventsExpression(events []string, functions bool) hclwrite.Tokens {
	events = slices.Clone(events)
	slices.Sort(events)
	var whole []hclwrite.Tokens
	rest := events
	for _, category := range customerio.EventCategories() {
		of := customerio.EventsOf(category)
		if functions && !slices.ContainsFunc(of, func(one string) bool { return !slices.Contains(events, one) }) {
			whole = append(whole, text(category))
			rest = slices.DeleteFunc(slices.Clone(rest), func(one string) bool { return slices.Contains(of, one) })
		}
	}
	switch {
	case len(whole) == 0:
		return texts(events)
	case len(rest) == 0:
		return provided("events", whole...)
	}
	return hclwrite.TokensForFunctionCall("setunion", provided("events", whole...), texts(rest))
}

func textsOf(value tftypes.Value) (found []string) {
	for _, one := range elementsOf(value) {
		found = append(found, textOf(one))
	}
	slices.SortFunc(found, cmp.Compare[string])
	return found
}
