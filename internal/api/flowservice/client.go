// Package flowservice calls Adobe's Flow Service: base, source and target connections, and dataflows.
package flowservice

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/change"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/poll"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// Service is the name in errors and logs.
	Service = "Adobe Flow Service"
	// BasePath is the service's path on the platform's host (documented).
	BasePath = "/data/foundation/flowservice"
)

// Identifiers that Adobe publishes for the Customer.io source (documented).
const (
	CustomerIOConnectionSpec = "96479064-7b8a-4d69-b9ed-21c5683837ea"
	DataLakeConnectionSpec   = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
	GenericStreamingFlowSpec = "e77fde5a-22a8-11ed-861d-0242ac120002"
	StreamingProvider        = "521eee4d-8cbe-4906-bb48-fb6bd4450033"
	SpecVersion              = "1.0"
)

// Client calls the Flow Service in one sandbox.
type Client struct {
	transport *transport.Client
	register  *adopt.Register
}

// New builds a client on a transport whose base URL ends with [BasePath].
func New(client *transport.Client) *Client {
	return &Client{transport: client, register: adopt.NewRegister()}
}

// SpecRef refers to a connection or flow specification.
type SpecRef struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// created is what every create and PATCH answers: nothing of the object but its id and etag (documented).
type created struct {
	ID   string `json:"id"`
	ETag string `json:"etag"`
}

// create makes a new object of a collection ("/flows") and returns its id. Where the answer is lost, it is found again among the
// objects of the collection by find.
func (c *Client) create(ctx context.Context, collection string, body any, find adopt.Finder) (string, error) {
	return c.register.Create(ctx, c.transport, adopt.Creation{
		Object: "object", Alike: adopt.Alike(collection, body), Find: find,
		Post: func(ctx context.Context) (string, error) { return c.post(ctx, collection, body) },
	})
}

func (c *Client) post(ctx context.Context, collection string, body any) (string, error) {
	var answer created
	request := transport.Request{Method: http.MethodPost, Path: collection, Body: body}
	if _, err := c.transport.Do(ctx, request, &answer); err != nil {
		return "", err
	}
	if answer.ID == "" {
		return "", transport.WithoutID(Service, request.Method, collection)
	}
	return answer.ID, nil
}

// get reads one object, and makes sure of it where it is gone.
func get[T any](ctx context.Context, c *Client, collection, id string) (*T, error) {
	c.register.Own(id) // who asks for it has it
	return poll.Confirmed(ctx, func(ctx context.Context) (*T, error) { return getOnce[T](ctx, c, collection, id) })
}

// getOnce reads one object. The service wraps it in a list, always (documented); an empty list means that it is gone.
func getOnce[T any](ctx context.Context, c *Client, collection, id string) (*T, error) {
	var answer struct {
		Items json.RawMessage `json:"items"`
	}
	path := collection + "/" + url.PathEscape(id)
	if _, err := c.transport.Do(ctx, transport.Request{Method: http.MethodGet, Path: path}, &answer); err != nil {
		return nil, err
	}
	if answer.Items == nil {
		return nil, transport.Unreadable(Service, path, "it holds no list of items")
	}
	var items []T
	if err := json.Unmarshal(answer.Items, &items); err != nil {
		return nil, transport.Unreadable(Service, path, "its list of items has an unexpected form: "+err.Error())
	}
	if len(items) == 0 {
		return nil, &transport.Error{
			Service: Service, Method: http.MethodGet, Path: path, Status: http.StatusNotFound, Structured: true,
			Message: "the list that should hold the object is empty",
		}
	}
	return &items[0], nil
}

// Operation is one step of a JSON Patch (RFC 6902).
type Operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// revision is an object as a change finds it.
type revision struct {
	ETag            string           `json:"etag"`
	Name            string           `json:"name"`
	Description     string           `json:"description"`
	Transformations []Transformation `json:"transformations"`
	// UpdatedBy is the account that made the last change, and UpdatedClient the client that it used (documented).
	UpdatedBy     string         `json:"updatedBy"`
	UpdatedClient string         `json:"updatedClient"`
	UpdatedAt     jsonvalue.Time `json:"updatedAt"`
}

// first is the first of the conflicts, with who made the last change.
func (r *revision) first(conflicts ...*change.ConflictError) error {
	by := r.UpdatedBy
	if by != "" && r.UpdatedClient != "" {
		by += " with the client " + r.UpdatedClient
	}
	return change.First(by, r.UpdatedAt.Time, conflicts...)
}

