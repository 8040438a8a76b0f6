package objects

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Creation is one object to create.
type Creation struct {
	// Object is what it is called, such as "dataset".
	Object string
	// Key is the same for creates that send the same: see [Key]. They happen one after the other, since their results could not be
	// told apart.
	Key string
	// Post sends the create and returns the ID.
	Post func(ctx context.Context) (string, error)
	Find FindCreated
}

// Key identifies what a create sends: a hash of the path and the encoded body, which may hold credentials.
func Key(path string, body any) (string, error) {
	encoded, err := transport.Encode(body)
	if err != nil {
		return "", fmt.Errorf("encoding the request POST %s: %w", path, err)
	}
	return fmt.Sprintf("%s %x", path, sha256.Sum256(encoded)), nil
}

// errEqualUnknown refuses a create whose result could not be told from that of another one.
var errEqualUnknown = errors.New("it was not sent, because the outcome of an equal create is unknown; apply again to look for that object first")

// Create creates an object, or finds the one that it created. client is the one that Post and Find use.
//
// Errors are those of Post; an [*UnknownError] if the outcome stays unknown because the search failed, could not go on for long
// enough, or found several objects.
func (r *Register) Create(ctx context.Context, client *transport.Client, creation Creation) (string, error) {
	giveBack, err := r.takeTurn(ctx, creation.Key)
	if err != nil {
		return "", err
	}
	defer giveBack()
	if r.isUnknown(creation.Key) {
		return "", errEqualUnknown
	}
	for attempt := 0; ; attempt++ {
		sent := time.Now()
		id, err := creation.Post(ctx)
		if err == nil {
			r.Claim(id)
			return id, nil
		}
		ambiguous, unknown := errors.AsType[*transport.AmbiguousError](err)
		if !unknown {
			return "", err
		}
		id, lookErr := r.look(ctx, client, creation, sent, ambiguous)
		switch {
		case lookErr != nil:
			return "", r.leave(client, creation, sent, lookErr)
		case id != "":
			r.Claim(id)
			return id, nil
		case ctx.Err() != nil: // the service may still be working on it
			return "", r.leave(client, creation, sent, ambiguous)
		case attempt >= client.MaxRetries():
			return "", ambiguous.Undone()
		}
	}
}

// leave is the error for a create whose outcome stays unknown.
func (r *Register) leave(client *transport.Client, creation Creation, sent time.Time, cause error) error {
	r.setUnknown(creation.Key)
	return &UnknownError{Cause: cause, Window: Window{
		Since: earliest(client, sent), Until: client.ServiceTime(time.Now()).Add(client.Timeout() + ClockTolerance),
	}}
}

// earliest is the earliest time of creation, by the service's clock, of an object whose create was sent at a time.
func earliest(client *transport.Client, sent time.Time) time.Time {
	return client.ServiceTime(sent).Add(-ClockTolerance)
}

// look goes on until an object is found, or none can be expected any more: a service that did not answer in time may still be
// working on it.
func (r *Register) look(ctx context.Context, client *transport.Client, creation Creation, sent time.Time, cause *transport.AmbiguousError) (string, error) {
	patience := Settling
	if transport.IsTimeout(cause) {
		patience = client.Timeout()
	}
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), LastLook)
		defer cancel()
		patience = 0
	}
	end, pause := time.Now().Add(patience), newPause()
	for {
		found, err := creation.Find(ctx, earliest(client, sent))
		if err != nil {
			return "", fmt.Errorf("%w; looking for it failed too: %w", cause, err)
		}
		switch found = r.withoutClaimed(found); {
		case len(found) == 1:
			return found[0].ID, nil
		case len(found) > 1:
			return "", &SeveralError{Object: creation.Object, Found: found, Cause: cause}
		case time.Now().After(end):
			return "", nil
		}
		if err := pause.wait(ctx); err != nil {
			return "", fmt.Errorf("%w; the search for it was interrupted: %w", cause, err)
		}
	}
}
