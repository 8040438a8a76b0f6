package objects

import (
	"context"
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
	// Receipt is an empty answer to a create, and Envelope an empty answer to a read. The answer is decoded into it.
	Receipt  func() Receipt[T]
	Envelope func() Envelope[T]
	// Identify returns the ID of an object and when it was created, zero if the service does not tell.
	Identify func(*T) (id string, created time.Time)
	// List lists at least the objects with a name.
	List     func(ctx context.Context, name string) ([]T, error)
	Removal  Removal[T]
	Patching Patching[T]
}

// Receipt is the answer to a create.
type Receipt[T any] interface {
	// Created returns the ID of the new object, "" if the answer has none, and the object if the answer has all of it.
	Created() (id string, object *T)
}

// Envelope is the answer to a read, as the service wraps an object.
type Envelope[T any] interface {
	// Object returns the object, or the reason why there is none: an [Absent], or why the answer is unreadable.
	Object(id string) (*T, error)
}

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

// Create creates an object and returns its ID, and the object itself if an answer had it. See [Register.Create] for the errors.
func (c *Collection[T]) Create(ctx context.Context, wanted Wanted[T]) (string, *T, error) {
	key, err := Key(c.Path, wanted.Body)
	if err != nil {
		return "", nil, err
	}
	var created *T
	listed := map[string]*T{}
	id, err := c.Register.Create(ctx, c.Transport, Creation{
		Object: c.Object, Key: key, Find: c.find(wanted, listed),
		Post: func(ctx context.Context) (id string, err error) {
			id, created, err = c.post(ctx, wanted.Body)
			return id, err
		},
	})
	if adopted := listed[id]; adopted != nil {
		return id, adopted, err
	}
	return id, created, err
}

func (c *Collection[T]) post(ctx context.Context, body any) (string, *T, error) {
	receipt := c.Receipt()
	request := transport.Request{Method: http.MethodPost, Path: c.Path, Body: body}
	if _, err := c.Transport.Do(ctx, request, receipt); err != nil {
		return "", nil, err
	}
	id, object := receipt.Created()
	if id == "" {
		return "", nil, transport.WithoutID(c.Transport.Service(), request.Method, c.Path)
	}
	return id, object, nil
}

// FindCreated finds what a create with an unknown outcome created, and returns "" if that is nothing.
func (c *Collection[T]) FindCreated(ctx context.Context, wanted Wanted[T], window Window) (string, error) {
	return c.Register.Find(ctx, c.Object, c.find(wanted, map[string]*T{}), window)
}

// find finds the objects that match what is wanted, and puts them into listed by their IDs. An object of unknown age may be new.
func (c *Collection[T]) find(wanted Wanted[T], listed map[string]*T) FindCreated {
	return func(ctx context.Context, since time.Time) ([]Found, error) {
		objects, err := c.List(ctx, wanted.Name)
		var found []Found
		for i := range objects {
			id, created := c.Identify(&objects[i])
			if (created.IsZero() || !created.Before(since)) && wanted.Matches(&objects[i]) {
				found = append(found, Found{ID: id, Created: created})
				listed[id] = &objects[i]
			}
		}
		return found, err
	}
}

// Get reads an object. Before it reports one as not found, it looks again.
func (c *Collection[T]) Get(ctx context.Context, id string) (*T, error) {
	return confirmed(ctx, func(ctx context.Context) (*T, error) { return c.Once(ctx, id, nil) })
}

// Once reads an object with one call.
func (c *Collection[T]) Once(ctx context.Context, id string, query url.Values) (*T, error) {
	c.Register.Claim(id) // whoever asks for an object has it
	path, envelope := c.PathOf(id), c.Envelope()
	request := transport.Request{Method: http.MethodGet, Path: path, Query: query, Header: c.ReadHeader}
	if _, err := c.Transport.Do(ctx, request, envelope); err != nil {
		return nil, err
	}
	object, err := envelope.Object(id)
	if absent, is := err.(Absent); is { //nolint:errorlint // it is never wrapped
		return nil, &transport.Error{
			Service: c.Transport.Service(), Method: http.MethodGet, Path: path, Status: http.StatusNotFound, Structured: true, Message: string(absent),
		}
	}
	if err != nil {
		return nil, transport.Unreadable(c.Transport.Service(), path, err.Error())
	}
	return object, nil
}

// PathOf is the path of an object.
func (c *Collection[T]) PathOf(id string) string { return c.Path + "/" + url.PathEscape(id) }
