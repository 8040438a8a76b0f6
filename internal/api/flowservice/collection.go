package flowservice

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// collection is one kind of object of the Flow Service.
type collection[T any] struct {
	objects.Collection[T]
	// revisions are the same objects with the members that every kind has.
	revisions objects.Collection[revision]
}

func newCollection[T any](client *transport.Client, register *objects.Register, path, object string, identify func(*T) (string, time.Time)) collection[T] {
	return collection[T]{
		objects.Collection[T]{
			Transport: client, Register: register, Path: path, Object: object, Identify: identify,
			Receipt:  objects.NewBare[T], // with nothing but the ID and the etag (documented: flow-api)
			Envelope: func() objects.Envelope[T] { return &items[T]{} },
			List: func(ctx context.Context, name string) ([]T, error) {
				return list[T](ctx, client, path, Filter{Name: name})
			},
		},
		objects.Collection[revision]{
			Transport: client, Register: register, Path: path, Object: object,
			Envelope: func() objects.Envelope[revision] { return &items[revision]{} },
			Identify: func(current *revision) (string, time.Time) { return current.ID, time.Time{} },
			Removal: objects.Removal[revision]{
				InUse: codesInUse, UnderWay: []string{codeBeingDeleted}, ConfirmAbsent: true,
				State: func(current *revision) string { return current.State },
			},
			Patching: objects.Patching[revision]{
				Attempts: objects.PatchAttempts, RetryOn: http.StatusPreconditionFailed,
				Header: func(current *revision) http.Header { return http.Header{"If-Match": {quoted(current.ETag)}} },
			},
		},
	}
}

func (c *collection[T]) create(ctx context.Context, wanted objects.Wanted[T]) (string, error) {
	created, err := c.Create(ctx, wanted)
	if err != nil {
		return "", err
	}
	id, _ := c.Identify(created)
	return id, nil
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

// revision is an object as a change finds it.
type revision struct {
	ID              string           `json:"id"`
	ETag            string           `json:"etag"`
	State           string           `json:"state"`
	Name            string           `json:"name"`
	Description     string           `json:"description"`
	Transformations []Transformation `json:"transformations"`
	// UpdatedBy is the account that made the last change, and UpdatedClient the client that it used (documented: flow-api).
	UpdatedBy     string         `json:"updatedBy"`
	UpdatedClient string         `json:"updatedClient"`
	UpdatedAt     jsonvalue.Time `json:"updatedAt"`
}

// first is the first of the conflicts, with who made the last change.
func (r *revision) first(conflicts ...*objects.ConflictError) error {
	by := r.UpdatedBy
	if by != "" && r.UpdatedClient != "" {
		by += " with the client " + r.UpdatedClient
	}
	return objects.FirstConflict(by, r.UpdatedAt.Time, conflicts...)
}

// TextChange has the members of every object that can change; nil members stay as they are. Other changes of a source or target
// connection do not reach its dataflow (documented: flow-update).
type TextChange struct {
	Name, Description *objects.Text
}

func (t TextChange) patch(current *revision) (objects.Patch, error) {
	var patch objects.Patch
	patch.ReplaceText("/name", t.Name)
	patch.AddText("/description", t.Description)
	return patch, current.first(t.Name.Conflict("name", current.Name), t.Description.Conflict("description", current.Description))
}

// update changes an object. It is read right before, because the service changes its etag shortly after a create and after each
// change.
func (c *collection[T]) update(ctx context.Context, id string, prepare func(current *revision) (objects.Patch, error)) error {
	return c.revisions.Update(ctx, id, prepare)
}

// updateTexts changes an object of which only the texts can change. The service refuses an empty patch (1405-400).
func (c *collection[T]) updateTexts(ctx context.Context, id string, texts TextChange) error {
	if texts == (TextChange{}) {
		return nil
	}
	return c.update(ctx, id, texts.patch)
}

// quoted adds the double quotes that an etag needs in a header, unless it has them, as documented ones do.
func quoted(etag string) string {
	if len(etag) >= 2 && etag[0] == '"' {
		return etag
	}
	return `"` + etag + `"`
}
