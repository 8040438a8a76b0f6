package catalog

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// pageSize is the greatest documented one (catalog-api).
const pageSize = 100

// datasetsByName begins a list of the datasets with exactly this name, of all for "". A name in which the filter may take something for a
// separator is not sent to it.
func datasetsByName(client *transport.Client, path, name string) objects.Reader[Dataset] {
	query := url.Values{}
	if objects.IsPlainName(name) {
		query.Set("name", name)
	}
	return read(client, path, query, func(dataset Dataset) bool { return name == "" || dataset.Name == name })
}

// DatasetsOfSchema are the datasets that follow any version of a schema. No documented filter finds them, so all datasets of
// the sandbox are read.
func (c *Client) DatasetsOfSchema(ctx context.Context, schemaID string) ([]Dataset, error) {
	query := url.Values{"properties": {"name,schemaRef"}}
	list := read(c.Datasets.Transport, c.Datasets.Path, query, func(dataset Dataset) bool { return dataset.SchemaRef.ID == schemaID })
	return objects.Distinct(list.Items(ctx), func(dataset *Dataset) string { return dataset.ID }, nil)
}

func read(client *transport.Client, path string, query url.Values, wanted func(Dataset) bool) objects.Reader[Dataset] {
	query.Set("limit", strconv.Itoa(pageSize))
	query.Set("orderBy", "asc:created")
	query.Set("start", "0")
	pages := objects.Pages[Dataset]{
		Transport: client, Path: path, Query: query.Encode(),
		New:      func() objects.Page[Dataset] { return &page{} },
		Identity: func(dataset Dataset) string { return dataset.ID },
	}
	return objects.Each(pages.Reader(), func(dataset Dataset) (Dataset, bool, error) { return dataset, wanted(dataset), nil })
}

// page is a JSON object by ID whose members are in the order of the list (documented: catalog-api), which a Go map would lose.
type page []Dataset

func (p *page) Items() []Dataset { return *p }

// Next is "" after a page that is not full.
func (p *page) Next(query string, read int) (string, error) {
	if len(*p) < pageSize {
		return "", nil
	}
	return objects.At(query, strconv.Itoa(read)), nil
}

// UnmarshalJSON keeps the order of the members.
func (p *page) UnmarshalJSON(raw []byte) error {
	if bytes.Equal(raw, []byte("null")) {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return errors.New("the list of datasets is not a JSON object")
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
