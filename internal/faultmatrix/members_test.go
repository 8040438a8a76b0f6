package faultmatrix_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/descriptions"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/untold"
)

// fullConfig configures all members that a service can answer with, beside what a lifecycle configures.
func fullConfig(t *testing.T, world *acctest.World, typeName string) map[string]any {
	t.Helper()
	switch typeName {
	case "customerio_source_connection":
		base := world.Make(t, flowService+"/connections", `{"name":"a","connectionSpec":{"id":"`+httpAPISpec+`","version":"1.0"},
			"auth":{"specName":"Streaming Connection","params":`+params+`}}`)
		return map[string]any{
			"description": "Of the shop", "connection_spec": map[string]any{"id": httpAPISpec, "version": "1.0"}, "base_connection_id": base,
			"params": encoded(map[string]any{"path": "x", "of": map[string]any{"region": "eu", "list": []string{"a"}}}),
		}
	case "customerio_mapping_set":
		return map[string]any{"mappings": map[string]any{
			"_acme.email":       map[string]any{"source": "data.identifiers.email", "name": "Email", "description": "Of the person"},
			"_acme.timestamp":   map[string]any{"source": "${timestamp} * 1000", "source_type": "EXPRESSION"},
			"_acme.object_type": map[string]any{"source": "email", "source_type": "STATIC"},
		}}
	case "customerio_dataflow":
		set, terraform := &core.Instance{Type: "customerio_mapping_set"}, world.Core(t)
		for _, source := range []string{"metric", "object_type"} { // so that the version is not 0, which a missing one must not become
			require.Empty(t, terraform.Apply(t.Context(), set, map[string]any{"schema_id": world.SchemaID, "mappings": mappings(source)}))
		}
		return map[string]any{"description": "Of the shop", "state": "disabled", "mapping_set_id": set.Text("id"), "mapping_version": set.Number("version")}
	case "customerio_reporting_webhook":
		return map[string]any{"disabled": true, "full_resolution": true, "with_content": true}
	case "customerio_target_schema":
		return map[string]any{
			"description": "Of the shop", "profile_enabled": true, "allow_irreversible": true, "additional_fields": map[string]any{
				"born": map[string]any{"type": "date", "title": "Born", "description": "Of the person"}, "tier": map[string]any{"type": "double"},
			},
		}
	case "customerio_target_dataset":
		return map[string]any{"description": "Of the shop", "profile_enabled": true, "error_diagnostics": true}
	}
	return map[string]any{"description": "Of the shop"}
}

// required tells whether an answer without the member is none, or tells something else: the ID says whose answer it is, an empty envelope
// that there is no object, and a field or a tag of the user's that is missing among others that it was removed. Everything else may be
// missing, also what the vendors' descriptions call required: a version of a specification was missing in real answers (Adobe's aepp,
// issue 42).
func required(service string, path untold.Path, form untold.Form) bool {
	name := path[len(path)-1]
	switch {
	case len(path) == 1 && strings.Contains(service, "/flowservice/"):
		return name == "items"
	case len(path) == 1 && strings.Contains(service, "/catalog/"):
		return true // the ID of the dataset
	case len(path) == 1, len(path) == 3 && path[0] == "items":
		return slices.Contains([]any{"id", "$id", "@id"}, name)
	case path[len(path)-2] == "tags":
		return form == untold.Missing && name == "team"
	case path[len(path)-2] == "properties":
		return form == untold.Missing && (name != "_acme" || strings.Contains(service, "/schemas/")) // a schema without it has no such fields
	}
	return false
}

// forgetful are services that leave a member out of one of their answers to reads.
type forgetful struct {
	services http.Handler
	mutex    sync.Mutex
	// complete adds to an answer what it may have, as nothing.
	complete func(path string, answer any) any
	// answers are the last ones before anything is forgotten, by the path of the call. They are kept once there is a map for them.
	answers map[string]any
	// forgotten is what they leave out, in answers to calls with the path where.
	where     string
	forgotten []member
}

// member is one that is left out, and how.
type member struct {
	path untold.Path
	how  untold.Form
}

// within tells whether a path leads into a member of a name.
func within(path untold.Path, name string) bool {
	return slices.Contains(path[:len(path)-1], any(name))
}

// forgettable are the members that an answer may leave out, each alone in each form, and all at once. A schema within an answer is one
// member.
func forgettable(where string, answer any) [][]member {
	var each [][]member
	var all []member
	for _, path := range untold.Members(answer) {
		for _, how := range untold.Forms {
			if _, is := how.In(answer, path); !is || required(where, path, how) || within(path, "jsonSchema") {
				continue
			}
			each = append(each, []member{{path, how}})
			if how == untold.Missing {
				all = append([]member{{path, how}}, all...) // members of members go first
			}
		}
	}
	return append(each, all)
}

func (f *forgetful) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	recorder := httptest.NewRecorder()
	f.services.ServeHTTP(recorder, r)
	body := recorder.Body.Bytes()
	var answer any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if r.Method == http.MethodGet && recorder.Code == http.StatusOK && decoder.Decode(&answer) == nil {
		path := r.URL.EscapedPath()
		answer = f.complete(path, answer)
		if f.where == "" && f.answers != nil {
			f.answers[path] = answer
		}
		if path == f.where {
			for _, one := range f.forgotten {
				answer, _ = one.how.In(answer, one.path)
			}
			body, _ = json.Marshal(answer)
		}
	}
	maps.Copy(w.Header(), recorder.Header())
	w.Header().Del("Content-Length")
	w.WriteHeader(recorder.Code)
	_, _ = w.Write(body)
}

