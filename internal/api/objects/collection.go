package objects

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
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
	// IsAlso tells whether an object also goes by another ID than that of Identify. It may be nil.
	IsAlso func(object *T, id string) bool
	// Reader begins a list of at least the objects with a name, of all for "".
	Reader func(name string) Reader[T]
	// NameOf is the name of an object, where only the newest version of what was read tells it. It may be nil.
	NameOf func(*T) string
	// Among begins a list of some objects by their IDs, or of more. It is nil if the service has none that is short.
	Among func(ids []string) Reader[T]
	// IsNewer tells whether an object is a later version than another one with its ID. It is nil if lists have each object once.
	IsNewer func(one, other *T) bool
	// Tells tells whether an object in a list has all that a read by ID would tell. It may be nil.
	Tells    func(*T) bool
	Removal  Removal[T]
	Patching Patching[T]
	// Referred is whether other objects refer to these, and ask with [Collection.GetShared] what they are. They should be small: this
	// process keeps what it read.
	Referred bool
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
	// Body is what is sent. Object is the same as an object without ID, for those that are recalled: see [Collection.Recall].
	Body   any
	Object *T
	// Matches tells whether an object has everything that is sent, as far as the service returns it.
	Matches func(*T) bool
	// Differs tells whether a receipt is certainly that of another object. It is nil where receipts have nothing but the ID.
	Differs func(*T) bool
}

// Creatable is what a service's client takes to create an object.
type Creatable[T any] interface{ Wanted() Wanted[T] }

// Create creates an object and returns its ID. Errors are those of the service; an [*UnknownError] if the outcome stays unknown because
// the search failed, could not go on for long enough, or found several objects.
func (c *Collection[T]) Create(ctx context.Context, object Creatable[T]) (string, error) {
	created, err := c.CreateWithReceipt(ctx, object)
	if err != nil {
		return "", err
	}
	return c.idOf(created), nil
}

// CreateWithReceipt creates an object and returns it as the receipt has it, or as it was found.
func (c *Collection[T]) CreateWithReceipt(ctx context.Context, object Creatable[T]) (*T, error) {
	creation, known := c.creation(object.Wanted())
	id, err := c.Register.create(ctx, creation)
	return known[id], err
}

// FindCreated finds what a create of another process created whose outcome is unknown, and returns "" if there is nothing so far. Objects
// that this process was asked for are not it. A [*SeveralError] leaves it to a person.
func (c *Collection[T]) FindCreated(ctx context.Context, object Creatable[T], window Window) (string, error) {
	creation, _ := c.creation(object.Wanted())
	return c.Register.find(ctx, creation, window)
}

// creation is the creation of an object, and where it puts what it posted or found, by ID.
func (c *Collection[T]) creation(wanted Wanted[T]) (creation, map[string]*T) {
	known := map[string]*T{}
	return creation{
		client: c.Transport, path: c.Path, object: c.Object, body: wanted.Body, sent: wanted.Object, known: func(id string) any { return known[id] },
		post:     func(ctx context.Context) (string, error) { return c.post(ctx, wanted, known) },
		find:     func(ctx context.Context) ([]Found, error) { return c.find(ctx, wanted, known) },
		existing: func(ctx context.Context) ([]Found, error) { return c.existing(ctx, wanted) },
	}, known
}

// post sends a create, and puts the object into known by its ID. An ID that cannot be one, or is that of another object, is as good as none: the
// object has to be found.
func (c *Collection[T]) post(ctx context.Context, wanted Wanted[T], known map[string]*T) (string, error) {
	receipt := c.Receipt()
	request := transport.Request{Method: http.MethodPost, Path: c.Path, Body: wanted.Body}
	if err := c.Transport.Do(ctx, request, receipt); err != nil {
		return "", err
	}
	object, err := receipt.Object("")
	if err != nil || !IsIdentifier(c.idOf(object)) || wanted.Differs != nil && wanted.Differs(object) {
		return "", c.Transport.WithoutID(request.Method, c.Path)
	}
	known[c.idOf(object)] = object
	return c.idOf(object), nil
}

