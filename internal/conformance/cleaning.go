package conformance

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"
)

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