// completion adds the described members that the simulator does not know to its answers, as nothing, where the vendors' descriptions are at
// hand.
func completion(t *testing.T) func(path string, answer any) any {
	t.Helper()
	if !descriptions.AreHere() {
		return func(_ string, answer any) any { return answer }
	}
	documents := descriptions.Load(t)
	return func(path string, answer any) any {
		whole, described := descriptions.Completed(documents, path, answer)
		assert.True(t, described || !strings.HasPrefix(path, "/data/"), path)
		return whole
	}
}

// each plays something with everything told, and then with each member forgotten of each answer that it read. It returns how often.
func (f *forgetful) each(t *testing.T, plays func() bool) (cells int) {
	t.Helper()
	f.answers = map[string]any{}
	require.True(t, plays(), "everything told")
	for where, answer := range f.answers {
		for _, forgotten := range forgettable(where, answer) {
			cells++
			f.where, f.forgotten = where, forgotten
			if !plays() {
				t.Errorf("%s: %v", where, forgotten)
			}
		}
	}
	return cells
}

// TestMembersThatAreNotToldAreNoDrift takes each member out of each answer that a refresh of each resource reads, in each way. The state
// stays as it was, and nothing is planned.
func TestMembersThatAreNotToldAreNoDrift(t *testing.T) {
	t.Parallel()
	complete := completion(t)
	for _, life := range lifecycles() {
		t.Run(life.typeName, func(t *testing.T) {
			t.Parallel()
			cell := life.newCell(t)
			services := &forgetful{services: cell.world.Simulator, complete: complete}
			cell.world.Serve(t, services)
			terraform := cell.terraform(t, cell.world.URL)
			require.Empty(t, terraform.Apply(t.Context(), cell.Instance, cell.config))
			maps.Copy(cell.config, fullConfig(t, cell.world, life.typeName)) // a mapping set gets another version by the change
			require.Empty(t, terraform.Apply(t.Context(), cell.Instance, cell.config))
			cells := services.each(t, func() bool { return cell.isUnmoved(t, terraform) })
			require.Greater(t, cells, 20)
		})
	}
}

// TestMembersThatAreNotToldRefuseNoPlan does so with what the plan of a create reads, to compare schemas or to look for one.
func TestMembersThatAreNotToldRefuseNoPlan(t *testing.T) {
	t.Parallel()
	complete := completion(t)
	for _, life := range lifecycles() {
		if !slices.Contains([]string{
			"customerio_target_dataset", "customerio_target_connection", "customerio_mapping_set", "customerio_dataflow",
		}, life.typeName) {
			continue // they read nothing
		}
		t.Run(life.typeName, func(t *testing.T) {
			t.Parallel()
			cell := life.newCell(t)
			maps.Copy(cell.config, fullConfig(t, cell.world, life.typeName))
			services := &forgetful{services: cell.world.Simulator, complete: complete}
			cell.world.Serve(t, services)
			terraform := cell.terraform(t, cell.world.URL)
			cells := services.each(t, func() bool {
				change, found := terraform.Plan(t.Context(), cell.Instance, cell.config)
				return assert.Empty(t, found) && change.Action == core.Create
			})
			require.Greater(t, cells, 20)
		})
	}
}

// TestUpdateDoesNotWaitForWhatIsNotTold updates a dataflow whose answers leave out the streaming endpoint, which the state has.
func TestUpdateDoesNotWaitForWhatIsNotTold(t *testing.T) {
	t.Parallel()
	cell := dataflowLifecycle().newCell(t)
	services := &forgetful{services: cell.world.Simulator, complete: completion(t)}
	cell.world.Serve(t, services)
	terraform := cell.terraform(t, cell.world.URL)
	require.Empty(t, terraform.Apply(t.Context(), cell.Instance, cell.config))
	endpoint := cell.Text("streaming_endpoint_url")
	require.NotEmpty(t, endpoint)
	services.where, services.forgotten = flowService+"/flows/"+cell.Text("id"), []member{{untold.Path{"items", 0, "options"}, untold.Missing}}
	require.Empty(t, terraform.Apply(t.Context(), cell.Instance, cell.changed("rename")))
	require.Equal(t, "Store", cell.Text("name"))
	require.Equal(t, endpoint, cell.Text("streaming_endpoint_url"))
}

// isUnmoved tells whether a refresh leaves the state as it is, and the plan is empty.
func (c *cell) isUnmoved(t *testing.T, terraform *core.Core) bool {
	t.Helper()
	refreshed := *c.Instance
	change, found := terraform.Plan(t.Context(), &refreshed, c.config)
	switch {
	case len(found) > 0:
		t.Error(found[0].Summary, found[0].Detail)
	case !refreshed.State.Equal(c.State):
		t.Errorf("was %s, is %s", c.State, refreshed.State)
	case change.Action != core.NoOp:
		t.Errorf("%s of %s to %s", change.Action, refreshed.State, change.After)
	default:
		return true
	}
	return false
}
