package dataflow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type dataSource struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &dataSource{}

// NewDataSource makes the data source customerio_dataflow.
func NewDataSource() datasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_dataflow"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An existing dataflow, found by ID or name. It must have one source and one target connection, " +
			"as dataflows of the Customer.io source do. If the streaming endpoint may still be missing, wait for it with " +
			"`customerio_streaming_endpoint`.",
		Attributes: map[string]schema.Attribute{
			"id":                   lookup.ID("ID of the dataflow, a UUID.", attribute.UUID(), "name"),
			"name":                 lookup.Name("Name of the dataflow.", "name"),
			"description":          attribute.ComputedText("Description (`description`)."),
			"flow_spec":            attribute.ComputedSpec("Flow specification (`flowSpec`)."),
			"source_connection_id": attribute.ComputedText("ID of the source connection (`sourceConnectionIds`), a UUID."),
			"target_connection_id": attribute.ComputedText("ID of the target connection (`targetConnectionIds`), a UUID."),
			"mapping_set_id": attribute.ComputedText("ID of the mapping set (`transformations[].params.mappingId`), 32 hexadecimal digits. Null if the dataflow has no " +
				"mapping."),
			"mapping_version": schema.Int64Attribute{
				MarkdownDescription: "Version of the mapping set that the dataflow uses (`transformations[].params.mappingVersion`). It " +
					"need not be the newest. Null if the dataflow has no mapping.",
				Computed: true,
			},
			"state": attribute.ComputedText("State of the dataflow (`state`), for example `enabled` or `disabled`."),
			"streaming_endpoint_url": secretText("URL of the streaming endpoint (`options.inletUrl`). Null until it is provisioned. Anyone who " +
				"knows it can write to the dataset."),
			"webhook_url": secretText("URL for the reporting webhook: the streaming endpoint with the dataflow's ID as `x-adobe-flow-id`. Null until " +
				"it is provisioned. Anyone who knows it can write to the dataset."),
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
	var config attributes
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
	read := attributes{ID: types.StringValue(flow.ID)}
	if err := read.fromAPI(flow); err != nil {
		operation("read", read.ID).Report(&resp.Diagnostics, err)
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
