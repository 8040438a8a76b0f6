package targetschema

import (
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

// xdmTypes are the types of XDM for those of the fields of an event.
var xdmTypes = map[string]string{
	customerio.FieldString: schemaregistry.TypeString, customerio.FieldInteger: schemaregistry.TypeLong,
	customerio.FieldBoolean: schemaregistry.TypeBoolean,
}

// contentType pins the major version of a schema, in its full form: that of the minor ones stays the same.
func contentType(version string) string {
	major, _, _ := strings.Cut(version, ".")
	if major == "" {
		major = "1"
	}
	return "application/vnd.adobe.xed-full+json;version=" + major
}

// propertyOf is the path of a field in the schema, and fieldOf the field of such a path.
func propertyOf(field, namespace string) string { return "/" + namespace + "/" + field }

func fieldOf(property, namespace string) string {
	return strings.TrimPrefix(property, "/"+namespace+"/")
}

// eventFields are the chosen fields of the events, by name.
func (m *model) eventFields() []string {
	var names []string
	for _, element := range m.EventFields.Elements() {
		if name, ok := element.(types.String); ok && !name.IsUnknown() {
			names = append(names, name.ValueString())
		}
	}
	slices.Sort(names)
	return names
}

// fields are all fields, as the registry takes them.
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

// field has its name for a title where it has none: the console shows titles.
func (f fieldModel) field(name string) schemaregistry.Field {
	field := schemaregistry.Field{Name: name, Title: name, Description: f.Description.ValueString(), Type: f.Type.ValueString()}
	if !f.Title.IsNull() {
		field.Title = f.Title.ValueString()
	}
	return field
}

func fieldFromAPI(field schemaregistry.Field) fieldModel {
	converted := fieldModel{
		Type: types.StringValue(field.Type), Title: attribute.TextOrNull(field.Title), Description: attribute.TextOrNull(field.Description),
	}
	if field.Title == field.Name {
		converted.Title = types.StringNull()
	}
	return converted
}

// setFields takes the fields that the registry holds. A field that the state does not know was added elsewhere and does no
// harm, so it is left alone; on an import, where the state knows none, all of them are taken.
func (m *model) setFields(group *schemaregistry.FieldGroup) {
	imported := m.EventFields.IsNull()
	known := m.eventFields()
	var events []attr.Value
	additional := map[string]fieldModel{}
	for _, field := range group.Fields(m.TenantNamespace.ValueString()) {
		_, managed := m.AdditionalFields[field.Name]
		switch {
		case !managed && isEventField(field) && (imported || slices.Contains(known, field.Name)):
			events = append(events, types.StringValue(field.Name))
		case field.Type != "" && (imported || managed || slices.Contains(known, field.Name)):
			additional[field.Name] = fieldFromAPI(field)
		}
	}
	m.EventFields = types.SetValueMust(types.StringType, events)
	m.AdditionalFields = additional
	if len(additional) == 0 {
		m.AdditionalFields = nil
	}
}

// isEventField tells whether a field is one of those of the events, of the type that this provider gives it.
func isEventField(field schemaregistry.Field) bool {
	known, found := customerio.FindEventField(field.Name)
	return found && xdmTypes[known.Type] == field.Type
}

// missingFrom are the fields that are new, or that have another title or description than before.
func (m *model) missingFrom(state *model) []schemaregistry.Field {
	before := state.fields()
	return slices.DeleteFunc(m.fields(), func(field schemaregistry.Field) bool { return slices.Contains(before, field) })
}

// lostFrom lists the fields of the state that would be removed or retyped, which Schema Registry does not do once there is data
// (documented: xdm-composition).
func (m *model) lostFrom(state model) []string {
	after := map[string]string{}
	for _, field := range m.fields() {
		after[field.Name] = field.Type
	}
	var lost []string
	for _, field := range state.fields() {
		switch now, kept := after[field.Name]; {
		case !kept:
			lost = append(lost, fmt.Sprintf("`%s` (removed)", field.Name))
		case now != field.Type:
			lost = append(lost, fmt.Sprintf("`%s` (from %s to %s)", field.Name, field.Type, now))
		}
	}
	return lost
}

// fieldNames are the names in a configured set, the default ones where it is null, and nil where one is not known yet.
func fieldNames(configured types.Set) []string {
	if configured.IsNull() {
		return customerio.DefaultEventFields()
	}
	names := []string{}
	for _, element := range configured.Elements() {
		name, ok := element.(types.String)
		if !ok || name.IsUnknown() {
			return nil
		}
		names = append(names, name.ValueString())
	}
	return names
}
