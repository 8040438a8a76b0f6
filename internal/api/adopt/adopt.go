// Package adopt creates objects in services that have neither unique names nor idempotency keys, so that none is made twice and
// none is lost.
//
// A create whose answer is lost may have been carried out. It is then looked for by everything that was sent and the time it was
// sent: exactly one match is taken for what was asked for, and only where there is none the create is sent again. Where it cannot be
// looked for either, it can be later: see [UnknownError].
package adopt

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/poll"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// settling is how long a service may need to show what it made before it lost the connection. No document promises that its
	// lists are up to date; a wait that is too short makes a second object, one that is too long only costs time on a bad day.
	settling = 5 * time.Second
	// afterwards is the time for a last look where the caller's context has ended, as by Ctrl-C.
	afterwards = 1200 * time.Millisecond
	// tolerance is how much older than its request an object may claim to be: the services' clocks show seconds.
	tolerance = 2 * time.Second
)

// Register knows the objects that have an owner: those that this process made, adopted or was asked to read. They are never
// adopted. Safe for concurrent use.
type Register struct {
	mutex  sync.Mutex
	owned  map[string]bool
	inTurn map[string]chan struct{}
	// unknown are the creations, by what is alike, whose outcome is.
	unknown map[string]bool
}

// NewRegister makes an empty register.
func NewRegister() *Register {
	return &Register{owned: map[string]bool{}, inTurn: map[string]chan struct{}{}, unknown: map[string]bool{}}
}

// Own notes that an object has an owner.
func (r *Register) Own(id string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.owned[id] = true
}

func (r *Register) withoutOwned(found []Candidate) []Candidate {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.DeleteFunc(found, func(candidate Candidate) bool { return r.owned[candidate.ID] })
}

// Creation is one object to make.
type Creation struct {
	// Object is what it is called, and Alike is the same for creations that send the same: those happen one after the other, since
	// their results could not be told apart.
	Object, Alike string
	// Post sends the create and returns the id.
	Post func(ctx context.Context) (string, error)
	Find Finder
}

// Finder lists the objects that are as they were asked for and not older than since, in the service's time.
type Finder func(ctx context.Context, since time.Time) ([]Candidate, error)

// Among makes a Finder of a list of objects, what tells one from the others, and whether one is as it was asked for. An object
// whose age is not known may be new.
func Among[T any](list func(ctx context.Context) ([]T, error), identify func(*T) (id string, created time.Time), same func(*T) bool) Finder {
	return func(ctx context.Context, since time.Time) ([]Candidate, error) {
		objects, err := list(ctx)
		var found []Candidate
		for i := range objects {
			id, created := identify(&objects[i])
			if (created.IsZero() || !created.Before(since)) && same(&objects[i]) {
				found = append(found, Candidate{ID: id, Created: created})
			}
		}
		return found, err
	}
}

// Candidate is an object that a create may have made.
type Candidate struct {
	ID string
	// Created is zero where the service does not tell.
	Created time.Time
}

// SeveralError says that more than one object may be the one that a create made.
type SeveralError struct {
	Object     string
	Candidates []Candidate
	// Cause is why the create's outcome is unknown.
	Cause error
}

func (e *SeveralError) Error() string {
	var lines []string
	for _, candidate := range e.Candidates {
		line := candidate.ID
		if !candidate.Created.IsZero() {
			line += ", created " + candidate.Created.UTC().Format(time.RFC3339)
		}
		lines = append(lines, line)
	}
	return fmt.Sprintf("%s; of the %ss that are as it was to be, %d are new: %s", e.Cause, e.Object, len(e.Candidates), strings.Join(lines, "; "))
}

// Window is when an object was made that a create may have made, by the service's clock.
type Window struct{ Since, Until time.Time }

// UnknownError says that nobody knows whether a create made an object, or which of several. It is found, if there is one, by
// [Register.Find].
type UnknownError struct {
	Window Window
	// Cause is a [*transport.AmbiguousError] or a [*SeveralError].
	Cause error
}

func (e *UnknownError) Error() string { return e.Cause.Error() }
func (e *UnknownError) Unwrap() error { return e.Cause }

// errTwin refuses a create whose result could not be told from that of another one.
var errTwin = errors.New("it was not sent, because it is not known whether another create of the same has made one; apply again, and that is looked for first")

