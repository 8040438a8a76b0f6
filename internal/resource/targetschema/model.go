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
	attribute.InSandbox
	attributes
	FieldGroupID         types.String          `tfsdk:"field_group_id"`
	IdentityDescriptorID types.String          `tfsdk:"identity_descriptor_id"`
	EventFields          types.Set             `tfsdk:"event_fields"`
	AdditionalFields     map[string]fieldModel `tfsdk:"additional_fields"`
	PrimaryIdentity      *identityModel        `tfsdk:"primary_identity"`
	AllowIrreversible    types.Bool            `tfsdk:"allow_irreversible"`
}

// attributes are what resource and data source have in common.
type attributes struct {
	AltID           types.String `tfsdk:"alt_id"`
	Title           types.String `tfsdk:"title"`
	Description     types.String `tfsdk:"description"`
	Version         types.String `tfsdk:"version"`
	ContentType     types.String `tfsdk:"content_type"`
	TenantNamespace types.String `tfsdk:"tenant_namespace"`
	ProfileEnabled  types.Bool   `tfsdk:"profile_enabled"`
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

// withoutComputed is the state that a schema begins with, before any of its parts exists.
func (m model) withoutComputed() model {
	m.ID, m.AltID, m.Version = types.StringNull(), types.StringNull(), types.StringNull()
	m.ContentType, m.TenantNamespace = types.StringNull(), types.StringNull()
	m.FieldGroupID, m.IdentityDescriptorID = types.StringNull(), types.StringNull()
	return m
}

// identity is the ID of the schema, or that of the field group if only that exists: Terraform requires an identity of everything in the
// state.
func (m *model) identity() types.String {
	if m.ID.IsNull() {
		return m.FieldGroupID
	}
	return m.ID
}

// groupTitle is the title of the field group. It differs from that of the schema, because titles are unique across all kinds of
// resources (XDM-1521-400).
func groupTitle(title string) string { return title + " event fields" }

func groupDescription(title string) string {
	return "Fields of Customer.io's events, for the schema " + title + "."
}

// setSchema takes what the registry assigned to the schema.
func (m *model) setSchema(schema *schemaregistry.Schema) {
	m.ID = types.StringValue(schema.ID)
	m.setAssigned(schema)
}

func (m *attributes) setAssigned(schema *schemaregistry.Schema) {
	m.AltID = attribute.Told(m.AltID, schema.AltID)
	m.Version = attribute.Told(m.Version, schema.Version)
	m.ContentType = types.StringValue(schemaregistry.Schema{Version: m.Version.ValueString()}.ContentType())
}

func (m *attributes) fromAPI(schema *schemaregistry.Schema) {
	m.setAssigned(schema)
	m.Title = attribute.Told(m.Title, schema.Title)
	m.Description = attribute.Told(m.Description, schema.Description)
	m.ProfileEnabled = attribute.ToldFlag(m.ProfileEnabled, schema.InProfile())
}

// fromAPI takes what the registry has. identity may be nil.
func (m *model) fromAPI(schema *schemaregistry.Schema, group *schemaregistry.FieldGroup, identity *schemaregistry.Descriptor) {
	m.ID = types.StringValue(schema.ID)
	m.attributes.fromAPI(schema)
	if m.AllowIrreversible.IsNull() { // imported
		m.AllowIrreversible = types.BoolValue(false)
	}
	m.setFields(group)
	m.setIdentity(identity)
}

func (m *model) setIdentity(identity *schemaregistry.Descriptor) {
	if identity == nil {
		m.PrimaryIdentity, m.IdentityDescriptorID = nil, types.StringNull()
		return
	}
	m.IdentityDescriptorID = types.StringValue(identity.ID)
	known := m.PrimaryIdentity
	if known == nil {
		known = &identityModel{}
	}
	m.PrimaryIdentity = &identityModel{
		Field:     attribute.Told(known.Field, fieldOf(identity.SourceProperty, m.TenantNamespace.ValueString())),
		Namespace: attribute.Told(known.Namespace, identity.Namespace),
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
