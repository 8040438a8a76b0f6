package function

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
)

// timestampExpression turns Unix seconds into the date that the class ExperienceEvent requires. Data Prep documents dformat for
// milliseconds, with the letters of Java's date patterns, and wants a name in ${} that a function has too (documented: prep-functions).
const timestampExpression = `dformat(${timestamp} * 1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX")`

// addressFields hold email addresses, of which capitals are no part: Adobe's identity namespace Email_LC_SHA256 hashes them in lower case. IDs
// that differ in capitals only are different ones.
var addressFields = []string{"email", "email_address", "recipient"}

var namespacePattern = regexp.MustCompile(`^_[A-Za-z0-9_-]+$`)

// NewEventMappings returns the function event_mappings.
func NewEventMappings() function.Function {
	return provided{"event_mappings", runEventMappings, function.Definition{
		Summary:             "Creates mappings for event fields",
		MarkdownDescription: eventMappingsDescription(),
		Parameters: []function.Parameter{
			parameter("tenant_namespace", "Tenant namespace, for example `_acme`. Use `tenant_namespace` of the resource or data source "+
				"`customerio_target_schema`."),
		},
		VariadicParameter: parameter("fields", "Event fields in one of the three forms above, for example `+subject`. `hash:` before the name, as in `+hash:email`, "+
			"hashes the value."),
		Return: function.MapReturn{ElementType: mappingType},
	}}
}

func eventMappingsDescription() string {
	return described("Creates `mappings` for a `customerio_mapping_set`. The arguments after the tenant namespace choose the event fields, in three forms:\n\n"+
		"| Form | Example | Fields |\n|---|---|---|\n"+
		"| `+field` | `event_mappings(\"_acme\", \"+subject\")` | the default fields and `subject` |\n"+
		"| `-field` | `event_mappings(\"_acme\", \"-cio_id\")` | the default fields without `cio_id` |\n"+
		"| `field` | `event_mappings(\"_acme\", \"email\", \"subject\")` | only `email` and `subject`: a list of bare names replaces the default fields |\n\n"+
		"The default fields are the seven that Adobe's guide calls mandatory: `"+strings.Join(customerio.DefaultEventFields(), "`, `")+"`. `+field` and `-field` can "+
		"be combined, in any order. `-field` also removes a field from a list of bare names, but bare names and `+field` together are an error, and so is a "+
		"`-field` that removes nothing. `-hash:field` is an error as well: write `-field`.\n\n"+
		"Each event field is mapped to the field with the same name under the tenant namespace, as created by `customerio_target_schema`. The fields that the "+
		"class ExperienceEvent requires are always included: `_id`, from the ID of the event, and `timestamp`, converted from seconds.\n\n"+
		"**Personal data.** `hash:` before a name stores the SHA-256 hash (hexadecimal, of the UTF-8 text) instead of the value: "+
		"`event_mappings(\"_acme\", \"+hash:email\")` maps the default fields with the hash of `email` in its place, and `\"hash:email\"` is a bare name like "+
		"others. A field that is named with and without `hash:` is hashed. Surrounding spaces are removed first, and `"+
		strings.Join(addressFields, "`, `")+"` are converted to lower case. A missing or blank value has no hash. Only strings can be hashed. Other fields can hold the same "+
		"data: `recipient`, for example, is often an email address.\n\n"+
		"Available fields: `"+strings.Join(fieldNames(), "`, `")+"`. `data.recipients` lists the devices of a push; `push_device_id`, `push_platform` "+
		"and `push_failure_message` have the values of the first. `data.headers`, the headers of an email, is a map, which Data Prep does not support.",
		"A map for the attribute `mappings`. The keys are XDM paths, for example `_acme.email`. Each value is an object with these members:\n\n"+
			"- `source` (String) Path or expression that returns the value.\n"+
			"- `source_type` (String) `ATTRIBUTE` for a path, `EXPRESSION` for an expression.\n\n"+
			"Use `merge` to add mappings of your own.")
}

var mappingType = types.ObjectType{AttrTypes: map[string]attr.Type{"source": types.StringType, "source_type": types.StringType}}

type mapping struct {
	Source     string `tfsdk:"source"`
	SourceType string `tfsdk:"source_type"`
}

func runEventMappings(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var namespace string
	var names []string
	if err := arguments.Get(ctx, &namespace, &names); err != nil {
		return nil, err
	}
	if !namespacePattern.MatchString(namespace) {
		return nil, function.NewArgumentFuncError(0, fmt.Sprintf("%q is not a tenant namespace, which begins with an underscore, such as _acme. "+
			"customerio_target_schema.….tenant_namespace has it", namespace))
	}
	fields, err := chosenFields(names)
	if err != nil {
		return nil, err
	}
	mappings := map[string]mapping{
		"_id":       {"event_id", dataprep.SourceAttribute},
		"timestamp": {timestampExpression, dataprep.SourceExpression},
	}
	for _, field := range fields {
		mappings[namespace+"."+field.Name] = field.mapping()
	}
	return mappings, nil
}

// mapping leaves a blank value without a hash: all people without one would share it. What sha256 returns for a missing value is not
// documented. iif, coalesce, nullify and sha256 are (prep-functions).
func (f chosenField) mapping() mapping {
	if !f.hashed {
		return mapping{f.Source, dataprep.SourceAttribute}
	}
	value := "trim(" + f.Source + ")"
	if slices.Contains(addressFields, f.Name) {
		value = "lower(" + value + ")"
	}
	return mapping{
		fmt.Sprintf(`iif(trim(coalesce(%s, "")) == "", nullify(), sha256(%s, "UTF-8"))`, f.Source, value), dataprep.SourceExpression,
	}
}

func fieldNames() []string {
	var names []string
	for _, field := range customerio.EventFields() {
		names = append(names, field.Name)
	}
	return names
}