// Find finds what a create with an unknown outcome made: "" where that is nothing, and a [*SeveralError] where there are several
// candidates. object is what it is called.
func (r *Register) Find(ctx context.Context, object string, find Finder, window Window) (string, error) {
	found, err := find(ctx, window.Since)
	if err != nil {
		return "", fmt.Errorf("looking for what an earlier create may have made: %w", err)
	}
	found = slices.DeleteFunc(r.withoutOwned(found), func(candidate Candidate) bool { return candidate.Created.After(window.Until) })
	switch len(found) {
	case 0:
		return "", nil
	case 1:
		return found[0].ID, nil
	}
	return "", &SeveralError{Object: object, Candidates: found, Cause: errors.New("an earlier create may have made one")}
}

// Create makes an object, or finds the one that it made. client is the one that Post and Find use.
//
// Errors are those of Post; an [*UnknownError] where the outcome stays unknown because looking failed, or was not possible for long
// enough, or found several candidates.
func (r *Register) Create(ctx context.Context, client *transport.Client, creation Creation) (string, error) {
	giveBack, err := r.takeTurn(ctx, creation.Alike)
	if err != nil {
		return "", err
	}
	defer giveBack()
	if r.isUnknown(creation.Alike) {
		return "", errTwin
	}
	for attempt := 0; ; attempt++ {
		sent := time.Now()
		id, err := creation.Post(ctx)
		if err == nil {
			r.Own(id)
			return id, nil
		}
		ambiguous, unknown := transport.AsAmbiguous(err)
		if !unknown {
			return "", err
		}
		id, lookErr := r.look(ctx, client, creation, sent, ambiguous)
		switch {
		case lookErr != nil:
			return "", r.leave(client, creation, sent, lookErr)
		case id != "":
			r.Own(id)
			return id, nil
		case ctx.Err() != nil: // the service may still be at it
			return "", r.leave(client, creation, sent, ambiguous)
		case attempt >= client.MaxRetries():
			return "", ambiguous.Undone()
		}
	}
}

// leave notes that the outcome of a creation is unknown, also to those that are alike: none of them is sent any more, or what they make
// could be taken for this one's.
func (r *Register) leave(client *transport.Client, creation Creation, sent time.Time, cause error) error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.unknown[creation.Alike] = true
	return &UnknownError{Cause: cause, Window: Window{
		Since: client.ServiceTime(sent).Add(-tolerance), Until: client.ServiceTime(time.Now()).Add(client.Timeout() + tolerance),
	}}
}

func (r *Register) isUnknown(alike string) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.unknown[alike]
}

// look goes on until there is a candidate, or none can be expected any more: a service that did not answer in time may still
// be at it.
func (r *Register) look(ctx context.Context, client *transport.Client, creation Creation, sent time.Time, cause *transport.AmbiguousError) (string, error) {
	patience := settling
	if transport.IsTimeout(cause) {
		patience = client.Timeout()
	}
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), afterwards)
		defer cancel()
		patience = 0
	}
	end, pause := time.Now().Add(patience), poll.NewPause()
	for {
		found, err := creation.Find(ctx, client.ServiceTime(sent).Add(-tolerance))
		if err != nil {
			return "", fmt.Errorf("%w; looking for it failed too: %w", cause, err)
		}
		switch found = r.withoutOwned(found); {
		case len(found) == 1:
			return found[0].ID, nil
		case len(found) > 1:
			return "", &SeveralError{Object: creation.Object, Candidates: found, Cause: cause}
		case time.Now().After(end):
			return "", nil
		}
		if err := pause.Wait(ctx); err != nil {
			return "", fmt.Errorf("%w; the search for it was broken off: %w", cause, err)
		}
	}
}

// takeTurn waits until no other creation of the same is under way.
func (r *Register) takeTurn(ctx context.Context, alike string) (giveBack func(), err error) {
	r.mutex.Lock()
	turn, known := r.inTurn[alike]
	if !known {
		turn = make(chan struct{}, 1)
		r.inTurn[alike] = turn
	}
	r.mutex.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Alike names creations that send the same to the same place.
func Alike(path string, body any) string { return fmt.Sprintf("%s %+v", path, body) }
