package flowservice

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// revision is an object as a change finds it.
type revision struct {
	ID              string           `json:"id"`
	ETag            string           `json:"etag"`
	State           string           `json:"state"`
	Name            string           `json:"name"`
	Description     string           `json:"description"`
	Transformations []Transformation `json:"transformations"`
	LastOperation   lastOperation    `json:"lastOperation"`
	// UpdatedBy is the account that made the last change, and UpdatedClient the client that it used (documented: flow-api).
	UpdatedBy     string         `json:"updatedBy"`
	UpdatedClient string         `json:"updatedClient"`
	UpdatedAt     jsonvalue.Time `json:"updatedAt"`
}

// isBeingDeleted tells whether the service has begun to delete the object.
func (r *revision) isBeingDeleted() bool { return strings.EqualFold(r.State, stateDeleting) }

// first is the first of the conflicts, with who made the last change.
func (r *revision) first(conflicts ...*objects.ConflictError) error {
	by := r.UpdatedBy
	if by != "" && r.UpdatedClient != "" {
		by += " with the client " + r.UpdatedClient
	}
	return objects.FirstConflict(by, r.UpdatedAt.Time, conflicts...)
}

// Change has the members of an object that change in place; nil members stay as they are. Other changes of a source or target
// connection do not reach its dataflow (documented: flow-update).
type Change struct {
	Name, Description *objects.Text
	// AuthParams replace all old ones of a base connection (documented: flow-destinations).
	AuthParams json.RawMessage
	// Mapping is for a dataflow.
	Mapping *MappingChange
}

// MappingChange moves a dataflow from one version of a mapping set to another, or to another mapping set.
type MappingChange struct{ From, To MappingRef }

// IsEmpty tells whether nothing is to change.
func (c Change) IsEmpty() bool {
	return c.Name == nil && c.Description == nil && c.AuthParams == nil && c.Mapping == nil
}

func (c Change) patch(current *revision) (objects.Patch, error) {
	var patch objects.Patch
	patch.ReplaceText("/name", c.Name.Left(current.Name))
	patch.AddText("/description", c.Description.Left(current.Description))
	if c.AuthParams != nil {
		patch.Add("/auth/params", c.AuthParams)
	}
	conflicts := []*objects.ConflictError{c.Name.Conflict("name", current.Name), c.Description.Conflict("description", current.Description)}
	if c.Mapping != nil {
		conflicts = append(conflicts, c.Mapping.addTo(&patch, current)...)
	}
	return patch, current.first(conflicts...)
}

// addTo adds the step that changes the mapping of a dataflow, and returns its conflicts.
func (m MappingChange) addTo(patch *objects.Patch, current *revision) []*objects.ConflictError {
	transformation := Transformation{Name: mappingTransformation, Params: m.To}
	index := mappingIndex(current.Transformations)
	if index < 0 {
		patch.Add("/transformations", []Transformation{transformation})
		return nil
	}
	found := current.Transformations[index].Params.over(m.From)
	if found.MappingID == m.To.MappingID && found.MappingVersion == m.To.MappingVersion {
		return nil
	}
	// "add" would insert into the list, beside the old mapping.
	patch.Replace(objects.Pointer("transformations", strconv.Itoa(index)), transformation)
	id := objects.Text{From: m.From.MappingID, To: m.To.MappingID}
	version := objects.Text{From: m.From.MappingVersion.String(), To: m.To.MappingVersion.String()}
	return []*objects.ConflictError{id.Conflict("mappingId", found.MappingID), version.Conflict("mappingVersion", found.MappingVersion.String())}
}
