package store

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

// SchemaRef is the schema that the rows of a dataset conform to.
func (sb *Sandbox) SchemaRef(datasetID string) (id, contentType string, known bool) {
	dataset := sb.Find(KindDataSet, datasetID)
	if dataset == nil {
		return "", "", false
	}
	return document.Text(dataset.Body, "schemaRef", "id"), document.Text(dataset.Body, "schemaRef", "contentType"), true
}

// Inlet is the entry of a dataflow, and what the dataflow makes of the records that come in.
type Inlet struct {
	ID        string
	DatasetID string
	MappingID string
	// MappingVersion is the version that the dataflow is pinned to.
	MappingVersion int
}

// runWindow is how much inlet activity makes one run: runs of streaming dataflows are aggregated by time.
const runWindow = time.Hour

// Run is what came through a dataflow within a window of time.
type Run struct {
	ID               string
	Flow             *Object
	Accepted, Failed int
	Started, Updated time.Time
	Etag             string
	// Errors are those of attributes and records, each once.
	Errors []string
}

// Record adds what an inlet accepted and refused to the run of a dataflow, and why.
func (sb *Sandbox) Record(flow *Object, accepted, failed int, failures ...error) {
	now := sb.store.Now()
	run := sb.LastRun(flow.ID)
	if run == nil || now.Sub(run.Started) > runWindow {
		run = &Run{ID: uuid.NewString(), Flow: flow, Started: now, Etag: `"` + uuid.NewString() + `"`}
		sb.Runs = append(sb.Runs, run)
	}
	run.Accepted += accepted
	run.Failed += failed
	run.Updated = now
	for _, failure := range failures {
		if !slices.Contains(run.Errors, failure.Error()) {
			run.Errors = append(run.Errors, failure.Error())
		}
	}
}

// LastRun is the latest run of a dataflow, or nil.
func (sb *Sandbox) LastRun(flowID string) *Run {
	for _, run := range slices.Backward(sb.Runs) {
		if run.Flow.ID == flowID {
			return run
		}
	}
	return nil
}
