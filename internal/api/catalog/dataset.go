// Package catalog calls Adobe's Catalog Service: the datasets that events end in.
package catalog

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/change"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/poll"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// Service is the name in errors and logs.
	Service = "Adobe Catalog Service"
	// BasePath is the service's path on the platform's host (documented).
	BasePath = "/data/foundation/catalog"

	dataSets = "/dataSets"
	// pageSize is the greatest documented one.
	pageSize = 100
)

// Client calls Catalog in one sandbox.
type Client struct {
	transport *transport.Client
	register  *adopt.Register
}

// New builds a client on a transport whose base URL ends with [BasePath].
func New(client *transport.Client) *Client {
	return &Client{transport: client, register: adopt.NewRegister()}
}

// SchemaRef refers to the XDM schema of a dataset by its $id and the media type that pins its version.
type SchemaRef struct {
	ID          string `json:"id"`
	ContentType string `json:"contentType"`
}

// Dataset holds data of one schema.
type Dataset struct {
	ID          string              `json:"-"`
	Name        string              `json:"name"`
	Description string              `json:"description"`
	SchemaRef   SchemaRef           `json:"schemaRef"`
	Tags        map[string][]string `json:"tags,omitempty"`
	// ErrorDiagnostics is nil where an answer does not hold it.
	ErrorDiagnostics *bool `json:"enableErrorDiagnostics,omitempty"`
	// Created is the service's, and no part of a request.
	Created jsonvalue.Time `json:"created,omitzero"`
}

// CreateDataset returns the id that the service assigned.
func (c *Client) CreateDataset(ctx context.Context, dataset Dataset) (string, error) {
	return c.register.Create(ctx, c.transport, adopt.Creation{
		Object: "dataset", Alike: adopt.Alike(dataSets, dataset),
		Post: func(ctx context.Context) (string, error) { return c.post(ctx, dataset) },
		Find: c.datasetsLike(dataset),
	})
}

// LeftDataset finds what a create with an unknown outcome made, and returns "" where that is nothing.
func (c *Client) LeftDataset(ctx context.Context, dataset Dataset, window adopt.Window) (string, error) {
	return c.register.Find(ctx, "dataset", c.datasetsLike(dataset), window)
}

func (c *Client) datasetsLike(dataset Dataset) adopt.Finder {
	return adopt.Among(
		func(ctx context.Context) ([]Dataset, error) { return c.DatasetsByName(ctx, dataset.Name) },
		func(one *Dataset) (string, time.Time) { return one.ID, one.Created.Time },
		dataset.isLike,
	)
}

// isLike looks at the tags that were sent only, since the service adds some.
func (d Dataset) isLike(other *Dataset) bool {
	compact := func(contentType string) string { return strings.ReplaceAll(contentType, " ", "") }
	for name, values := range d.Tags {
		if !slices.Equal(values, other.Tags[name]) {
			return false
		}
	}
	return d.Name == other.Name && d.Description == other.Description && d.SchemaRef.ID == other.SchemaRef.ID &&
		compact(d.SchemaRef.ContentType) == compact(other.SchemaRef.ContentType)
}

func (c *Client) post(ctx context.Context, dataset Dataset) (string, error) {
	request := transport.Request{Method: http.MethodPost, Path: dataSets, Body: dataset}
	var answer []string // references such as "@/dataSets/63ec807d3f5ce91bd2d06c65" (documented)
	if _, err := c.transport.Do(ctx, request, &answer); err != nil {
		return "", err
	}
	if len(answer) == 0 || answer[0] == "" {
		return "", transport.WithoutID(Service, request.Method, dataSets)
	}
	return answer[0][strings.LastIndex(answer[0], "/")+1:], nil
}

// Dataset reads a dataset.
func (c *Client) Dataset(ctx context.Context, id string) (*Dataset, error) {
	c.register.Own(id) // who asks for it has it
	return poll.Confirmed(ctx, func(ctx context.Context) (*Dataset, error) { return c.datasetOnce(ctx, id) })
}

func (c *Client) datasetOnce(ctx context.Context, id string) (*Dataset, error) {
	c.register.Own(id)            // who asks for it has it
	var answer map[string]Dataset // by id, always (documented)
	request := transport.Request{Method: http.MethodGet, Path: pathOf(id)}
	if _, err := c.transport.Do(ctx, request, &answer); err != nil {
		return nil, err
	}
	dataset, found := answer[id]
	if !found {
		return nil, transport.Unreadable(Service, request.Path, "it does not hold the dataset")
	}
	dataset.ID = id
	return &dataset, nil
}

// DatasetsByName are the datasets with exactly this name.
func (c *Client) DatasetsByName(ctx context.Context, name string) ([]Dataset, error) {
	return c.list(ctx, url.Values{"name": {name}}, func(dataset Dataset) bool { return dataset.Name == name })
}

// DatasetsOfSchema are the datasets that follow a schema, of whatever version. No documented filter finds them, so all
// datasets of the sandbox are looked at.
func (c *Client) DatasetsOfSchema(ctx context.Context, schemaID string) ([]Dataset, error) {
	query := url.Values{"properties": {"name,schemaRef"}}
	return c.list(ctx, query, func(dataset Dataset) bool { return dataset.SchemaRef.ID == schemaID })
}

