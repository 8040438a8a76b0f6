package targetschema

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

// dataModel holds schemas with any field groups, not only those that the resource creates.
type dataModel struct {
	lookup.Base
	attribute.InSandbox
	attributes
	FieldGroupIDs []string          `tfsdk:"field_group_ids"`
	Fields        map[string]string `tfsdk:"fields"`
}

// NewDataSource returns the data source customerio_target_schema.
func NewDataSource() datasource.DataSource {
	return lookup.New(lookup.Lookup[dataModel, schemaregistry.Client, schemaregistry.Schema]{
		TypeName:            "target_schema",
		Object:              "schema",
		ID:                  "`$id` of the schema, a URI.",
		IDForm:              attribute.HTTPURL(),
		Name:                "Title of the schema.",
		NameAttribute:       "title",
		MarkdownDescription: "An existing XDM schema, found by `$id` or title.",
		Attributes: map[string]schema.Attribute{
			"alt_id":           attribute.ComputedText("Alternative ID (`meta:altId`), for example `_acme.schemas.1234`."),
			"description":      attribute.ComputedText("Description (`description`)."),
			"version":          attribute.ComputedText("Version (`version`), for example `1.3`."),
			"content_type":     attribute.ComputedText("Media type that pins the major version. Use it as `schema_version` of other resources."),
			"tenant_namespace": attribute.ComputedText("Tenant namespace of custom fields, for example `_acme`."),
			"field_group_ids": schema.ListAttribute{
				MarkdownDescription: "`$id`s of the field groups of the schema.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"fields": schema.MapAttribute{
				MarkdownDescription: "Custom fields under the tenant namespace, by name, each with its XDM type: `string`, `long`, `double`, " +
					"`boolean`, `date`, `date-time`, or an empty string for any other type.",
				ElementType: types.StringType,
				Computed:    true,
			},
			"profile_enabled": attribute.ComputedFlag("Whether the schema is enabled for Real-Time Customer Profile (tag `union`)."),
		},
		Client: clients.SchemaRegistry,
		List:   (*schemaregistry.Client).SchemasByTitle,
		Get: func(client *schemaregistry.Client, ctx context.Context, id string) (*schemaregistry.Schema, error) {
			return client.Schemas.Get(ctx, id)
		},
		Match: func(schema *schemaregistry.Schema) lookup.Match {
			return lookup.Match{ID: schema.ID, Name: schema.Title, Traits: []string{"version " + schema.Version}}
		},
		FromAPI: fillWithFields,
	})
}

func fillWithFields(ctx context.Context, call lookup.Call[schemaregistry.Client], schema *schemaregistry.Schema, m *dataModel) error {
	namespace, err := call.Client.TenantNamespace(ctx)
	if err != nil {
		return err
	}
	m.fromAPI(schema)
	m.TenantNamespace = types.StringValue(namespace)
	m.FieldGroupIDs = append([]string{}, schema.FieldGroups()...)
	m.Fields, err = allFields(ctx, call.Client, schema, namespace)
	return err
}

// allFields are the organization's own fields in all field groups, with their types.
func allFields(ctx context.Context, client *schemaregistry.Client, schema *schemaregistry.Schema, namespace string) (map[string]string, error) {
	fields := map[string]string{}
	for _, id := range schema.FieldGroups() {
		group, err := client.FieldGroups.Get(ctx, id)
		switch {
		case isForeign(err):
			continue
		case err != nil:
			return nil, err
		}
		for _, field := range group.Fields(namespace) {
			fields[field.Name] = field.Type
		}
	}
	return fields, nil
}
