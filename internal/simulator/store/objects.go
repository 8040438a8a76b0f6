package store

import (
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

// The kinds of objects.
const (
	KindConnection       = "connection"
	KindSourceConnection = "sourceConnection"
	KindTargetConnection = "targetConnection"
	KindFlow             = "flow"
	KindMappingSet       = "mappingSet"
	KindDataSet          = "dataSet"
	KindSchema           = "schema"
	KindFieldGroup       = "fieldGroup"
	KindDescriptor       = "descriptor"
	KindReportingWebhook = "reportingWebhook"
)

// Object is one thing that a client created.
type Object struct {
	Kind, ID string
	Home     *Sandbox
	Created  time.Time
	// Body is the JSON that the service answers, or most of it.
	Body map[string]any
	// Versions are the bodies of all versions of a mapping set, by number.
	Versions []map[string]any
	// Hidden is what the service keeps but never answers, such as credentials.
	Hidden map[string]any
	// Rows are the records of a dataset, oldest first.
	Rows []map[string]any
}

// Name is what people call the object.
func (o *Object) Name() string {
	if name := document.Text(o.Body, "name"); name != "" {
		return name
	}
	return document.Text(o.Body, "title")
}

// Sandbox is a separate universe of objects.
type Sandbox struct {
	Name, ID string
	// Runs are the runs of all dataflows, oldest first.
	Runs []*Run

	store   *Store
	objects map[string][]*Object
}

func (s *Store) newSandbox(name, id string) *Sandbox {
	return &Sandbox{Name: name, ID: id, store: s, objects: map[string][]*Object{}}
}

// Type is "production" for the one called prod, else "development".
func (sb *Sandbox) Type() string {
	if sb.Name == "prod" {
		return "production"
	}
	return "development"
}

// Add stores a new object.
func (sb *Sandbox) Add(kind, id string, body map[string]any) *Object {
	added := &Object{Kind: kind, ID: id, Home: sb, Body: body, Created: sb.store.Now(), Hidden: map[string]any{}}
	sb.objects[kind] = append(sb.objects[kind], added)
	return added
}

// All are the objects of a kind in the order of their creation. Every read and every list begins here.
func (sb *Sandbox) All(kind string) []*Object { return slices.Clone(sb.objects[kind]) }

// Find returns the object, or nil.
func (sb *Sandbox) Find(kind, id string) *Object {
	return sb.FindFunc(kind, func(candidate *Object) bool { return candidate.ID == id })
}

// FindFunc returns the first object that matches, or nil.
func (sb *Sandbox) FindFunc(kind string, matches func(*Object) bool) *Object {
	all := sb.All(kind)
	if i := slices.IndexFunc(all, matches); i >= 0 {
		return all[i]
	}
	return nil
}

// Remove drops an object at once.
func (sb *Sandbox) Remove(gone *Object) {
	sb.objects[gone.Kind] = slices.DeleteFunc(sb.objects[gone.Kind], func(o *Object) bool { return o == gone })
}

// Kinds are the kinds of which there are or were objects.
func (sb *Sandbox) Kinds() []string { return slices.Sorted(maps.Keys(sb.objects)) }

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
