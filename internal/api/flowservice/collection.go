package flowservice

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Collection is one kind of object of the Flow Service.
type Collection[T any] struct {
	objects.Collection[T]
	// revisions are the same objects with the members that every kind has.
	revisions objects.Collection[revision]
}

func newCollection[T any](client *transport.Client, register *objects.Register, path, object string, identify func(*T) (string, time.Time)) Collection[T] {
	return Collection[T]{
		objects.Collection[T]{
			Transport: client, Register: register, Path: path, Object: object, Identify: identify, Referred: true,
			Receipt:  objects.NewBare[T], // with nothing but the ID and the etag (documented: flow-api)
			Envelope: func() objects.Envelope[T] { return &items[T]{} },
			Reader:   func(name string) objects.Reader[T] { return read[T](client, path, name) },
			Among:    func(ids []string) objects.Reader[T] { return among[T](client, path, ids) },
		},
		objects.Collection[revision]{
			Transport: client, Register: register, Path: path, Object: object,
			Envelope: func() objects.Envelope[revision] { return &items[revision]{} },
			Identify: func(current *revision) (string, time.Time) { return current.ID, time.Time{} },
			Among:    func(ids []string) objects.Reader[revision] { return among[revision](client, path, ids) },
			Removal: objects.Removal[revision]{
				InUse: codesInUse, UnderWay: []string{codeBeingDeleted},
				State:    func(current *revision) string { return current.State },
				HasBegun: (*revision).isBeingDeleted,
			},
			Patching: objects.Patching[revision]{
				Attempts: objects.PatchAttempts, RetryOn: http.StatusPreconditionFailed,
				Header: func(current *revision) http.Header { return http.Header{"If-Match": {quoted(current.ETag)}} },
			},
		},
	}
}

// Remove deletes an object and waits until it is gone.
func (c *Collection[T]) Remove(ctx context.Context, id string) error {
	return c.revisions.Remove(ctx, id)
}

// Update changes an object. It is read right before, because the service changes its etag shortly after a create and after each
// change.
func (c *Collection[T]) Update(ctx context.Context, id string, change Change) error {
	if change.IsEmpty() { // the service refuses an empty patch (1405-400)
		return nil
	}
	return c.revisions.Update(ctx, id, change.patch)
}

// codeBeingDeleted refuses the removal of an object that is being deleted (documented: flow-errors).
const codeBeingDeleted = "1458-400"

// codesInUse refuse the removal of a connection that a dataflow uses (documented: flow-errors; the second one is inferred for source and
// target connections).
var codesInUse = []string{"1418-400", "1447-400"}

// items is the answer to a read: always a list (documented: flow-api), which is empty if the object is gone.
type items[T any] struct {
	Items json.RawMessage `json:"items"`
}

func (i *items[T]) Object(string) (*T, error) {
	if i.Items == nil {
		return nil, errors.New("it holds no list of items")
	}
	var found []T
	if err := json.Unmarshal(i.Items, &found); err != nil {
		return nil, errors.New("its list of items has an unexpected form: " + err.Error())
	}
	if len(found) == 0 {
		return nil, objects.Absent("the list that should hold the object is empty")
	}
	return &found[0], nil
}

// quoted adds the double quotes that an etag needs in a header, unless it has them, as documented ones do.
func quoted(etag string) string {
	if strings.HasPrefix(etag, `"`) {
		return etag
	}
	return `"` + etag + `"`
}
