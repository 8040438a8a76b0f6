package flow

import (
	"maps"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

func (s *Service) listRuns(r *web.Request) (*web.Answer, error) {
	var items []map[string]any
	for _, run := range r.Sandbox.Runs {
		items = append(items, document.Clone(presentRun(run)))
	}
	return s.answerList(r.URL.Query(), "runs", items)
}

func getRun(r *web.Request) (*web.Answer, error) {
	for _, run := range r.Sandbox.Runs {
		if run.ID == r.PathValue("id") {
			return answerOne(presentRun(run))
		}
	}
	return nil, notFound("runs", r.PathValue("id"))
}

// outcome is that of a run, in the words of the service.
func outcome(run *store.Run) string {
	switch {
	case run.Failed == 0:
		return "success"
	case run.Accepted == 0:
		return "failed"
	default:
		return "partialSuccess"
	}
}

func summaryOfRun(run *store.Run) map[string]any {
	return map[string]any{
		"id": run.ID, "state": outcome(run),
		"startedAtUTC": run.Started.UnixMilli(), "completedAtUTC": run.Updated.UnixMilli(),
	}
}

// presentRun has the code that is documented for records that Data Prep could not map.
func presentRun(run *store.Run) map[string]any {
	failures := []any{}
	for _, message := range run.Errors {
		failures = append(failures, map[string]any{"code": "MAPPER-3700-400", "message": message})
	}
	shown := map[string]any{
		"id": run.ID, "flowId": run.Flow.ID, "etag": run.Etag,
		"createdAt": run.Started.UnixMilli(), "updatedAt": run.Updated.UnixMilli(),
		"metrics": map[string]any{
			"durationSummary": map[string]any{
				"startedAtUTC": run.Started.UnixMilli(), "completedAtUTC": run.Updated.UnixMilli(),
			},
			"recordSummary": map[string]any{
				"inputRecordCount":   run.Accepted + run.Failed,
				"outputRecordCount":  run.Accepted,
				"createdRecordCount": run.Accepted,
				"failedRecordCount":  run.Failed,
			},
			"statusSummary": map[string]any{"status": outcome(run), "errors": failures},
		},
		"activities": []any{},
	}
	maps.Copy(shown, document.Only(run.Flow.Body, "flowSpec", "providerRefId",
		"createdBy", "updatedBy", "createdClient", "updatedClient", "sandboxId", "sandboxName", "imsOrgId"))
	return shown
}
