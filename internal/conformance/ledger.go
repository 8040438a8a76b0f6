package conformance

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
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

// Left is an object that could not be deleted.
type Left struct{ Kind, Name, ID, Where, Reason string }

func (l Left) String() string {
	id := l.ID
	if id == "" {
		id = "ID unknown"
	}
	return fmt.Sprintf("%s %q (%s), in %s: %s", l.Kind, l.Name, id, l.Where, l.Reason)
}

// cleaningLimit bounds the removal of everything.
const cleaningLimit = 15 * time.Minute

// clean removes what is left of the run, the latest first, and returns what it could not remove.
func (s *session) clean(ctx context.Context) []Left {
	lasting, cancel := s.lasting(ctx, cleaningLimit)
	defer cancel()
	var left []Left
	for _, one := range slices.Backward(s.ledger.things) {
		if one.gone {
			continue
		}
		if one.id == "" {
			left = append(left, s.cleanLost(lasting, one)...)
		} else if reason := s.cleanOne(lasting, one); reason != "" {
			left = append(left, one.left(reason))
		}
	}
	return left
}

func (t *thing) left(reason string) Left {
	return Left{Kind: t.name, Name: t.title, ID: t.id, Where: t.where, Reason: reason}
}

// looksForLost is how often an object is looked for whose create got no answer.
const looksForLost = 3

// cleanLost removes what a create without an answer may have made. The name is the run's own, so whatever has it is too.
func (s *session) cleanLost(ctx context.Context, lost *thing) (left []Left) {
	for range looksForLost {
		listed, err := s.at(ctx, lost.account, call{
			method: http.MethodGet, path: lost.collection, query: lost.list(lost.title), header: lost.listHeader,
		})
		if err != nil || !listed.isSuccess() {
			return []Left{lost.left("it may exist: its create got no answer, and the list could not be read")}
		}
		for _, id := range idsIn(listed.value, lost.title) {
			if s.ledger.has(lost.kind, id) {
				continue
			}
			found := &thing{kind: lost.kind, title: lost.title, id: id}
			if reason := s.cleanOne(ctx, found); reason != "" {
				left = append(left, found.left(reason))
			}
			s.ledger.things = append(s.ledger.things, found)
		}
		_ = sleep(ctx, s.pace) // the next call says so if the context is over
	}
	return left
}

func (l *ledger) has(k *kind, id string) bool {
	return slices.ContainsFunc(l.things, func(one *thing) bool { return one.kind == k && one.id == id })
}

// deleteAttempts is how often a delete is tried that is refused because something still uses the object.
const deleteAttempts = 8

// cleanOne removes an object and returns why it could not.
func (s *session) cleanOne(ctx context.Context, t *thing) string {
	pause := s.pace
	for attempt := 1; !t.deleted; attempt++ {
		received, err := s.remove(ctx, t)
		switch {
		case err != nil:
			return s.secrets.hide("the delete got no answer: " + err.Error())
		case t.deleted || t.gone:
		case attempt == deleteAttempts || !mayPass(received.status):
			return "the delete is refused: " + received.outcome()
		default:
			if sleep(ctx, pause) != nil {
				return "interrupted"
			}
			pause *= 2
		}
		if t.gone {
			return ""
		}
	}
	took, err := s.awaitGone(ctx, t)
	if err != nil {
		return s.secrets.hide("the delete was accepted, and whether the object is gone is not known: " + err.Error())
	}
	if !t.gone {
		return "the delete was accepted, and the object was not gone: " + took
	}
	return ""
}

// awaitGone waits until a read by ID does not find an object that was deleted.
func (s *session) awaitGone(ctx context.Context, t *thing) (took string, err error) {
	return s.until(ctx, func() (bool, error) {
		received, err := s.read(ctx, t)
		t.gone = err == nil && received.status == http.StatusNotFound
		return t.gone, err
	})
}

// mayPass tells whether a refusal may be another one later: something that uses the object may be on its way out.
func mayPass(status int) bool {
	return slices.Contains([]int{http.StatusBadRequest, http.StatusConflict, http.StatusLocked, http.StatusTooManyRequests}, status) ||
		status >= http.StatusInternalServerError && status != http.StatusNotImplemented
}
