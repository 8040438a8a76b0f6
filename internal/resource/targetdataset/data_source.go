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

// dataModel has all tags. The resource has only those that it manages.
type dataModel struct {
	lookup.Base
	attribute.InSandbox
	attributes
	Tags map[string][]string `tfsdk:"tags"`
}

// NewDataSource returns the data source customerio_target_dataset.
func NewDataSource() datasource.DataSource {
	return lookup.New(lookup.Lookup[dataModel, catalog.Client, catalog.Dataset]{
		TypeName:            "target_dataset",
		Object:              "dataset",
		ID:                  "ID of the dataset, 24 hexadecimal digits.",
		IDForm:              attribute.Hex24(),
		MarkdownDescription: "An existing dataset, found by ID or name.",
		Attributes: map[string]schema.Attribute{
			"description":     attribute.ComputedText("Description (`description`)."),
			"schema_id":       attribute.ComputedText("`$id` of the dataset's XDM schema, a URI (`schemaRef.id`)."),
			"schema_version":  attribute.ComputedText("Media type that pins the version of the schema (`schemaRef.contentType`), without spaces."),
			"profile_enabled": attribute.ComputedFlag("Whether the dataset is enabled for Real-Time Customer Profile (tag `unifiedProfile`)."),
			"tags": schema.MapAttribute{
				MarkdownDescription: "All tags (`tags`), including those of the service.",
				ElementType:         types.ListType{ElemType: types.StringType},
				Computed:            true,
			},
			"error_diagnostics": attribute.ComputedFlag("Whether the service keeps diagnostics of rejected records (`enableErrorDiagnostics`). " +
				"Null if the service does not report it."),
		},
		Client: clients.Catalog,
		List: func(client *catalog.Client, ctx context.Context, name string) ([]catalog.Dataset, error) {
			return client.Datasets.List(ctx, name)
		},
		Get: func(client *catalog.Client, ctx context.Context, id string) (*catalog.Dataset, error) {
			return client.Datasets.Get(ctx, id)
		},
		Match: func(dataset *catalog.Dataset) lookup.Match {
			return lookup.Match{
				ID: dataset.ID, Name: dataset.Name, Created: dataset.Created.Time, Traits: []string{"schema " + dataset.SchemaRef.ID},
			}
		},
		FromAPI: func(_ context.Context, _ lookup.Call[catalog.Client], dataset *catalog.Dataset, m *dataModel) error {
			m.fromAPI(dataset)
			m.Tags, m.ErrorDiagnostics = dataset.Tags, types.BoolPointerValue(dataset.ErrorDiagnostics)
			return nil
		},
	})
}
