package objects

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// creation is one object to create.
type creation struct {
	client *transport.Client
	// path is that of the collection, and object what one of it is called, such as "dataset".
	path, object string
	body         any
	// sent is the object as it is sent, and known yields it as it was answered or found: pointers to it, or nil.
	sent  any
	known func(id string) any
	// post sends the create and returns the ID.
	post func(ctx context.Context) (string, error)
	// find lists the objects that have everything that was sent.
	find func(ctx context.Context) ([]Found, error)
	// existing is find before the create is sent.
	existing func(ctx context.Context) ([]Found, error)
}

// encoded is what is sent, and a key that is the same for creates that send the same. They happen one after the other, since their
// results could not be told apart. The key is a hash, because a body may hold credentials.
func (c creation) encoded() (body, key string, err error) {
	encoded, err := transport.Encode(c.body)
	if err != nil {
		return "", "", fmt.Errorf("encoding the request POST %s: %w", c.path, err)
	}
	return string(encoded), fmt.Sprintf("%s %x", c.path, sha256.Sum256(encoded)), nil
}

// errEqualUnknown refuses a create whose result could not be told from that of another one.
var errEqualUnknown = errors.New("it was not sent, because the outcome of an equal create is unknown; apply again to look for that object first")

// create creates an object, or finds the one that it created.
//
// Errors are those of post; an [*UnknownError] if the outcome stays unknown because the search failed, could not go on for long
// enough, or found several objects.
func (r *Register) create(ctx context.Context, creation creation) (string, error) {
	body, key, err := creation.encoded()
	if err != nil {
		return "", err
	}
	giveBack, err := r.takeTurn(ctx, key)
	if err != nil {
		return "", err
	}
	defer giveBack()
	if r.isUnknown(key) {
		return "", errEqualUnknown
	}
	others := r.madeBy(key)
	if !r.refersToMade(body) {
		existing, err := creation.existing(ctx)
		if err != nil {
			return "", err // nothing was sent
		}
		for _, one := range existing {
			others = append(others, one.ID)
		}
	}
	for attempt := 0; ; attempt++ {
		window := Window{Since: time.Now(), Others: others}
		id, err := creation.post(ctx)
		if err == nil && (slices.Contains(others, id) || r.isClaimed(reference{creation.path, id})) {
			err = creation.client.WithoutID(http.MethodPost, creation.path) // the answer is that of another request
		}
		ambiguous, unknown := errors.AsType[*transport.AmbiguousError](err)
		switch {
		case err != nil && !unknown && attempt > 0: // such as a title that is taken, perhaps by what an earlier attempt made
			window.Until = time.Now().Add(Settling)
			return "", r.leave(key, window, err)
		case err != nil && !unknown:
			return "", err
		case unknown:
			window.Until = time.Now().Add(max(creation.client.Timeout(), Settling))
			var lookErr error
			if id, lookErr = r.look(ctx, creation, window, ambiguous); lookErr != nil {
				return "", r.leave(key, window, lookErr)
			}
		}
		switch {
		case id != "":
			r.made(key, reference{creation.path, id}, creation.sent, creation.known(id))
			return id, nil
		case attempt >= creation.client.MaxRetries() || !ambiguous.Wait(ctx):
			return "", ambiguous.Undone()
		}
	}
}

// leave is the error for a create whose outcome stays unknown.
func (r *Register) leave(key string, window Window, cause error) error {
	r.setUnknown(key)
	return &UnknownError{Cause: cause, Window: window}
}

// look goes on until an object is found, or none can be expected any more: a service that did not answer in time may still be
// working on it. An error leaves the outcome open.
func (r *Register) look(ctx context.Context, creation creation, window Window, cause *transport.AmbiguousError) (string, error) {
	patience := max(Settling, creation.client.Timeout())
	switch {
	case ctx.Err() != nil:
		return r.lastLook(ctx, creation, window, cause)
	case cause.IsRefusal():
		patience = min(patience, RefusalSettling)
	}
	end, pause := time.Now().Add(patience), newPause()
	for {
		last := time.Now().After(end)
		id, err := r.candidate(ctx, creation, window, cause)
		if err != nil || id != "" || last {
			return id, err
		}
		if err := pause.wait(ctx); err != nil {
			return r.lastLook(ctx, creation, window, cause)
		}
	}
}

// lastLook looks once after the context has ended. If nothing is found, the service may still be working on it.
func (r *Register) lastLook(ctx context.Context, creation creation, window Window, cause *transport.AmbiguousError) (string, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), LastLook)
	defer cancel()
	id, err := r.candidate(ctx, creation, window, cause)
	if err == nil && id == "" {
		return "", cause
	}
	return id, err
}

// candidate is the one object that a create may have made, "" if there is none so far.
func (r *Register) candidate(ctx context.Context, creation creation, window Window, cause error) (string, error) {
	found, err := creation.find(ctx)
	if err != nil {
		return "", fmt.Errorf("%w; looking for it failed too: %w", cause, err)
	}
	found = slices.DeleteFunc(found, func(one Found) bool {
		return slices.Contains(window.Others, one.ID) || r.isClaimed(reference{creation.path, one.ID})
	})
	inTime := found
	if len(found) > 1 || time.Now().After(window.Until.Add(ClockTolerance)) { // before that, what is there is in time, whatever a clock says
		inTime = slices.DeleteFunc(slices.Clone(found), func(one Found) bool { return window.isAfter(one.Created, creation.client) })
	}
	switch {
	case len(found) == 0:
		return "", nil
	case len(inTime) == 1:
		return inTime[0].ID, nil
	}
	return "", &SeveralError{Object: creation.object, Found: found, Cause: cause}
}
