package schemaregistry

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

// asResolved has the fields of all that a schema is composed of in place (documented: xdm-api). The major version follows.
const asResolved = "application/vnd.adobe.xed-full+json; version="

// expected are the fields that an apply is about to give a schema. They are nil if they are not known.
type expected struct {
	namespace string
	fields    []Field
}

// resolved is a schema in an answer.
type resolved struct {
	id   string
	tree Tree
}

// UnmarshalJSON decodes the same members twice.
func (r *resolved) UnmarshalJSON(raw []byte) error {
	identified := struct {
		ID string `json:"$id"`
	}{}
	if err := json.Unmarshal(raw, &identified); err != nil {
		return err
	}
	r.id = identified.ID
	return json.Unmarshal(raw, &r.tree)
}

func expectation(schemaID string) string { return "fields of " + schemaID }

// Expect notes that a schema is about to have other fields, for those who map into it. fields is nil if they are not known yet.
func (c *Client) Expect(schemaID, namespace string, fields []Field) {
	objects.Note(c.Schemas.Register, expectation(schemaID), expected{namespace, fields})
}

// Resolved is a major version of a schema with all its fields. A process reads it once. It is nil if this process creates the schema, or gives
// it fields that are not known yet. changing tells whether the registry has other fields now than after the apply.
func (c *Client) Resolved(ctx context.Context, schemaID, contentType string) (tree *Tree, changing bool, err error) {
	expects, changing := objects.Noted[expected](c.Schemas.Register, expectation(schemaID))
	if _, created := c.Schemas.Recall(schemaID); created != nil || changing && expects.fields == nil {
		return nil, changing, nil
	}
	path, err := c.Schemas.PathOf(schemaID)
	version := xdm.MajorVersion(contentType)
	if err != nil || version == "" {
		return nil, changing, err
	}
	request := transport.Request{Method: http.MethodGet, Path: path, Header: accept(asResolved + version)}
	tree, err = objects.Ask(ctx, c.Schemas.Register, path+" "+version, func(ctx context.Context) (*Tree, error) {
		var schema resolved
		err := objects.Attempts(ctx, objects.ReadsUntilGone, func(ctx context.Context) (again bool, err error) {
			schema = resolved{}
			err = c.transport.Do(ctx, request, &schema)
			return transport.IsNotFound(err), err
		})
		if err == nil && !objects.Agree(schemaID, schema.id) {
			err = c.transport.Unreadable(path, "it is about another schema")
		}
		return &schema.tree, err
	})
	if err == nil && changing {
		tree = tree.with(expects.namespace, expects.fields)
	}
	return tree, changing, err
}