func (c *Collection[T]) idOf(object *T) string {
	id, _ := c.Identify(object)
	return id
}

// find finds the objects that match what is wanted, and puts them into known by their IDs.
func (c *Collection[T]) find(ctx context.Context, wanted Wanted[T], known map[string]*T) ([]Found, error) {
	objects, err := c.List(ctx, wanted.Name)
	var found []Found
	for i := range objects {
		id, created := c.Identify(&objects[i])
		if IsIdentifier(id) && wanted.Matches(&objects[i]) {
			found = append(found, Found{ID: id, Created: created})
			known[id] = &objects[i]
		}
	}
	return found, err
}

// existing finds the objects that match before any is created: in the list that the creates of this process share, if there is one.
func (c *Collection[T]) existing(ctx context.Context, wanted Wanted[T]) ([]Found, error) {
	all := c.everything(ctx)
	if all == nil {
		return c.find(ctx, wanted, map[string]*T{})
	}
	var found []Found
	for id, object := range all {
		if wanted.Matches(object) {
			found = append(found, Found{ID: id})
		}
	}
	slices.SortFunc(found, func(a, b Found) int { return strings.Compare(a.ID, b.ID) })
	return found, nil
}

// List lists at least the objects with a name, each once and in its newest version: an object repeats if others were created or deleted
// between two pages.
func (c *Collection[T]) List(ctx context.Context, name string) ([]T, error) {
	all, err := Distinct(c.Reader(name).Items(ctx), c.idOf, c.IsNewer)
	if name != "" && c.NameOf != nil {
		all = slices.DeleteFunc(all, func(one T) bool { return c.NameOf(&one) != name })
	}
	return all, err
}

// Get reads an object. Before it reports one as not found, it looks again, and for longer if the object is new: no document promises that a
// service finds an object right after its create, and Terraform would create it again.
//
// Where [FromLists] allows it, the answer may be that of a list.
func (c *Collection[T]) Get(ctx context.Context, id string) (*T, error) {
	if object := c.Listed(ctx, id, ""); object != nil {
		return object, nil
	}
	object, err := c.get(ctx, id)
	if err == nil {
		c.sample(ctx, id, object)
	}
	return object, err
}

func (c *Collection[T]) get(ctx context.Context, id string) (*T, error) {
	newUntil, pause := c.Register.newUntil(ctx, c.reference(id)), newPause()
	for reads := 1; ; reads++ {
		object, err := c.Once(ctx, id, nil)
		missing := transport.IsNotFound(err)
		again := missing && time.Now().Before(newUntil) || (missing || isAnotherObject(err)) && reads < ReadsUntilGone
		if !again || pause.wait(ctx) != nil {
			return object, err
		}
	}
}

// Recall is an object as this process sent it, and as the service answered, which may be with nothing but the ID. Both are nil if another
// process created it.
func (c *Collection[T]) Recall(id string) (sent, receipt *T) {
	known := c.Register.recall(c.reference(id))
	sent, _ = known.sent.(*T)
	receipt, _ = known.receipt.(*T)
	return sent, receipt
}

// GetShared is [Collection.Get] for those who refer to an object and want to know what never changes of it. A process reads it once for all of
// them, and not at all if it created it or read it before.
func (c *Collection[T]) GetShared(ctx context.Context, id string) (*T, error) {
	return c.ReadShared(ctx, id, func() (*T, error) { return c.Get(ctx, id) })
}

// ReadShared is [Collection.GetShared] with a read of its own, which shares what it read if others are to have it.
func (c *Collection[T]) ReadShared(ctx context.Context, id string, read func() (*T, error)) (*T, error) {
	giveBack, err := c.Register.takeTurn(ctx, "read "+c.Path+"/"+id)
	if err != nil {
		return nil, err
	}
	defer giveBack()
	if object := c.Shared(id); object != nil {
		return object, nil
	}
	return read()
}

