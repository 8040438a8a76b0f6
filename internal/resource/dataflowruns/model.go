package dataflowruns

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
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