// texts are the operations for the two members that every object of the Flow Service can change.
func (r *revision) texts(texts TextChange) ([]Operation, error) {
	var operations []Operation
	if texts.Name != nil {
		operations = append(operations, Operation{Op: "replace", Path: "/name", Value: texts.Name.To})
	}
	if texts.Description != nil {
		operations = append(operations, set("/description", texts.Description.To))
	}
	return operations, r.first(texts.Name.Conflict("name", r.Name), texts.Description.Conflict("description", r.Description))
}

// set writes a member whether or not it is there. "replace" would be refused for one that is absent (1455-400), and
// "remove" has no agreed form: so an emptied text is written as "".
func set(path string, value any) Operation { return Operation{Op: "add", Path: path, Value: value} }

// attemptsOnConflict is how often a PATCH is tried when others change the object at the same time.
const attemptsOnConflict = 5

// patch changes an object by what prepare makes of it as it is. It is read right before, because the service changes its etag by
// itself shortly after a create and after each change. Where others are faster, prepare is asked again: it fails where they
// changed the same, and else both changes are kept.
func (c *Client) patch(ctx context.Context, collection, id string, prepare func(current *revision) ([]Operation, error)) error {
	var err error
	for range attemptsOnConflict {
		var current *revision
		if current, err = get[revision](ctx, c, collection, id); err != nil {
			return err
		}
		operations, conflict := prepare(current)
		if conflict != nil {
			return conflict
		}
		request := transport.Request{
			Method: http.MethodPatch, Path: collection + "/" + url.PathEscape(id),
			Header: http.Header{"If-Match": {quoted(current.ETag)}}, Body: operations,
		}
		if _, err = c.transport.Do(ctx, request, nil); !transport.HasStatus(err, http.StatusPreconditionFailed) {
			return err
		}
	}
	return err
}

// patchTexts is patch for objects of which nothing but texts can change.
func (c *Client) patchTexts(ctx context.Context, collection, id string, texts TextChange) error {
	if texts == (TextChange{}) {
		return nil // refused by the service (1405-400)
	}
	return c.patch(ctx, collection, id, func(current *revision) ([]Operation, error) { return current.texts(texts) })
}

// quoted adds the double quotes that an etag needs in a header, unless it has them, as documented ones do.
func quoted(etag string) string {
	if len(etag) >= 2 && etag[0] == '"' {
		return etag
	}
	return `"` + etag + `"`
}

// remove deletes an object and waits until a read no longer finds it, since the service may delete in the background
// (202, "delete-finalizing"). An object that is gone already is deleted.
func (c *Client) remove(ctx context.Context, collection, id string) error {
	remove := func(ctx context.Context) error { return c.requestRemoval(ctx, collection+"/"+url.PathEscape(id)) }
	return poll.Gone(ctx, remove, func(ctx context.Context) (bool, error, error) {
		item, err := getOnce[struct{ State string }](ctx, c, collection, id)
		switch {
		case transport.IsNotFound(err):
			return true, nil, nil
		case err != nil:
			return false, nil, err
		}
		return false, fmt.Errorf("%s still finds it, in state %q", Service, item.State), nil
	})
}

// requestRemoval asks for the delete. Right after the delete of a dataflow its connections may count as used for a moment
// longer, so that refusal is met with a few tries.
func (c *Client) requestRemoval(ctx context.Context, path string) error {
	pause := poll.NewPause()
	for attempt := 1; ; attempt++ {
		_, err := c.transport.Do(ctx, transport.Request{Method: http.MethodDelete, Path: path}, nil)
		switch {
		case err == nil, transport.IsNotFound(err), transport.HasCode(err, codeBeingDeleted):
			return nil
		case attempt == attemptsOnConflict || !transport.HasCode(err, codesStillUsed...):
			return err
		}
		if waitErr := pause.Wait(ctx); waitErr != nil {
			return err
		}
	}
}

// codeBeingDeleted refuses a delete of an object that is being deleted (documented as 1458-400).
const codeBeingDeleted = "1458-400"

// codesStillUsed refuse the delete of a connection that a dataflow uses (documented; the second for source and target
// connections is inferred).
var codesStillUsed = []string{"1418-400", "1447-400"}