// Share keeps an object as it is now for [Collection.GetShared].
func (c *Collection[T]) Share(id string, object *T) { c.Register.share(c.reference(id), object) }

// Shared is an object as it was shared, or sent by the create of this process, nil if it was neither.
func (c *Collection[T]) Shared(id string) *T {
	object, _ := c.Register.sharedRead(c.reference(id)).(*T)
	return object
}

// Confirm returns the error of a read, for which [transport.IsNotFound] holds if there is no such object. It makes no call for one that this
// process created or read.
func (c *Collection[T]) Confirm(ctx context.Context, id string) error {
	if _, known := c.Register.createdAt(ctx, c.reference(id)); known {
		return nil
	}
	_, err := c.GetShared(ctx, id)
	return err
}

// What is what one of the objects is called, such as "dataset".
func (c *Collection[T]) What() string { return c.Object }

// IsNew tells whether a service may not find an object yet, because it was created a moment ago.
func (c *Collection[T]) IsNew(ctx context.Context, id string) bool {
	return time.Now().Before(c.Register.newUntil(ctx, c.reference(id)))
}

func (c *Collection[T]) reference(id string) reference { return reference{c.Path, id} }

// Once reads an object with one call.
func (c *Collection[T]) Once(ctx context.Context, id string, query url.Values) (*T, error) {
	path, err := c.PathOf(id)
	if err != nil {
		return nil, err
	}
	c.Register.claim(c.reference(id))
	envelope := c.Envelope()
	request := transport.Request{Method: http.MethodGet, Path: path, Query: query, Header: c.ReadHeader}
	if err := c.Transport.Do(ctx, request, envelope); err != nil {
		return nil, err
	}
	object, err := envelope.Object(id)
	if absent, is := errors.AsType[Absent](err); is {
		return nil, c.absent(path, absent)
	}
	if err != nil {
		return nil, c.Transport.Unreadable(path, err.Error())
	}
	switch answered := c.idOf(object); {
	case answered == "":
		return nil, c.Transport.Unreadable(path, "it has no ID")
	case !strings.EqualFold(answered, id) && (c.IsAlso == nil || !c.IsAlso(object, id)):
		return nil, &anotherObjectError{c.Transport.Unreadable(path, "it is about another "+c.Object)}
	}
	c.read(id, object)
	return object, nil
}

// read notes what was read of an object, and that it has an owner: whoever asks for it.
func (c *Collection[T]) read(id string, object *T) {
	c.Register.claim(c.reference(id))
	if c.Referred {
		c.Register.share(c.reference(id), object)
	}
}

// Write sends a request that changes an object. Its path follows that of the object.
func (c *Collection[T]) Write(ctx context.Context, id string, request transport.Request, out any) error {
	path, err := c.PathOf(id)
	if err != nil {
		return err
	}
	c.Register.write(c.reference(id))
	request.Path = path + request.Path
	return c.Transport.Do(ctx, request, out)
}

// absent is the error of a read for which [transport.IsNotFound] holds.
func (c *Collection[T]) absent(path string, why Absent) error {
	return &transport.Error{
		Call:   transport.Call{Service: c.Transport.Service(), Method: http.MethodGet, Path: path},
		Status: http.StatusNotFound, Message: why.Error(),
	}
}

// anotherObjectError says that an answer is about another object than the one asked for: something between here and the service mixed the
// answers up.
type anotherObjectError struct{ error }

func (e *anotherObjectError) Unwrap() error { return e.error }

func isAnotherObject(err error) bool {
	_, is := errors.AsType[*anotherObjectError](err)
	return is
}

// PathOf is the path of an object. An ID that would lead elsewhere is an [*IdentifierError].
func (c *Collection[T]) PathOf(id string) (string, error) {
	if !IsIdentifier(id) {
		return "", &IdentifierError{Object: c.Object, ID: id}
	}
	return c.Path + "/" + url.PathEscape(id), nil
}
