package catalog

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

// Dataset holds data of one schema.
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

func (d Dataset) wanted() objects.Wanted[Dataset] {
	return objects.Wanted[Dataset]{Name: d.Name, Body: d, Matches: d.matches}
}

// matches compares only the tags that were sent, since the service adds some.
func (d Dataset) matches(other *Dataset) bool {
	for name, values := range d.Tags {
		if !slices.Equal(values, other.Tags[name]) {
			return false
		}
	}
	return d.Name == other.Name && d.Description == other.Description && d.SchemaRef.Equal(other.SchemaRef)
}

// references is the answer to a create, such as ["@/dataSets/63ec807d3f5ce91bd2d06c65"] (documented: catalog-create).
type references []string

func (r *references) Object(string) (*Dataset, error) {
	if len(*r) == 0 {
		return &Dataset{}, nil
	}
	first := (*r)[0]
	return &Dataset{ID: first[strings.LastIndex(first, "/")+1:]}, nil
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

// CreateDataset returns the ID of the new dataset.
func (c *Client) CreateDataset(ctx context.Context, dataset Dataset) (string, error) {
	created, err := c.datasets.Create(ctx, dataset.wanted())
	if err != nil {
		return "", err
	}
	return created.ID, nil
}

// FindCreatedDataset finds what a create with an unknown outcome created, and returns "" if that is nothing.
func (c *Client) FindCreatedDataset(ctx context.Context, dataset Dataset, window objects.Window) (string, error) {
	return c.datasets.FindCreated(ctx, dataset.wanted(), window)
}

// Dataset reads a dataset.
func (c *Client) Dataset(ctx context.Context, id string) (*Dataset, error) {
	return c.datasets.Get(ctx, id)
}

// DatasetChange has the members that change in place; nil members stay as they are. A tag with a nil value is removed, and tags
// that are not named stay: the service has some of its own.
type DatasetChange struct {
	Name, Description *objects.Text
	ErrorDiagnostics  *bool
	Tags              map[string][]string
}

// patch has what is left to change; a tag that is gone already cannot be removed. A conflict does not tell who made the other
// change: the service does not say.
func (c DatasetChange) patch(current *Dataset) (objects.Patch, error) {
	var patch objects.Patch
	patch.AddText("/name", c.Name)
	patch.AddText("/description", c.Description)
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

// UpdateDataset changes a dataset by a JSON Patch.
func (c *Client) UpdateDataset(ctx context.Context, id string, change DatasetChange) error {
	return c.datasets.Update(ctx, id, change.patch)
}

// DeleteDataset deletes a dataset with all its data, and waits until it is gone. One that is gone already is deleted.
func (c *Client) DeleteDataset(ctx context.Context, id string) error {
	return c.datasets.Remove(ctx, id)
}
