package clients

import (
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

// Planned is what the plan of this process makes of an object. Terraform plans an object after what it refers to, so whoever refers to it can
// look at what it will be, which no service knows yet.
type Planned struct {
	// Kind is what the object is called, such as "dataset", and Name what the user knows it by.
	Kind, Name string
	// Former is the ID in the state, "" for an object that is only to be created. IsNew tells whether the apply creates one, perhaps in
	// place of the former.
	Former string
	IsNew  bool
	// Sandbox is "" if it is not known yet, and so are the members of Schema.
	Sandbox string
	Schema  xdm.SchemaRef
	// Dataset is what the object refers to, if it does.
	Dataset PlannedID
}

// PlannedID is an ID in a plan, and the one in the state.
type PlannedID struct{ Planned, Held types.String }

// plans are the objects that were planned so far, in all sandboxes, and what the state holds.
type plans struct {
	mutex   sync.Mutex
	objects []Planned
	held    holdings
}

// shared are the plans of the provider, which the sets of all its sandboxes share.
func (s *Set) shared() *plans {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.plans == nil {
		s.plans = &plans{}
	}
	return s.plans
}

// Plan notes what a plan makes of an object. Terraform may ask twice for the same one, and the last answer counts.
func (s *Set) Plan(object Planned) {
	plans := s.shared()
	plans.mutex.Lock()
	defer plans.mutex.Unlock()
	if object.Former != "" {
		plans.objects = slices.DeleteFunc(plans.objects, func(one Planned) bool {
			return one.Kind == object.Kind && one.Former == object.Former && one.IsNew == object.IsNew
		})
	}
	plans.objects = append(plans.objects, object)
}

// WillBe are the objects that an ID may be that of after the apply, as this plan makes them. There are none if the plan says nothing of it.
//
// An ID that is not known yet is that of an object to be created: of any, or, where the state holds one that is replaced, of the one that takes its
// place, or of one that is only created. If the held one is not replaced, the plan says nothing: the ID may come from somewhere else, such as a
// data source that is only read during the apply.
func (s *Set) WillBe(kind string, id PlannedID) (objects []Planned) {
	if s == nil {
		return nil
	}
	plans := s.shared()
	plans.mutex.Lock()
	defer plans.mutex.Unlock()
	held, isReplaced := id.Held.ValueString(), false
	for _, one := range plans.objects {
		isReplaced = isReplaced || one.Kind == kind && one.IsNew && held != "" && one.Former == held
	}
	for _, one := range plans.objects {
		var may bool
		switch {
		case !id.Planned.IsUnknown():
			may = !one.IsNew && one.Former == id.Planned.ValueString()
		case isReplaced:
			may = one.IsNew && (one.Former == held || one.Former == "")
		default:
			may = one.IsNew && held == ""
		}
		if may && one.Kind == kind {
			objects = append(objects, one)
		}
	}
	return objects
}

// kindDataset is what the resource calls its object.
const kindDataset = "dataset"

// SchemasOf are the schemas that an object may have after the apply: its own, or where it takes that from its dataset, those of the datasets
// that it may be. There are none if that is not known yet.
func (s *Set) SchemasOf(object Planned) (schemas []xdm.SchemaRef) {
	if object.Schema.ID != "" {
		return []xdm.SchemaRef{object.Schema}
	}
	for _, dataset := range s.WillBe(kindDataset, object.Dataset) {
		if dataset.Schema.ID == "" {
			return nil
		}
		schemas = append(schemas, dataset.Schema)
	}
	return schemas
}
