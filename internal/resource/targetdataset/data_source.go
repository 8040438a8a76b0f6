package targetdataset

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type dataSource struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &dataSource{}

// NewDataSource makes the data source customerio_target_dataset.
func NewDataSource() datasource.DataSource { return &dataSource{} }

// found is what the data source reads: all tags, since it manages none.
type found struct {
	ID               types.String          `tfsdk:"id"`
	Name             types.String          `tfsdk:"name"`
	Description      types.String          `tfsdk:"description"`
	SchemaID         types.String          `tfsdk:"schema_id"`
	SchemaVersion    attribute.ContentType `tfsdk:"schema_version"`
	ProfileEnabled   types.Bool            `tfsdk:"profile_enabled"`
	Tags             types.Map             `tfsdk:"tags"`
	ErrorDiagnostics types.Bool            `tfsdk:"error_diagnostics"`
}

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_target_dataset"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An existing dataset, found by ID or name.",
		Attributes: map[string]schema.Attribute{
			"id":          lookup.ID("ID of the dataset, 24 hexadecimal digits.", attribute.Identifier(), "name"),
			"name":        lookup.Name("Name of the dataset.", "name"),
			"description": attribute.ComputedText("Description (`description`)."),
			"schema_id":   attribute.ComputedText("`$id` of the dataset's XDM schema, a URI (`schemaRef.id`)."),
			"schema_version": schema.StringAttribute{
				MarkdownDescription: "Media type that pins the version of the schema (`schemaRef.contentType`), without spaces.",
				CustomType:          attribute.ContentTypeType{},
				Computed:            true,
			},
			"profile_enabled": schema.BoolAttribute{
				MarkdownDescription: "Whether the dataset is enabled for Real-Time Customer Profile (tag `unifiedProfile`).",
				Computed:            true,
			},
			"tags": schema.MapAttribute{
				MarkdownDescription: "All tags (`tags`), including those of the service.",
				ElementType:         types.ListType{ElemType: types.StringType},
				Computed:            true,
			},
			"error_diagnostics": schema.BoolAttribute{
				MarkdownDescription: "Whether the service keeps diagnostics of rejected records (`enableErrorDiagnostics`). Null if the service does not report it.",
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
	client := d.services.Catalog.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	lookup := lookup.Lookup[catalog.Dataset]{
		NameAttribute: "name", Object: object, Place: lookup.InSandbox, List: candidates(client), Read: client.Dataset,
	}
	dataset := lookup.Find(ctx, config.ID, config.Name, &resp.Diagnostics)
	if dataset == nil {
		return
	}
	tags, diags := types.MapValueFrom(ctx, types.ListType{ElemType: types.StringType}, dataset.Tags)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.State.Set(ctx, found{
		ID:               types.StringValue(dataset.ID),
		Name:             types.StringValue(dataset.Name),
		Description:      attribute.TextOrNull(dataset.Description),
		SchemaID:         types.StringValue(dataset.SchemaRef.ID),
		SchemaVersion:    attribute.ContentTypeValue(dataset.SchemaRef.ContentType),
		ProfileEnabled:   types.BoolValue(isEnabled(dataset.Tags[profileTag])),
		Tags:             tags,
		ErrorDiagnostics: types.BoolPointerValue(dataset.ErrorDiagnostics),
	})...)
}

func candidates(client *catalog.Client) func(context.Context, string) ([]lookup.Candidate, error) {
	return func(ctx context.Context, name string) ([]lookup.Candidate, error) {
		datasets, err := client.DatasetsByName(ctx, name)
		var found []lookup.Candidate
		for _, dataset := range datasets {
			found = append(found, lookup.Candidate{
				ID: dataset.ID, Name: dataset.Name, Created: dataset.Created.Time, Traits: []string{"schema " + dataset.SchemaRef.ID},
			})
		}
		return found, err
	}
}
