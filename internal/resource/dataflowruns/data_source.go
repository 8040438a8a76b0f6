// Package dataflowruns is the data source customerio_dataflow_runs: the newest runs of a dataflow.
package dataflowruns

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

const (
	defaultLimit = 10
	largestLimit = 100
)

// New returns the data source.
func New() datasource.DataSource {
	return lookup.NewDataSource(lookup.DataSource[model, flowservice.Client]{
		TypeName: "dataflow_runs",
		Client:   clients.FlowService,
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
			"failed_runs": attribute.ComputedNumber("Number of the runs in the list whose status is `failed`."),
			"records_failed": attribute.ComputedNumber("Number of records that failed in all runs of the list. Runs may count as a success with some of their " +
				"records failed."),
			"runs": schema.ListNestedAttribute{
				MarkdownDescription: "The runs, newest first.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: runAttributes()},
			},
		},
		Read: read,
	})
}

func runAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":           attribute.ComputedText("Id of the run, a UUID."),
		"status":       attribute.ComputedText("Status as the service words it (`metrics.statusSummary.status`), such as `success`, `failed` or `inProgress`."),
		"started_at":   attribute.ComputedText("When the run began, in RFC 3339 and UTC (`startedAtUTC`)."),
		"completed_at": attribute.ComputedText("When the run ended, in RFC 3339 and UTC (`completedAtUTC`); null while it goes on."),
		"records_in": attribute.ComputedNumber("Number of records that came in (`metrics.recordSummary.inputRecordCount`); null where the service does not " +
			"tell."),
		"records_failed": attribute.ComputedNumber("Number of records that failed (`metrics.recordSummary.failedRecordCount`); null where the service does not tell."),
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

// read looks for the dataflow first. For one that does not exist, the service answers with an empty list, and a check of its runs would
// always pass.
func read(ctx context.Context, call lookup.Call[flowservice.Client], m *model) {
	if m.Limit.IsNull() {
		m.Limit = types.Int64Value(defaultLimit)
	}
	id := m.DataflowID.ValueString()
	var runs []flowservice.Run
	_, err := call.Client.Flow(ctx, id)
	if err == nil {
		runs, err = call.Client.ListRuns(ctx, id, int(m.Limit.ValueInt64()))
	}
	if err != nil {
		attempt := advice.Attempt{Verb: "read the runs of", Object: "dataflow", Name: id}
		lookup.ReportMissing(call.Diagnostics, path.Root("dataflow_id"), attempt, lookup.InSandbox, err)
		return
	}
	m.fromAPI(runs)
}
