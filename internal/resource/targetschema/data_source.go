package targetschema

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type dataSource struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &dataSource{}

// NewDataSource makes the data source customerio_target_schema.
func NewDataSource() datasource.DataSource { return &dataSource{} }

// found is what the data source reads. The schema need not be one of this provider's: it may have any field groups.
type found struct {
	ID              types.String `tfsdk:"id"`
	AltID           types.String `tfsdk:"alt_id"`
	Title           types.String `tfsdk:"title"`
	Description     types.String `tfsdk:"description"`
	Version         types.String `tfsdk:"version"`
	ContentType     types.String `tfsdk:"content_type"`
	TenantNamespace types.String `tfsdk:"tenant_namespace"`
	FieldGroupIDs   types.List   `tfsdk:"field_group_ids"`
	Fields          types.Map    `tfsdk:"fields"`
	ProfileEnabled  types.Bool   `tfsdk:"profile_enabled"`
}

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_target_schema"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An existing XDM schema, found by `$id` or title.",
		Attributes: map[string]schema.Attribute{
			"id":               lookup.ID("`$id` of the schema, a URI.", attribute.HTTPURL(), "title"),
			"title":            lookup.Name("Title of the schema.", "title"),
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
				MarkdownDescription: "Custom fields under the tenant namespace, by name, each with its XDM type: `string`, `long`, `double`, `boolean`, " +
					"`date`, `date-time`, or an empty string for any other type.",
				ElementType: types.StringType,
				Computed:    true,
			},
			"profile_enabled": schema.BoolAttribute{
				MarkdownDescription: "Whether the schema is enabled for Real-Time Customer Profile (tag `union`).",
				Computed:            true,
			},
		},
	}
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config found
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.services.SchemaRegistry.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	lookup := lookup.Lookup[schemaregistry.Schema]{
		NameAttribute: "title", Object: object, Place: lookup.InSandbox, List: candidates(client), Read: client.Schema,
	}
	schema := lookup.Find(ctx, config.ID, config.Title, &resp.Diagnostics)
	if schema == nil {
		return
	}
	namespace, err := client.TenantNamespace(ctx)
	if err != nil {
		operation("read", types.StringValue(schema.Title)).Report(&resp.Diagnostics, err)
		return
	}
	fields, err := allFields(ctx, client, schema, namespace)
	if err != nil {
		operation("read", types.StringValue(schema.Title)).Report(&resp.Diagnostics, err)
		return
	}
	groups, diags := types.ListValueFrom(ctx, types.StringType, append([]string{}, schema.FieldGroups...))
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.State.Set(ctx, found{
		ID: types.StringValue(schema.ID), AltID: types.StringValue(schema.AltID), Title: types.StringValue(schema.Title),
		Description: attribute.TextOrNull(schema.Description), Version: types.StringValue(schema.Version),
		ContentType: types.StringValue(contentType(schema.Version)), TenantNamespace: types.StringValue(namespace), FieldGroupIDs: groups,
		Fields: types.MapValueMust(types.StringType, fields), ProfileEnabled: types.BoolValue(schema.Profile),
	})...)
}

// allFields are the fields of all field groups that are the organisation's own.
func allFields(ctx context.Context, client *schemaregistry.Client, schema *schemaregistry.Schema, namespace string) (map[string]attr.Value, error) {
	fields := map[string]attr.Value{}
	for _, id := range schema.FieldGroups {
		group, err := client.FieldGroup(ctx, id, namespace)
		switch {
		case isForeign(err):
			continue
		case err != nil:
			return nil, err
		}
		for _, field := range group.Fields {
			fields[field.Name] = types.StringValue(field.Type)
		}
	}
	return fields, nil
}

func candidates(client *schemaregistry.Client) func(context.Context, string) ([]lookup.Candidate, error) {
	return func(ctx context.Context, title string) ([]lookup.Candidate, error) {
		schemas, err := client.SchemasByTitle(ctx, title)
		var found []lookup.Candidate
		for _, schema := range schemas {
			found = append(found, lookup.Candidate{ID: schema.ID, Name: schema.Title, Traits: []string{"version " + schema.Version}})
		}
		return found, err
	}
}
