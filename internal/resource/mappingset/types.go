package mappingset

import (
	"fmt"
	"regexp"
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
	source, samples := mapping.Source.ValueString(), []any{mapping.Source.ValueString()}
	kind, is := customerio.FieldString, fmt.Sprintf("The literal is %q", source)
	switch mapping.SourceType.ValueString() {
	case dataprep.SourceStatic:
	case dataprep.SourceAttribute:
		found, _ := customerio.FindEventPath(source)
		kind, samples = found.Type, found.Samples
		is = fmt.Sprintf("%q is %s", source, described(found))
	default:
		return ""
	}
	if source == "" || kind == "" || field == nil || fits(kind, samples, field) {
		return ""
	}
	return is
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
	case isDate(field):
		return "a date"
	case field.Type == "integer", field.Type == "number":
		return "a number"
	case field.Type == "boolean":
		return "true or false"
	case field.Type == "object":
		return "an object"
	}
	return "a text"
}

func isDate(field *schemaregistry.Tree) bool {
	return field.Type == "string" && (field.Format == "date" || field.Format == "date-time")
}

// convert says how to map the source all the same.
func convert(mapping mappingModel, field *schemaregistry.Tree) string {
	if isDate(field) && mapping.Source.ValueString() == "timestamp" {
		return "It counts seconds since 1970. Convert it: `source_type = \"EXPRESSION\"`, with dformat(timestamp * 1000, …) as the guide on mappings shows."
	}
	return "Data Prep would leave the field empty. Map another field, or convert the value with `source_type = \"EXPRESSION\"`."
}

// dates are what the documented formats have in common (documented: prep-formats).
var dates = regexp.MustCompile(`^(\d{1,4}[-/.]\w|\d{8}$)`)

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
		return may(dates.MatchString)
	case field.Type == "string":
		return kind != customerio.FieldObject
	case field.Type == "integer", field.Type == "number":
		return kind == customerio.FieldInteger || may(isNumber)
	case field.Type == "boolean":
		return kind == customerio.FieldBoolean || may(func(text string) bool { return slices.Contains(truths, strings.ToLower(text)) })
	case field.Type == "object":
		return kind == customerio.FieldObject
	}
	return true
}

func isNumber(text string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return err == nil
}
