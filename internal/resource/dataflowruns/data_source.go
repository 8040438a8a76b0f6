// Package dataflowruns is the data source customerio_dataflow_runs: what came through a dataflow lately.
package dataflowruns

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

const (
	defaultLimit = 10
	largestLimit = 100
)

type dataflowRuns struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &dataflowRuns{}

// New makes the data source.
func New() datasource.DataSource { return &dataflowRuns{} }

func (d *dataflowRuns) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_dataflow_runs"
}

func (d *dataflowRuns) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The newest runs of a dataflow: how many events came in and how many failed. A run of a streaming dataflow is a window of " +
			"time. The service reports with a delay, so an event does not show at once, and a dataflow that got no events has no runs.\n\n" +
			"Every plan reads the runs anew. A `check` block that refers to them turns failed events into a warning. Terraform reads a data source " +
			"inside of a `check` block once more in every apply, so that no plan is empty any more: keep this one outside.",
		Attributes: map[string]schema.Attribute{
			"dataflow_id": schema.StringAttribute{
				MarkdownDescription: "Id of the dataflow, a UUID.",
				Required:            true,
				Validators:          []validator.String{attribute.UUID()},
			},
			"limit": schema.Int64Attribute{
				MarkdownDescription: "How many runs to read at most, from `1` to `100`. Default: `10`.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.Int64{int64validator.Between(1, largestLimit)},
			},
			"failed_runs": computedNumber("Number of the runs in the list whose status is `failed`."),
			"records_failed": computedNumber("Number of records that failed in all runs of the list. Runs may count as a success with some of their " +
				"records failed."),
			"runs": schema.ListNestedAttribute{
				MarkdownDescription: "The runs, newest first.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: runAttributes()},
			},
		},
	}
}

func runAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":           attribute.ComputedText("Id of the run, a UUID."),
		"status":       attribute.ComputedText("Status as the service words it (`metrics.statusSummary.status`), such as `success`, `failed` or `inProgress`."),
		"started_at":   attribute.ComputedText("When the run began, in RFC 3339 and UTC (`startedAtUTC`)."),
		"completed_at": attribute.ComputedText("When the run ended, in RFC 3339 and UTC (`completedAtUTC`); null while it goes on."),
		"records_in": computedNumber("Number of records that came in (`metrics.recordSummary.inputRecordCount`); null where the service does not " +
			"tell."),
		"records_failed": computedNumber("Number of records that failed (`metrics.recordSummary.failedRecordCount`); null where the service does not tell."),
		"errors": schema.ListNestedAttribute{
			MarkdownDescription: "Kinds of errors that the run met, each once. There may be some after a success too.",
			Computed:            true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"code":    attribute.ComputedText("Code, such as `MAPPER-3700-400`."),
				"message": attribute.ComputedText("What the service says of it."),
			}},
		},
	}
}

func computedNumber(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Computed: true}
}

func (d *dataflowRuns) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

// Read looks for the dataflow first: the service answers with an empty list for one that does not exist, and a check of its
// runs would pass for ever.
func (d *dataflowRuns) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.services.FlowService.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	id := config.DataflowID.ValueString()
	operation := advice.Attempt{Verb: "read the runs of", Object: "dataflow", Name: id}
	if _, err := client.Flow(ctx, id); err != nil {
		lookup.ReportMissing(&resp.Diagnostics, path.Root("dataflow_id"), operation, lookup.InSandbox, err)
		return
	}
	limit := int64(defaultLimit)
	if !config.Limit.IsNull() {
		limit = config.Limit.ValueInt64()
	}
	runs, err := client.ListRuns(ctx, id, int(limit))
	if err != nil {
		operation.Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, modelOf(id, limit, runs))...)
}
