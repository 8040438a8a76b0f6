package dataflow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type dataModel struct {
	ID types.String `tfsdk:"id"`
	attributes
}

type dataSource struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &dataSource{}

// NewDataSource makes the data source customerio_dataflow.
func NewDataSource() datasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_dataflow"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A dataflow that exists already, found by its id or its name. It must have one source and one target connection, " +
			"as those of the Customer.io source have. To wait for the streaming endpoint of one that is still being provisioned, use " +
			"`customerio_streaming_endpoint`.",
		Attributes: map[string]schema.Attribute{
			"id":                   lookup.ID("Id of the dataflow, a UUID.", attribute.UUID(), "name"),
			"name":                 lookup.Name("Name of the dataflow.", "name"),
			"description":          attribute.ComputedText("Description."),
			"flow_spec":            attribute.ComputedSpec("Flow specification (`flowSpec`)."),
			"source_connection_id": attribute.ComputedText("Id of the source connection (`sourceConnectionIds`), a UUID."),
			"target_connection_id": attribute.ComputedText("Id of the target connection (`targetConnectionIds`), a UUID."),
			"mapping_set_id": attribute.ComputedText("Id of the mapping set (`transformations[].params.mappingId`); null where the dataflow maps " +
				"nothing."),
			"mapping_version": schema.Int64Attribute{
				MarkdownDescription: "Version of the mapping set that the dataflow is pinned to (`transformations[].params.mappingVersion`), which " +
					"need not be the newest; null where the dataflow maps nothing.",
				Computed: true,
			},
			"state": attribute.ComputedText("State of the dataflow, such as `enabled` or `disabled`."),
			"streaming_endpoint_url": secretText("URL of the streaming endpoint (`options.inletUrl`); null while it is not provisioned. Whoever " +
				"knows it can write into the dataset."),
			"webhook_url": secretText("URL to give to Customer.io: the streaming endpoint with the dataflow's id as `x-adobe-flow-id`; null while " +
				"that is not provisioned. Whoever knows it can write into the dataset."),
		},
	}
}

func secretText(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, Sensitive: true}
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config dataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.services.FlowService.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	lookup := lookup.Lookup[flowservice.Flow]{NameAttribute: "name", Object: object, Place: lookup.InSandbox, List: candidates(client), Read: client.Flow}
	flow := lookup.Find(ctx, config.ID, config.Name, &resp.Diagnostics)
	if flow == nil {
		return
	}
	read := dataModel{ID: types.StringValue(flow.ID)}
	if err := read.fromAPI(flow); err != nil {
		advice.Attempt{Verb: "read", Object: object, Name: flow.ID}.Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, read)...)
}

func candidates(client *flowservice.Client) func(context.Context, string) ([]lookup.Candidate, error) {
	return func(ctx context.Context, name string) ([]lookup.Candidate, error) {
		flows, err := client.ListFlows(ctx, flowservice.Filter{Name: name})
		var found []lookup.Candidate
		for _, flow := range flows {
			candidate := lookup.Candidate{ID: flow.ID, Name: flow.Name, Created: flow.CreatedAt.Time, Traits: []string{"state " + flow.State}}
			if mapping, mapped := flow.Mapping(); mapped {
				candidate.Traits = append(candidate.Traits, "mapping set "+mapping.MappingID)
			}
			found = append(found, candidate)
		}
		return found, err
	}
}
