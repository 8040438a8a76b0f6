package simulator

import (
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"
)

// runWindow is how much inlet activity makes one run: runs of streaming flows are aggregated by time.
const runWindow = time.Hour

// flowRun is what came through a flow within a window of time.
type flowRun struct {
	id               string
	flow             *object
	accepted, failed int
	started, updated time.Time
	etag             string
	// errors are those of attributes and records, each once.
	errors []string
}

// recordRun adds what an inlet accepted and refused to the run of a flow, and why.
func (s *Simulator) recordRun(flowID string, ok, failed int, failures ...error) {
	running, known := s.flowByID(flowID)
	if !known {
		return
	}
	now := s.now()
	run := running.home.lastRun(flowID)
	if run == nil || now.Sub(run.started) > runWindow {
		flow := running.home.find(KindFlow, flowID)
		run = &flowRun{id: uuid.NewString(), flow: flow, started: now, etag: `"` + uuid.NewString() + `"`}
		running.home.runs = append(running.home.runs, run)
	}
	run.accepted += ok
	run.failed += failed
	for _, failure := range failures {
		if !slices.Contains(run.errors, failure.Error()) {
			run.errors = append(run.errors, failure.Error())
		}
	}
	run.updated = now
}

func (sb *sandbox) lastRun(flowID string) *flowRun {
	for i := len(sb.runs) - 1; i >= 0; i-- {
		if sb.runs[i].flow.id == flowID {
			return sb.runs[i]
		}
	}
	return nil
}

func (s *Simulator) routesRuns(mux *http.ServeMux) {
	mux.HandleFunc("GET "+flowServiceBase+"/runs", s.platform(s.listRuns))
	mux.HandleFunc("GET "+flowServiceBase+"/runs/{id}", s.platform(s.getRun))
}

func (s *Simulator) listRuns(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	items := []map[string]any{}
	for _, run := range sb.runs {
		items = append(items, run.present())
	}
	s.answerList(w, r.URL.Query(), "runs", items)
}

func (s *Simulator) getRun(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	id := r.PathValue("id")
	for _, run := range sb.runs {
		if run.id == id {
			writeJSON(w, http.StatusOK, map[string]any{"items": []any{run.present()}})
			return
		}
	}
	writeProblem(w, entityNotFound("runs", id))
}

// state is the outcome as the service words it.
func (run *flowRun) state() string {
	switch {
	case run.failed == 0:
		return "success"
	case run.accepted == 0:
		return "failed"
	default:
		return "partialSuccess"
	}
}

// presentErrors has the code that is documented for records that Data Prep could not map.
func (run *flowRun) presentErrors() []any {
	shown := []any{}
	for _, message := range run.errors {
		shown = append(shown, map[string]any{"code": "MAPPER-3700-400", "message": message})
	}
	return shown
}

func (run *flowRun) summary() map[string]any {
	return map[string]any{
		"id": run.id, "state": run.state(),
		"startedAtUTC": run.started.UnixMilli(), "completedAtUTC": run.updated.UnixMilli(),
	}
}

func (run *flowRun) present() map[string]any {
	shown := map[string]any{
		"id": run.id, "flowId": run.flow.id, "flowSpec": run.flow.body["flowSpec"],
		"providerRefId": run.flow.body["providerRefId"], "etag": run.etag,
		"createdAt": run.started.UnixMilli(), "updatedAt": run.updated.UnixMilli(),
		"metrics": map[string]any{
			"durationSummary": map[string]any{
				"startedAtUTC": run.started.UnixMilli(), "completedAtUTC": run.updated.UnixMilli(),
			},
			"recordSummary": map[string]any{
				"inputRecordCount":   run.accepted + run.failed,
				"outputRecordCount":  run.accepted,
				"createdRecordCount": run.accepted,
				"failedRecordCount":  run.failed,
			},
			"statusSummary": map[string]any{"status": run.state(), "errors": run.presentErrors()},
		},
		"activities": []any{},
	}
	for _, inherited := range []string{
		"createdBy", "updatedBy", "createdClient", "updatedClient", "sandboxId", "sandboxName", "imsOrgId",
	} {
		shown[inherited] = run.flow.body[inherited]
	}
	return shown
}
