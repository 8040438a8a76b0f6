package objects

import (
	"context"
	"fmt"
	"net/http"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Removal has what is special about the removal of a kind of object.
type Removal[T any] struct {
	// InUse are the codes that refuse it while another object uses this one, and UnderWay those for an object that is being
	// removed. Codes are without prefix: "1404-412".
	InUse, UnderWay []string
	// ConfirmAbsent says that not even a 404 to the DELETE is believed without a read.
	ConfirmAbsent bool
	// State, if any, is the state of an object that a read still finds.
	State func(*T) string
}

// Remove deletes an object and waits until a read no longer finds it, since the service may delete in the background. An object
// that is gone already is deleted. A removal that was answered and had no effect is requested again every few reads: something
// between here and the service may have answered in its place.
func (c *Collection[T]) Remove(ctx context.Context, id string) error {
	reads := 0
	return Until(ctx, func(ctx context.Context) (bool, error, error) {
		if reads%ReadsPerRemoval == 0 {
			switch err := c.requestRemoval(ctx, id); {
			case transport.IsNotFound(err):
				return true, nil, nil
			case err != nil:
				return false, nil, err
			}
		}
		reads++
		object, err := c.Once(ctx, id, nil)
		switch {
		case transport.IsNotFound(err):
			return true, nil, nil
		case err != nil:
			return false, nil, err
		}
		return false, c.remaining(object), nil
	})
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
		err := c.Transport.Do(ctx, transport.Request{Method: http.MethodDelete, Path: c.PathOf(id)}, nil)
		if transport.HasCode(err, c.Removal.UnderWay...) || c.Removal.ConfirmAbsent && transport.IsNotFound(err) {
			return false, nil
		}
		return transport.HasCode(err, c.Removal.InUse...), err
	})
}
