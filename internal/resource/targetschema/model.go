package targetschema

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type model struct {
	managed.Base
	AltID                types.String          `tfsdk:"alt_id"`
	Version              types.String          `tfsdk:"version"`
	ContentType          types.String          `tfsdk:"content_type"`
	TenantNamespace      types.String          `tfsdk:"tenant_namespace"`
	FieldGroupID         types.String          `tfsdk:"field_group_id"`
	IdentityDescriptorID types.String          `tfsdk:"identity_descriptor_id"`
	Title                types.String          `tfsdk:"title"`
	Description          types.String          `tfsdk:"description"`
	EventFields          types.Set             `tfsdk:"event_fields"`
	AdditionalFields     map[string]fieldModel `tfsdk:"additional_fields"`
	PrimaryIdentity      *identityModel        `tfsdk:"primary_identity"`
	ProfileEnabled       types.Bool            `tfsdk:"profile_enabled"`
	AllowIrreversible    types.Bool            `tfsdk:"allow_irreversible"`
}

type fieldModel struct {
	Type        types.String `tfsdk:"type"`
	Title       types.String `tfsdk:"title"`
	Description types.String `tfsdk:"description"`
}

type identityModel struct {
	Field     types.String `tfsdk:"field"`
	Namespace types.String `tfsdk:"namespace"`
}

// withoutComputed is what the state of a schema begins with: nothing of it is there yet.
func (m model) withoutComputed() model {
	m.ID, m.AltID, m.Version = types.StringNull(), types.StringNull(), types.StringNull()
	m.ContentType, m.TenantNamespace = types.StringNull(), types.StringNull()
	m.FieldGroupID, m.IdentityDescriptorID = types.StringNull(), types.StringNull()
	return m
}

// identity is the schema's id. Where only the field group could be made, that one's stands in for it, since Terraform wants an
// identity for all that is in the state.
func (m *model) identity() types.String {
	if m.ID.IsNull() {
		return m.FieldGroupID
	}
	return m.ID
}

// groupTitle is the title of the field group: titles are unique over all kinds of resources (XDM-1521-400), so it differs from
// the schema's.
func groupTitle(title string) string { return title + " event fields" }

func groupDescription(title string) string {
	return "Fields of Customer.io's events, for the schema " + title + "."
}

// setSchema takes what the registry assigned to the schema.
func (m *model) setSchema(schema *schemaregistry.Schema) {
	m.ID = types.StringValue(schema.ID)
	m.AltID = types.StringValue(schema.AltID)
	m.Version = types.StringValue(schema.Version)
	m.ContentType = types.StringValue(contentType(schema.Version))
}

// fromAPI takes what the registry holds. group and identity may be nil.
func (m *model) fromAPI(schema *schemaregistry.Schema, group *schemaregistry.FieldGroup, identity *schemaregistry.Descriptor) {
	m.setSchema(schema)
	m.Title = types.StringValue(schema.Title)
	m.Description = attribute.TextOrNull(schema.Description)
	m.ProfileEnabled = types.BoolValue(schema.IsInProfile())
	if m.AllowIrreversible.IsNull() { // imported
		m.AllowIrreversible = types.BoolValue(false)
	}
	m.setFields(group)
	m.PrimaryIdentity, m.IdentityDescriptorID = nil, types.StringNull()
	if identity != nil {
		m.IdentityDescriptorID = types.StringValue(identity.ID)
		m.PrimaryIdentity = &identityModel{
			Field:     types.StringValue(fieldOf(identity.SourceProperty, m.TenantNamespace.ValueString())),
			Namespace: types.StringValue(identity.Namespace),
		}
	}
}

// groupChange is what has to change in the field group.
func (m *model) groupChange(state *model) schemaregistry.FieldGroupChange {
	changes := schemaregistry.FieldGroupChange{Namespace: state.TenantNamespace.ValueString(), Fields: m.missingFrom(state)}
	if title := attribute.Changed(state.Title, m.Title); title != nil {
		changes.Title = &objects.Text{From: groupTitle(title.From), To: groupTitle(title.To)}
		changes.Description = &objects.Text{From: groupDescription(title.From), To: groupDescription(title.To)}
	}
	return changes
}
