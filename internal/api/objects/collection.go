package objects

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Collection is one kind of object of a service.
type Collection[T any] struct {
	Transport *transport.Client
	Register  *Register
	// Path is such as "/dataSets", and Object what one of them is called, such as "dataset".
	Path, Object string
	// ReadHeader is sent with reads.
	ReadHeader http.Header
	// Receipt is an empty answer to a create, which may have nothing of the object but its ID, and Envelope an empty answer to a read.
	// The answer is decoded into it.
	Receipt, Envelope func() Envelope[T]
	// Identify returns the ID of an object and when it was created, zero if the service does not tell.
	Identify func(*T) (id string, created time.Time)
	// List lists at least the objects with a name.
	List     func(ctx context.Context, name string) ([]T, error)
	Removal  Removal[T]
	Patching Patching[T]
}

// Envelope is an answer with one object, as the service wraps it.
type Envelope[T any] interface {
	// Object returns the object, or the reason why there is none: an [Absent], or why the answer is unreadable.
	Object(id string) (*T, error)
}

// Bare is the envelope of an object that is not wrapped.
type Bare[T any] struct{ object T }

// NewBare returns an empty one.
func NewBare[T any]() Envelope[T] { return &Bare[T]{} }

// UnmarshalJSON decodes the object.
func (b *Bare[T]) UnmarshalJSON(raw []byte) error { return json.Unmarshal(raw, &b.object) }

// Object returns the object.
func (b *Bare[T]) Object(string) (*T, error) { return &b.object, nil }

// Absent is the reason why an answer means that there is no such object.
type Absent string

func (a Absent) Error() string { return string(a) }

// Wanted is an object to create.
type Wanted[T any] struct {
	// Name is what it is listed by.
	Name string
	// Body is what is sent, and Matches tells whether an object has everything in it, as far as the service returns it.
	Body    any
	Matches func(*T) bool
}

// Creatable is what a service's client takes to create an object.
type Creatable[T any] interface{ Wanted() Wanted[T] }

// Create creates an object and returns its ID. See [Register.Create] for the errors.
func (c *Collection[T]) Create(ctx context.Context, object Creatable[T]) (string, error) {
	created, err := c.CreateWithReceipt(ctx, object)
	if err != nil {
		return "", err
	}
	return c.idOf(created), nil
}

// CreateWithReceipt creates an object and returns it as the receipt has it, or as it was found.
func (c *Collection[T]) CreateWithReceipt(ctx context.Context, object Creatable[T]) (*T, error) {
	wanted := object.Wanted()
	key, err := Key(c.Path, wanted.Body)
	if err != nil {
		return nil, err
	}
	known := map[string]*T{}
	id, err := c.Register.Create(ctx, c.Transport, Creation{
		Object: c.Object, Key: key, Find: c.find(wanted, known),
		Post: func(ctx context.Context) (string, error) { return c.post(ctx, wanted.Body, known) },
	})
	return known[id], err
}

// post sends a create, and puts the object into known by its ID.
func (c *Collection[T]) post(ctx context.Context, body any, known map[string]*T) (string, error) {
	receipt := c.Receipt()
	request := transport.Request{Method: http.MethodPost, Path: c.Path, Body: body}
	if err := c.Transport.Do(ctx, request, receipt); err != nil {
		return "", err
	}
	object, err := receipt.Object("")
	if err != nil || c.idOf(object) == "" {
		return "", c.Transport.WithoutID(request.Method, c.Path)
	}
	known[c.idOf(object)] = object
	return c.idOf(object), nil
}

func (c *Collection[T]) idOf(object *T) string {
	id, _ := c.Identify(object)
	return id
}

// FindCreated finds what a create with an unknown outcome created, and returns "" if that is nothing.
func (c *Collection[T]) FindCreated(ctx context.Context, object Creatable[T], window Window) (string, error) {
	return c.Register.Find(ctx, c.Object, c.find(object.Wanted(), map[string]*T{}), window)
}

// find finds the objects that match what is wanted, and puts them into known by their IDs. An object of unknown age may be new.
func (c *Collection[T]) find(wanted Wanted[T], known map[string]*T) FindCreated {
	return func(ctx context.Context, since time.Time) ([]Found, error) {
		objects, err := c.List(ctx, wanted.Name)
		var found []Found
		for i := range objects {
			id, created := c.Identify(&objects[i])
			if (created.IsZero() || !created.Before(since)) && wanted.Matches(&objects[i]) {
				found = append(found, Found{ID: id, Created: created})
				known[id] = &objects[i]
			}
		}
		return found, err
	}
}

// Get reads an object. Before it reports one as not found, it looks again: no document promises that a service finds an object right
// after its create, and Terraform would create it again.
func (c *Collection[T]) Get(ctx context.Context, id string) (*T, error) {
	var object *T
	err := Attempts(ctx, ReadsUntilGone, func(ctx context.Context) (bool, error) {
		var err error
		object, err = c.Once(ctx, id, nil)
		return transport.IsNotFound(err), err
	})
	return object, err
}

// Once reads an object with one call.
func (c *Collection[T]) Once(ctx context.Context, id string, query url.Values) (*T, error) {
	c.Register.Claim(id) // whoever asks for an object has it
	path, envelope := c.PathOf(id), c.Envelope()
	request := transport.Request{Method: http.MethodGet, Path: path, Query: query, Header: c.ReadHeader}
	if err := c.Transport.Do(ctx, request, envelope); err != nil {
		return nil, err
	}
	object, err := envelope.Object(id)
	if absent, is := errors.AsType[Absent](err); is {
		return nil, &transport.Error{
			Call:   transport.Call{Service: c.Transport.Service(), Method: http.MethodGet, Path: path},
			Status: http.StatusNotFound, Structured: true, Message: absent.Error(),
		}
	}
	if err == nil && c.idOf(object) == "" {
		err = errNoID
	}
	if err != nil {
		return nil, c.Transport.Unreadable(path, err.Error())
	}
	return object, nil
}

var errNoID = errors.New("it has no ID")

// PathOf is the path of an object.
func (c *Collection[T]) PathOf(id string) string { return c.Path + "/" + url.PathEscape(id) }
