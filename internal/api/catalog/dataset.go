package catalog

import (
	"errors"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

// Dataset holds data of one schema. A delete deletes all its data.
type Dataset struct {
	ID          string              `json:"-"`
	Name        string              `json:"name"`
	Description string              `json:"description"`
	SchemaRef   xdm.SchemaRef       `json:"schemaRef"`
	Tags        map[string][]string `json:"tags,omitempty"`
	// ErrorDiagnostics is nil if an answer does not have it.
	ErrorDiagnostics *bool `json:"enableErrorDiagnostics,omitempty"`
	// Created is set by the service and never sent.
	Created jsonvalue.Time `json:"created,omitzero"`
}

// Wanted is the dataset to create.
func (d Dataset) Wanted() objects.Wanted[Dataset] {
	return objects.Wanted[Dataset]{Name: d.Name, Body: d, Object: &d, Matches: d.matches}
}

// matches compares only the tags that were sent, since the service adds some. An answer with any tag tells all of them.
func (d Dataset) matches(other *Dataset) bool {
	for name, values := range d.Tags {
		told, there := other.Tags[name]
		if len(other.Tags) > 0 && (!there || !objects.AgreeAll(values, told)) {
			return false
		}
	}
	return d.Name == other.Name && objects.Agree(d.Description, other.Description) && d.SchemaRef.Agrees(other.SchemaRef)
}

// references is the answer to a create, such as ["@/dataSets/63ec807d3f5ce91bd2d06c65"] (documented: catalog-create).
type references []string

func (r *references) Object(string) (*Dataset, error) {
	if len(*r) == 0 {
		return &Dataset{}, nil
	}
	return &Dataset{ID: strings.TrimPrefix((*r)[0], "@/dataSets/")}, nil
}

// byID is the answer to a read (documented: catalog-api).
type byID map[string]Dataset

func (b *byID) Object(id string) (*Dataset, error) {
	dataset, found := (*b)[id]
	if !found {
		return nil, errors.New("it does not hold the dataset")
	}
	dataset.ID = id
	return &dataset, nil
}

// DatasetChange has the members that change in place; nil members stay as they are. A tag with a nil value is removed, and tags
// that are not named stay: the service has some of its own.
type DatasetChange struct {
	Name, Description *objects.Text
	ErrorDiagnostics  *bool
	Tags              map[string][]string
}

// Patch has what is left to change; a tag that is gone already cannot be removed. A conflict does not tell who made the other
// change: the service does not say.
func (c DatasetChange) Patch(current *Dataset) (objects.Patch, error) {
	var patch objects.Patch
	patch.AddText("/name", c.Name.Left(current.Name))
	patch.AddText("/description", c.Description.Left(current.Description))
	if c.ErrorDiagnostics != nil {
		patch.Add("/enableErrorDiagnostics", c.ErrorDiagnostics)
	}
	for name, values := range c.Tags {
		path := objects.Pointer("tags", name)
		_, exists := current.Tags[name]
		switch {
		case values != nil:
			patch.Add(path, values)
		case exists:
			patch.Remove(path)
		}
	}
	return patch, objects.FirstConflict("", time.Time{},
		c.Name.Conflict("name", current.Name), c.Description.Conflict("description", current.Description))
}
