package schemaregistry

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

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
	ID      string `json:"$id"`
	AltID   string `json:"meta:altId"`
	Version string `json:"version"`
	tree    Tree
}

// UnmarshalJSON decodes the same members twice.
func (r *resolved) UnmarshalJSON(raw []byte) error {
	type members resolved
	if err := json.Unmarshal(raw, (*members)(r)); err != nil {
		return err
	}
	return json.Unmarshal(raw, &r.tree)
}

// answer is a resolved schema, or why the registry has none for this client.
type answer struct {
	schema  *resolved
	refused error
}

// resolved reads a major version of a schema of the organization with all its fields. It is the one form for all who refer to a schema: it tells
// whether there is one, its version, and its fields. A process asks once; a refusal is an answer too.
func (c *Client) resolved(ctx context.Context, id, major string) (*resolved, error) {
	form := newCollection(c.transport, c.Schemas.Register, c.Schemas.Path, c.Schemas.Object,
		func(one *resolved) (string, time.Time) { return one.ID, time.Time{} })
	form.ReadHeader, form.Reader = accept(asResolved+major), nil // lists have another form
	form.IsAlso = func(one *resolved, id string) bool { return one.AltID == id }
	told, err := objects.Ask(ctx, c.Schemas.Register, "schema "+id+" "+major, func(ctx context.Context) (answer, error) {
		schema, err := form.Get(ctx, id)
		if refusal, is := errors.AsType[*transport.Error](err); is && refusal.Status == http.StatusForbidden || transport.IsNotFound(err) {
			return answer{refused: err}, nil
		}
		return answer{schema: schema}, err
	})
	return told.schema, cmp.Or(err, told.refused)
}

func expectation(schemaID string) string { return "fields of " + schemaID }

// Expect notes that a schema is about to have other fields, for those who map into it. fields is nil if they are not known yet.
func (c *Client) Expect(schemaID, namespace string, fields []Field) {
	objects.Note(c.Schemas.Register, expectation(schemaID), expected{namespace, fields})
}

// Resolved are [Client.Fields] for a plan. They are nil if this process creates the schema. changing tells whether the registry has other fields
// now than after the apply.
func (c *Client) Resolved(ctx context.Context, schemaID, contentType string) (tree *Tree, changing bool, err error) {
	_, changing = objects.Noted[expected](c.Schemas.Register, expectation(schemaID))
	if _, created := c.Schemas.Recall(schemaID); created != nil {
		return nil, changing, nil
	}
	tree, err = c.Fields(ctx, schemaID, contentType)
	return tree, changing, err
}

// Fields are the fields of a major version of a schema, with those that this process gives it. They are nil if these are not known yet.
func (c *Client) Fields(ctx context.Context, schemaID, contentType string) (*Tree, error) {
	expects, changing := objects.Noted[expected](c.Schemas.Register, expectation(schemaID))
	version := xdm.MajorVersion(contentType)
	if changing && expects.fields == nil || version == "" {
		return nil, nil
	}
	schema, err := c.resolved(ctx, schemaID, version)
	if err != nil {
		return nil, err
	}
	if changing {
		return schema.tree.with(expects.namespace, expects.fields), nil
	}
	return &schema.tree, nil
}