// list reads all pages: the last one is the first that is not full. A dataset that comes again, because others were made or deleted
// between two pages, counts once; a page of nothing but such is none of a list that goes on.
func (c *Client) list(ctx context.Context, query url.Values, wanted func(Dataset) bool) ([]Dataset, error) {
	query.Set("limit", strconv.Itoa(pageSize))
	query.Set("orderBy", "asc:created")
	var found []Dataset
	read := map[string]bool{}
	for start := 0; ; start += pageSize {
		query.Set("start", strconv.Itoa(start))
		var answer datasetPage
		if _, err := c.transport.Do(ctx, transport.Request{Method: http.MethodGet, Path: dataSets, Query: query}, &answer); err != nil {
			return nil, err
		}
		before := len(read)
		for _, dataset := range answer {
			if !read[dataset.ID] && wanted(dataset) {
				found = append(found, dataset)
			}
			read[dataset.ID] = true
		}
		switch {
		case len(answer) < pageSize:
			return found, nil
		case len(read) == before:
			return nil, transport.Unreadable(Service, dataSets, "one of its pages repeats what was read before")
		}
	}
}

// datasetPage is a JSON object by id whose members are in the order of the list (documented), which a Go map would lose.
type datasetPage []Dataset

// UnmarshalJSON keeps the order of the members.
func (p *datasetPage) UnmarshalJSON(raw []byte) error {
	if bytes.Equal(raw, []byte("null")) {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return errors.New("the list of datasets is no JSON object")
	}
	for decoder.More() {
		id, err := decoder.Token()
		if err != nil {
			return err
		}
		var dataset Dataset
		if err := decoder.Decode(&dataset); err != nil {
			return err
		}
		dataset.ID, _ = id.(string)
		*p = append(*p, dataset)
	}
	return nil
}

// DatasetChange holds what changes in place; nil members stay as they are. A tag with a nil value is removed, and tags that
// are not named stay: the service has some of its own.
type DatasetChange struct {
	Name, Description *change.Text
	ErrorDiagnostics  *bool
	Tags              map[string][]string
}

type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value,omitempty"`
}

// operations are what is left to do; a tag that is gone already cannot be removed.
func (c DatasetChange) operations(current *Dataset) []operation {
	var operations []operation
	set := func(path string, value any) { operations = append(operations, operation{"add", path, value}) }
	if c.Name != nil {
		set("/name", c.Name.To)
	}
	if c.Description != nil {
		set("/description", &c.Description.To) // a pointer, so that "" is not left out
	}
	if c.ErrorDiagnostics != nil {
		set("/enableErrorDiagnostics", c.ErrorDiagnostics)
	}
	for name, values := range c.Tags {
		path := "/tags/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
		_, there := current.Tags[name]
		switch {
		case values != nil:
			set(path, values)
		case there:
			operations = append(operations, operation{Op: "remove", Path: path})
		}
	}
	return operations
}

// conflict is an error where somebody else changed the same. The service tells not who.
func (c DatasetChange) conflict(current *Dataset) error {
	return change.First("", time.Time{}, c.Name.Conflict("name", current.Name), c.Description.Conflict("description", current.Description))
}

// UpdateDataset changes a dataset by a JSON Patch, which the service takes under its own media type (documented): a plain
// JSON body would overwrite all tags, the service's own included. A patch that removes something is refused when it is
// repeated after its answer was lost, so a refusal is met with another look at what is left to do.
func (c *Client) UpdateDataset(ctx context.Context, id string, changes DatasetChange) error {
	var refused error
	for range 2 {
		current, err := c.Dataset(ctx, id)
		if err != nil {
			return err
		}
		if err := changes.conflict(current); err != nil {
			return err
		}
		operations := changes.operations(current)
		if len(operations) == 0 {
			return nil
		}
		_, refused = c.transport.Do(ctx, transport.Request{
			Method: http.MethodPatch, Path: pathOf(id), Body: operations,
			Header: http.Header{"Content-Type": {"application/json-patch+json"}},
		}, nil)
		if !transport.HasStatus(refused, http.StatusBadRequest) {
			return refused
		}
	}
	return refused
}

// DeleteDataset deletes a dataset with all its data, and waits until it is gone. One that is gone already is deleted.
func (c *Client) DeleteDataset(ctx context.Context, id string) error {
	remove := func(ctx context.Context) error {
		_, err := c.transport.Do(ctx, transport.Request{Method: http.MethodDelete, Path: pathOf(id)}, nil)
		return err
	}
	return poll.Gone(ctx, remove, func(ctx context.Context) (bool, error, error) {
		_, err := c.datasetOnce(ctx, id)
		if transport.IsNotFound(err) {
			return true, nil, nil
		}
		return false, fmt.Errorf("%s still finds it", Service), err
	})
}

func pathOf(id string) string { return dataSets + "/" + url.PathEscape(id) }
