package conformance

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// kind is a kind of object that a run creates.
type kind struct {
	name    string
	account account
	// collection is the path of all of them.
	collection string
	// where a person finds one.
	where string
	// id takes the ID from the answer to a create.
	id func(*answer) string
	// list is the query that lists those with a name.
	list func(name string) url.Values
	// readHeader and listHeader are what reads need beside the usual.
	readHeader, listHeader http.Header
	// slow kinds are gone only some time after a delete, and keep others from being deleted until then.
	slow bool
}

// thing is an object that a run created, or may have created.
type thing struct {
	*kind
	title, id string
	// created is the answer to the create, nil if it was lost.
	created *answer
	// seen is the latest read, and item what the list had.
	seen *answer
	item any
	// deleted says that a delete was answered with success, gone that nothing is left to do.
	deleted, gone bool
}

// ledger is everything that a run created, in order.
type ledger struct{ things []*thing }

// errRefused says that a service did not create what a probe needs.
type errRefused struct {
	kind   *kind
	answer *answer
}

func (e *errRefused) Error() string { return "no " + e.kind.name + ": " + e.answer.outcome() }

func (t *thing) path() string { return t.collection + "/" + url.PathEscape(t.id) }

func (s *session) title(what string) string { return "conformance " + s.suffix + " " + what }

// createLimit bounds a create, which an interrupt does not cut off.
const createLimit = 3 * time.Minute

// create sends a create, and keeps what came of it. A refusal is an [errRefused].
func (s *session) create(ctx context.Context, k *kind, title string, body map[string]any) (*thing, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	lasting, cancel := s.lasting(ctx, createLimit)
	defer cancel()
	made := &thing{kind: k, title: title}
	s.ledger.things = append(s.ledger.things, made)
	received, err := s.at(lasting, k.account, call{method: http.MethodPost, path: k.collection, body: body})
	if err != nil {
		return nil, err
	}
	if received.isSuccess() {
		made.created, made.id = received, k.id(received)
		if made.id == "" {
			return nil, fmt.Errorf("the answer to the create of a %s holds no ID: %s", k.name, received.outcome())
		}
		return made, nil
	}
	// After 5xx it may exist all the same.
	made.gone = received.status < http.StatusInternalServerError
	return nil, &errRefused{k, received}
}

// once creates something that several probes need.
func (s *session) once(ctx context.Context, k *kind, label string, body func() (map[string]any, error)) (*thing, error) {
	if known, there := s.fixtures[label]; there {
		return known.made, known.err
	}
	content, err := body()
	var made *thing
	if err == nil {
		made, err = s.create(ctx, k, s.title(label), content)
	}
	if ctx.Err() == nil {
		s.fixtures[label] = fixture{made, err}
	}
	return made, err
}

func (s *session) read(ctx context.Context, t *thing) (*answer, error) {
	received, err := s.at(ctx, t.account, call{method: http.MethodGet, path: t.path(), header: t.readHeader})
	if err == nil {
		t.seen = received
	}
	return received, err
}

// known is the latest read. It saves a call where nothing has changed.
func (s *session) known(ctx context.Context, t *thing) (*answer, error) {
	if t.seen != nil && t.seen.isSuccess() {
		return t.seen, nil
	}
	return s.read(ctx, t)
}

// list looks for the object in a list and keeps what it finds. It is nil if it is not listed.
func (s *session) list(ctx context.Context, t *thing) (any, error) {
	listed, err := s.at(ctx, t.account, call{method: http.MethodGet, path: t.collection, query: t.list(t.title), header: t.listHeader})
	if err != nil {
		return nil, err
	}
	if !listed.isSuccess() {
		return nil, fmt.Errorf("the list of %ss is refused: %s", t.name, listed.outcome())
	}
	t.item = objectIn(listed.value, t.id)
	return t.item, nil
}

// remove sends one delete.
func (s *session) remove(ctx context.Context, t *thing) (*answer, error) {
	received, err := s.at(ctx, t.account, call{method: http.MethodDelete, path: t.path()})
	if err != nil {
		return nil, err
	}
	t.deleted = t.deleted || received.isSuccess()
	t.gone = t.gone || received.status == http.StatusNotFound || t.deleted && !t.slow
	return received, nil
}

// objectIn finds the object with an ID in a list of any form.
func objectIn(value any, id string) any {
	var found any
	walk(value, func(key string, object map[string]any) {
		if idOf(key, object) == id {
			found = object
		}
	})
	return found
}

// idsIn are the IDs of the objects with a title in a list of any form.
func idsIn(value any, title string) []string {
	var ids []string
	walk(value, func(key string, object map[string]any) {
		if cmp.Or(text(object, "name"), text(object, "title")) == title {
			ids = append(ids, idOf(key, object))
		}
	})
	return ids
}

// idOf is the ID of an object, which in Catalog is only the key that it is under.
func idOf(key string, object map[string]any) string {
	return cmp.Or(text(object, "id"), text(object, "$id"), key)
}

// walk visits the objects of a list: elements of the array that is a member of the answer, or members of the answer.
func walk(value any, visit func(key string, object map[string]any)) {
	members, _ := value.(map[string]any)
	for key, member := range members {
		switch member := member.(type) {
		case map[string]any:
			visit(key, member)
		case []any:
			for _, element := range member {
				if object, isObject := element.(map[string]any); isObject {
					visit("", object)
				}
			}
		}
	}
}
