package simulator

import (
	"context"
	"fmt"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
)

// Object is a summary of one live object of any service.
type Object struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Name    string `json:"name"`
	Sandbox string `json:"sandbox,omitempty"`
}

// Objects lists every live object of every service. Tests assert that nothing is left.
func (s *Simulator) Objects() []Object {
	objects := []Object{}
	s.store.Do(func() {
		for _, sb := range s.store.Everywhere() {
			for _, kind := range sb.Kinds() {
				for _, o := range sb.All(kind) {
					objects = append(objects, Object{Kind: kind, ID: o.ID, Name: o.Name(), Sandbox: sb.Name})
				}
			}
		}
	})
	return objects
}

// Update changes an object as somebody else would: behind the back of the client that created it, and with all that
// a change brings about, such as a new etag or a new version of a mapping set.
func (s *Simulator) Update(kind, id string, change func(body map[string]any)) error {
	return s.with(kind, id, func(found *store.Object) {
		if kind == KindMappingSet {
			s.prep.Change(found, change)
			return
		}
		change(found.Body)
		found.Body = document.Clone(found.Body)
		switch kind {
		case KindConnection, KindSourceConnection, KindTargetConnection, KindFlow:
			s.flow.Touch(found)
		case KindDataSet:
			s.catalog.Touch(found)
		case KindSchema, KindFieldGroup:
			s.registry.Touch(found)
		}
	})
}

// Delete removes an object at once, whatever depends on it.
func (s *Simulator) Delete(kind, id string) error {
	return s.with(kind, id, func(found *store.Object) { found.Home.Remove(found) })
}

func (s *Simulator) with(kind, id string, act func(*store.Object)) (err error) {
	s.store.Do(func() {
		var found *store.Object
		if found, err = s.store.Find(kind, id); err == nil {
			act(found)
		}
	})
	return err
}

// Rows returns the records that are stored in a dataset, oldest first.
func (s *Simulator) Rows(datasetID string) []map[string]any {
	rows := []map[string]any{}
	// Without the dataset there are no rows.
	_ = s.with(KindDataSet, datasetID, func(dataset *store.Object) {
		for _, row := range dataset.Rows {
			rows = append(rows, document.Clone(row))
		}
	})
	return rows
}

// SeedDataset creates what a pipeline presupposes: a field group with the fields that Adobe's guide to the Customer.io
// source calls mandatory, an ExperienceEvent schema with it, and a dataset. It panics if there is no such sandbox.
func (s *Simulator) SeedDataset(sandbox, name string) (schemaID, datasetID string) {
	schemaID, datasetID, err := s.seed(sandbox, name)
	if err != nil {
		panic("simulator: " + err.Error())
	}
	return schemaID, datasetID
}

func (s *Simulator) seed(sandbox, name string) (schemaID, datasetID string, err error) {
	s.store.Do(func() {
		sb, known := s.store.Sandbox(sandbox)
		if !known {
			err = fmt.Errorf("there is no sandbox %q", sandbox)
			return
		}
		schemaID = s.registry.Seed(sb, name).ID
		datasetID = s.catalog.Add(sb, map[string]any{
			"name": name,
			"schemaRef": map[string]any{
				"id":          schemaID,
				"contentType": "application/vnd.adobe.xed-full+json;version=1",
			},
		}).ID
	})
	return schemaID, datasetID, err
}

// AddJSWebhook creates a JavaScript webhook, as a person can in the UI, in the workspace of the first key. Lists show
// it among the others. It returns the ID.
func (s *Simulator) AddJSWebhook(name string) (id int) {
	s.store.Do(func() { id = s.cio.AddJSWebhook(name) })
	return id
}

// Emit makes Customer.io report an event: to every webhook that subscribed to it and is not disabled, one POST
// each. The members of payload replace those of the sample of the event.
func (s *Simulator) Emit(ctx context.Context, event string, payload map[string]any) ([]Delivery, error) {
	return s.cio.Emit(ctx, event, payload)
}

// Reset drops every object, every fault and the log of calls. Tokens stay valid.
func (s *Simulator) Reset() {
	s.store.Do(s.store.Empty)
	s.ClearFaults()
	s.ResetCalls()
}
