package targetschema

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// xdmTypes are the XDM types for the types of event fields.
var xdmTypes = map[string]string{
	customerio.FieldString: schemaregistry.TypeString, customerio.FieldInteger: schemaregistry.TypeLong,
	customerio.FieldBoolean: schemaregistry.TypeBoolean,
}

// propertyOf is the path of a field in the schema, and fieldOf the field at such a path.
func propertyOf(field, namespace string) string { return "/" + namespace + "/" + field }

func fieldOf(property, namespace string) string {
	return strings.TrimPrefix(property, "/"+namespace+"/")
}

// eventFields are the names of the chosen event fields.
func (m *model) eventFields() []string {
	names, _ := attribute.Texts(m.EventFields)
	slices.Sort(names)
	return names
}

func (m *model) fields() []schemaregistry.Field {
	var fields []schemaregistry.Field
	for _, name := range m.eventFields() {
		fields = append(fields, eventField(name))
	}
	for _, name := range slices.Sorted(maps.Keys(m.AdditionalFields)) {
		fields = append(fields, m.AdditionalFields[name].field(name))
	}
	return fields
}

func eventField(name string) schemaregistry.Field {
	known, _ := customerio.FindEventField(name) // the validator has refused others
	return schemaregistry.Field{Name: name, Title: name, Description: known.Description, Type: xdmTypes[known.Type]}
}

// field gives a field without a title its name as the title, because the Experience Platform UI shows titles.
func (f fieldModel) field(name string) schemaregistry.Field {
	return schemaregistry.Field{
		Name: name, Title: cmp.Or(f.Title.ValueString(), name), Description: f.Description.ValueString(), Type: f.Type.ValueString(),
	}
}

func fieldFromAPI(field schemaregistry.Field, known fieldModel) fieldModel {
	converted := fieldModel{
		Type: types.StringValue(field.Type), Title: attribute.TextOrNull(field.Title), Description: attribute.Told(known.Description, field.Description),
	}
	if field.Title == field.Name {
		converted.Title = types.StringNull()
	}
	return converted
}

// setFields leaves out fields that the state does not know: they were added elsewhere and do no harm. On an import, the state knows
// none, and all are taken. An answer with any field tells all of them.
func (m *model) setFields(group *schemaregistry.FieldGroup) {
	imported, told := m.EventFields.IsNull(), group.Fields(m.TenantNamespace.ValueString())
	if len(told) == 0 && !imported {
		return
	}
	known := map[string]schemaregistry.Field{}
	for _, field := range m.fields() {
		known[field.Name] = field
	}
	var events []attr.Value
	additional := map[string]fieldModel{}
	for _, field := range told {
		before, managed := known[field.Name]
		_, isAdditional := m.AdditionalFields[field.Name]
		field = field.Over(before)
		switch {
		case !isAdditional && isEventField(field) && (imported || managed):
			events = append(events, types.StringValue(field.Name))
		case field.Type != "" && (imported || managed):
			additional[field.Name] = fieldFromAPI(field, m.AdditionalFields[field.Name])
		}
	}
	m.EventFields = types.SetValueMust(types.StringType, events)
	m.AdditionalFields = additional
	if len(additional) == 0 {
		m.AdditionalFields = nil
	}
}

// isEventField tells whether a field is an event field, with the type that this provider gives it.
func isEventField(field schemaregistry.Field) bool {
	known, found := customerio.FindEventField(field.Name)
	return found && xdmTypes[known.Type] == field.Type
}

// missingFrom are the fields that are new, or whose title or description differs from the state's.
func (m *model) missingFrom(state *model) []schemaregistry.Field {
	before := state.fields()
	return slices.DeleteFunc(m.fields(), func(field schemaregistry.Field) bool { return slices.Contains(before, field) })
}

// lost are fields of the state that would be removed or retyped. From is an attribute that has changed for it: Terraform replaces nothing for one
// that has not.
type lost struct {
	fields []string
	from   string
}

// lostFrom finds the lost fields, which Schema Registry neither removes nor retypes once there is data (documented: xdm-composition).
func (m *model) lostFrom(state model) (lost lost) {
	after := map[string]string{}
	for _, field := range m.fields() {
		after[field.Name] = field.Type
	}
	for _, field := range state.fields() { // those of events first
		now, kept := after[field.Name]
		switch {
		case !kept:
			lost.fields = append(lost.fields, fmt.Sprintf("`%s` (removed)", field.Name))
		case now != field.Type:
			lost.fields = append(lost.fields, fmt.Sprintf("`%s` (from %s to %s)", field.Name, field.Type, now))
		default:
			continue
		}
		if _, additional := state.AdditionalFields[field.Name]; lost.from == "" && additional {
			lost.from = "additional_fields"
		} else if lost.from == "" {
			lost.from = "event_fields"
		}
	}
	return lost
}

// fieldNames are the names in a configured set, or the default ones if it is null. It also returns whether all are known.
func fieldNames(configured types.Set) (names []string, known bool) {
	if configured.IsNull() {
		return customerio.DefaultEventFields(), true
	}
	return attribute.Texts(configured)
}
