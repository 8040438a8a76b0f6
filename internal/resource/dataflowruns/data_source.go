// Package dataflowruns is the data source customerio_dataflow_runs: the newest runs of a dataflow.
package dataflowruns

import (
	"context"
	"time"

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

type model struct {
	DataflowID    types.String `tfsdk:"dataflow_id"`
	Limit         types.Int64  `tfsdk:"limit"`
	FailedRuns    types.Int64  `tfsdk:"failed_runs"`
	RecordsFailed types.Int64  `tfsdk:"records_failed"`
	Runs          []runModel   `tfsdk:"runs"`
}

type runModel struct {
	ID            types.String `tfsdk:"id"`
	Status        types.String `tfsdk:"status"`
	StartedAt     types.String `tfsdk:"started_at"`
	CompletedAt   types.String `tfsdk:"completed_at"`
	RecordsIn     types.Int64  `tfsdk:"records_in"`
	RecordsFailed types.Int64  `tfsdk:"records_failed"`
	Errors        []errorModel `tfsdk:"errors"`
}

type errorModel struct {
	Code    types.String `tfsdk:"code"`
	Message types.String `tfsdk:"message"`
}

// New returns the data source.
func New() datasource.DataSource {
	return lookup.NewDataSource(lookup.DataSource[model, flowservice.Client]{
		TypeName: "dataflow_runs",
		Client:   clients.FlowService,
		MarkdownDescription: "The newest runs of a dataflow, with the numbers of received and failed records. A run of a streaming dataflow covers " +
			"a window of time. Runs appear with a delay. A dataflow that received no events has no runs.\n\nEvery plan reads the runs again. Use a " +
			"`check` block to turn failed records into a warning. Keep this data source outside the `check` block: Terraform re-reads one inside " +
			"it on every apply, so no plan is ever empty.",
		Attributes: map[string]schema.Attribute{
			"dataflow_id": attribute.DataflowID(),
			"limit": schema.Int64Attribute{
				MarkdownDescription: "Maximum number of runs to read, from `1` to `100`. Default: `10`.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.Int64{int64validator.Between(1, largestLimit)},
			},
			"failed_runs": attribute.ComputedNumber("Number of runs in the list with the status `failed`."),
			"records_failed": attribute.ComputedNumber("Number of failed records in all runs of the list. A run that stored only some of its " +
				"records has the status `partialSuccess`, not `failed`."),
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
		"id": attribute.ComputedText("ID of the run, a UUID."),
		"status": attribute.ComputedText("Status of the run (`metrics.statusSummary.status`), for example `success`, `partialSuccess`, " +
			"`failed` or `inProgress`."),
		"started_at":   attribute.ComputedText("Start of the run, in RFC 3339 and UTC (`startedAtUTC`)."),
		"completed_at": attribute.ComputedText("End of the run, in RFC 3339 and UTC (`completedAtUTC`). Null until it has ended."),
		"records_in": attribute.ComputedNumber("Number of received records (`metrics.recordSummary.inputRecordCount`). Null if the service does " +
			"not report it."),
		"records_failed": attribute.ComputedNumber("Number of failed records (`metrics.recordSummary.failedRecordCount`). Null if the service does " +
			"not report it."),
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

// read looks for the dataflow first. For one that does not exist, the service answers with an empty list, and a check of its runs would
// always pass.
func read(ctx context.Context, call lookup.Call[flowservice.Client], m *model) {
	if m.Limit.IsNull() {
		m.Limit = types.Int64Value(defaultLimit)
	}
	id := m.DataflowID.ValueString()
	var runs []flowservice.Run
	_, err := call.Client.Flows.Get(ctx, id)
	if err == nil {
		runs, err = call.Client.ListRuns(ctx, id, int(m.Limit.ValueInt64()))
	}
	if err != nil {
		attempt := advice.Attempt{Verb: "read the runs of", Object: "dataflow", Name: id}
		lookup.ReportMissing(call.Diagnostics, path.Root("dataflow_id"), attempt, call.InSandbox, err)
		return
	}
	m.fromAPI(runs)
}

func (m *model) fromAPI(runs []flowservice.Run) {
	m.Runs = []runModel{}
	var failedRuns, failedRecords int64
	for _, run := range runs {
		if run.Failed() {
			failedRuns++
		}
		if run.RecordsFailed != nil {
			failedRecords += *run.RecordsFailed
		}
		m.Runs = append(m.Runs, runFromAPI(run))
	}
	m.FailedRuns, m.RecordsFailed = types.Int64Value(failedRuns), types.Int64Value(failedRecords)
}

func runFromAPI(run flowservice.Run) runModel {
	read := runModel{
		ID: types.StringValue(run.ID), Status: attribute.TextOrNull(run.Status), StartedAt: moment(run.StartedAt), CompletedAt: moment(run.CompletedAt),
		RecordsIn: types.Int64PointerValue(run.RecordsIn), RecordsFailed: types.Int64PointerValue(run.RecordsFailed), Errors: []errorModel{},
	}
	for _, one := range run.Errors {
		read.Errors = append(read.Errors, errorModel{Code: attribute.TextOrNull(one.Code), Message: attribute.TextOrNull(one.Message)})
	}
	return read
}

func moment(at time.Time) types.String {
	if at.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(at.UTC().Format(time.RFC3339))
}
