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
// milliseconds, with the letters of Java's date patterns.
const timestampExpression = `dformat(timestamp * 1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX")`

var namespacePattern = regexp.MustCompile(`^_[A-Za-z0-9_-]+$`)

// NewEventMappings returns the function event_mappings.
func NewEventMappings() function.Function {
	return provided{"event_mappings", runEventMappings, function.Definition{
		Summary: "Creates mappings for event fields",
		MarkdownDescription: "Creates `mappings` for a `customerio_mapping_set`. Each event field is mapped to the field with the same name under the " +
			"tenant namespace, as created by `customerio_target_schema`. The fields that the class ExperienceEvent requires are always included: `_id`, " +
			"from the ID of the event, and `timestamp`, converted from seconds.\n\nWithout `fields`, the function maps the seven fields that Adobe's guide calls " +
			"mandatory: `" + strings.Join(customerio.DefaultEventFields(), "`, `") + "`. A list of fields replaces these seven. A field with a minus sign is left out: " +
			"`event_mappings(\"_acme\", \"-cio_id\")` maps the seven except `cio_id`, which is missing from the test events of a webhook.\n\nReturns a map from XDM paths to objects with `source` and `source_type`.\n\n" +
			"Available fields: `" + strings.Join(fieldNames(), "`, `") + "`. Two event properties are not available, because Adobe does not document how a " +
			"mapping could copy them: `data.recipients` (the devices of a push, a list) and `data.headers` (the headers of an email, a map; Data Prep does " +
			"not support maps).",
		Parameters: []function.Parameter{
			parameter("tenant_namespace", "Tenant namespace, for example `_acme`. Use `tenant_namespace` of the resource or data source "+
				"`customerio_target_schema`."),
		},
		VariadicParameter: parameter("fields", "Names of event fields, for example `subject`. A minus sign before the name leaves the field out."),
		Return:            function.MapReturn{ElementType: mappingType},
	}}
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
		mappings[namespace+"."+field.Name] = mapping{field.Source, dataprep.SourceAttribute}
	}
	return mappings, nil
}

// chosenFields returns the named fields, or the default ones if none is named, without those named with a minus.
func chosenFields(arguments []string) ([]customerio.EventField, *function.FuncError) {
	var wanted, unwanted []string
	for i, argument := range arguments {
		name, without := strings.CutPrefix(argument, "-")
		if _, known := customerio.FindEventField(name); !known {
			return nil, function.NewArgumentFuncError(int64(i+1), unknownField(name))
		}
		if without {
			unwanted = append(unwanted, name)
		} else {
			wanted = append(wanted, name)
		}
	}
	if len(wanted) == 0 {
		wanted = customerio.DefaultEventFields()
	}
	return slices.DeleteFunc(customerio.EventFields(), func(field customerio.EventField) bool {
		return !slices.Contains(wanted, field.Name) || slices.Contains(unwanted, field.Name)
	}), nil
}

func fieldNames() []string {
	var names []string
	for _, field := range customerio.EventFields() {
		names = append(names, field.Name)
	}
	return names
}
