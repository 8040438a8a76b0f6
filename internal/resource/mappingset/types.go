package mappingset

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
)

// misfit says what a source is if no value of it can become what the field takes. It is "" where one may: Data Prep converts texts to truth
// values and dates (documented: prep-formats), and, as is inferred, to numbers, and everything single to a text.
func misfit(mapping mappingModel, field *schemaregistry.Tree) string {
	if field == nil {
		return ""
	}
	if literal, is := mapping.literal(); is {
		if fits(literal.kind, []any{literal.value}, field) && isListed(literal.value, field) {
			return ""
		}
		return "The literal is " + literal.spelled
	}
	source := mapping.Source.ValueString()
	found, _ := customerio.FindEventPath(source)
	if mapping.SourceType.ValueString() != dataprep.SourceAttribute || found.Type == "" || fits(found.Type, found.Samples, field) {
		return ""
	}
	return fmt.Sprintf("%q is %s", source, described(found))
}

func described(source customerio.EventPath) string {
	switch source.Type {
	case customerio.FieldInteger:
		return "a whole number"
	case customerio.FieldBoolean:
		return "true or false"
	case customerio.FieldObject:
		return "an object"
	}
	if len(source.Samples) > 0 {
		return fmt.Sprintf("a text such as %q", source.Samples[0])
	}
	return "a text"
}

func taken(field *schemaregistry.Tree) string {
	switch {
	case len(field.Enum) > 0:
		return "one of " + listed(field.Enum)
	case isDate(field):
		return "a date"
	case field.Type == "integer":
		return "a whole number"
	case field.Type == "number":
		return "a number"
	case field.Type == "boolean":
		return "true or false"
	case field.Type == "object":
		return "an object"
	case field.Type == "array":
		return "an array"
	}
	return "a text"
}

// mostListed is how many of the values of a field a message names.
const mostListed = 10

func listed(values []any) string {
	var texts []string
	for _, value := range values[:min(len(values), mostListed)] {
		texts = append(texts, fmt.Sprintf("%q", fmt.Sprint(value)))
	}
	if len(values) > mostListed {
		texts = append(texts, "…")
	}
	return strings.Join(texts, ", ")
}

// isListed tells whether a field takes a value, of which it may have a list. Values are compared as texts, which Data Prep makes of all.
func isListed(value any, field *schemaregistry.Tree) bool {
	return len(field.Enum) == 0 || slices.ContainsFunc(field.Enum, func(one any) bool { return fmt.Sprint(one) == fmt.Sprint(value) })
}

func isDate(field *schemaregistry.Tree) bool {
	return field.Type == "string" && (field.Format == "date" || field.Format == "date-time")
}

// convert says how to map the source all the same.
func convert(mapping mappingModel, field *schemaregistry.Tree) string {
	if isDate(field) && mapping.Source.ValueString() == "timestamp" {
		return "It counts seconds since 1970. Convert it: `source_type = \"EXPRESSION\"`, with dformat($${timestamp} * 1000, …) as the guide on mappings shows."
	}
	if _, is := mapping.literal(); is {
		return "The field would stay empty, or the row would be rejected. Correct the literal."
	}
	return "Data Prep would leave the field empty. Map another field, or convert the value with `source_type = \"EXPRESSION\"`."
}

// truths are the texts that are read as true or false (documented: prep-formats).
var truths = []string{"y", "yes", "on", "true", "n", "no", "off", "false"}

// fits leaves what a text may be to the samples of it: without any, it fits.
func fits(kind string, samples []any, field *schemaregistry.Tree) bool {
	isText := kind == customerio.FieldString
	may := func(is func(text string) bool) bool {
		return isText && (len(samples) == 0 || slices.ContainsFunc(samples, func(one any) bool { return is(fmt.Sprint(one)) }))
	}
	switch {
	case isDate(field):
		return may(isDateText)
	case field.Type == "string":
		return kind != customerio.FieldObject
	case field.Type == "integer":
		return kind == customerio.FieldInteger || may(isWhole)
	case field.Type == "number":
		return kind == customerio.FieldInteger || kind == fieldNumber || may(isNumber)
	case field.Type == "boolean":
		return kind == customerio.FieldBoolean || may(func(text string) bool { return slices.Contains(truths, strings.ToLower(text)) })
	case field.Type == "object":
		return kind == customerio.FieldObject
	}
	return field.Type != "array" // no event field is a list
}

func isWhole(text string) bool {
	_, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	return err == nil
}

func isNumber(text string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return err == nil
}
