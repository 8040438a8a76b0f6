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
		MarkdownDescription: "The newest runs of a dataflow, with the numbers of received and failed records. A run of a streaming dataflow covers a window of " +
			"time. Runs appear with a delay. A dataflow that received no events has no runs.\n\n" +
			"Every plan reads the runs again. Use a `check` block to turn failed records into a warning. Keep this data source outside the " +
			"`check` block: Terraform re-reads one inside it on every apply, so no plan is ever empty.",
		Attributes: map[string]schema.Attribute{
			"dataflow_id": schema.StringAttribute{
				MarkdownDescription: "ID of the dataflow, a UUID.",
				Required:            true,
				Validators:          []validator.String{attribute.UUID()},
			},
			"limit": schema.Int64Attribute{
				MarkdownDescription: "Maximum number of runs to read, from `1` to `100`. Default: `10`.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.Int64{int64validator.Between(1, largestLimit)},
			},
			"failed_runs": computedNumber("Number of runs in the list with the status `failed`."),
			"records_failed": computedNumber("Number of failed records in all runs of the list. A run that stored only some of its records has the status " +
				"`partialSuccess`, not `failed`."),
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
		"id":           attribute.ComputedText("ID of the run, a UUID."),
		"status":       attribute.ComputedText("Status of the run (`metrics.statusSummary.status`), for example `success`, `partialSuccess`, `failed` or `inProgress`."),
		"started_at":   attribute.ComputedText("Start of the run, in RFC 3339 and UTC (`startedAtUTC`)."),
		"completed_at": attribute.ComputedText("End of the run, in RFC 3339 and UTC (`completedAtUTC`). Null until it has ended."),
		"records_in": computedNumber("Number of received records (`metrics.recordSummary.inputRecordCount`). Null if the service does not " +
			"report it."),
		"records_failed": computedNumber("Number of failed records (`metrics.recordSummary.failedRecordCount`). Null if the service does not report it."),
		"errors": schema.ListNestedAttribute{
			MarkdownDescription: "Distinct errors of the run. A successful run may have errors too.",
			Computed:            true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"code":    attribute.ComputedText("Code of the error, for example `MAPPER-3700-400`."),
				"message": attribute.ComputedText("Message of the service."),
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
