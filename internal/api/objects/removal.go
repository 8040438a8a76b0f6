package objects

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Removal has what is special about the removal of a kind of object.
type Removal[T any] struct {
	// InUse are the codes that refuse it while another object uses this one, and UnderWay those for an object that is being
	// removed. Codes are without prefix: "1404-412".
	InUse, UnderWay []string
	// State is the state of an object that a read still finds, and HasBegun tells whether it is being removed. Both are nil where objects have
	// no state.
	State    func(*T) string
	HasBegun func(*T) bool
}

// Remove deletes an object and waits until a read no longer finds it, since the service may delete in the background. An object
// that is gone already is deleted, but not even a 404 to the DELETE is believed without reads: a new object may not be found yet. A removal
// that was answered and had no effect is requested again every few reads: something between here and the service may have answered in its
// place.
func (c *Collection[T]) Remove(ctx context.Context, id string) error {
	defer c.Expect()()
	unsureUntil, accepted, begun := c.unsureUntil(ctx, id), false, false
	reads := 0
	err := Until(ctx, func(ctx context.Context) (bool, error, error) {
		if reads%ReadsPerRemoval == 0 && !begun {
			err := c.requestRemoval(ctx, id)
			if err != nil && !transport.IsNotFound(err) {
				return false, nil, err
			}
			accepted = accepted || err == nil
		}
		reads++
		object, err := c.leftOf(ctx, id, begun || accepted && reads%ReadsPerRemoval != 0)
		switch {
		case transport.IsNotFound(err):
			return accepted || reads >= ReadsUntilGone && time.Now().After(unsureUntil), err, nil
		case isAnotherObject(err):
			return false, err, nil
		case err != nil:
			return false, nil, err
		}
		begun = c.Removal.HasBegun != nil && c.Removal.HasBegun(object)
		return false, c.remaining(object), nil
	})
	if err == nil {
		c.Register.removed(c.reference(id))
	}
	return err
}

// leftOf is what is left of an object after a DELETE. Looks after one that was answered are shared with other removals, but not the last one before
// the DELETE is sent again: a list may be behind.
func (c *Collection[T]) leftOf(ctx context.Context, id string, shared bool) (*T, error) {
	if !shared {
		return c.Once(ctx, id, nil)
	}
	object, _, err := c.Look(ctx, id)
	return object, err
}

// unsureUntil is until when an object that a service does not find may exist: as long as it is new, or as one of unknown age could be new. Half
// of the time that is left for the removal is enough.
func (c *Collection[T]) unsureUntil(ctx context.Context, id string) time.Time {
	until := c.Register.newUntil(ctx, c.reference(id))
	if until.IsZero() {
		until = time.Now().Add(Settling)
	}
	if end, has := ctx.Deadline(); has {
		if half := time.Now().Add(time.Until(end) / 2); half.Before(until) {
			return half
		}
	}
	return until
}

func (c *Collection[T]) remaining(object *T) error {
	if c.Removal.State == nil {
		return fmt.Errorf("%s still finds it", c.Transport.Service())
	}
	return fmt.Errorf("%s still finds it, in state %q", c.Transport.Service(), c.Removal.State(object))
}

// requestRemoval sends the DELETE. Right after the removal of what uses an object, it may count as used for a moment longer, so
// that refusal is met with a few attempts.
func (c *Collection[T]) requestRemoval(ctx context.Context, id string) error {
	return Attempts(ctx, RemovalAttempts, func(ctx context.Context) (bool, error) {
		err := c.Write(ctx, id, transport.Request{Method: http.MethodDelete}, nil)
		if transport.HasCode(err, c.Removal.UnderWay...) {
			return false, nil
		}
		return transport.HasCode(err, c.Removal.InUse...), err
	})
}
