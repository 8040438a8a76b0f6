package objects

import (
	"context"
	"fmt"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// pause is a wait that grows from call to call.
type pause struct{ next time.Duration }

func newPause() *pause { return &pause{next: FirstPause} }

// wait returns the context's error if that ends first.
func (p *pause) wait(ctx context.Context) error {
	timer := time.NewTimer(p.next)
	defer timer.Stop()
	p.next = min(LongestPause, p.next*3/2)
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Until calls check until it is done, fails, or the context ends. The reason that check gives for not being done yet becomes
// the error when time runs out.
func Until(ctx context.Context, check func(ctx context.Context) (done bool, reason, err error)) error {
	pause := newPause()
	var pending error
	for {
		done, reason, err := check(ctx)
		switch {
		case err != nil && ctx.Err() != nil && pending != nil:
			return gaveUp(ctx.Err(), pending) // the same, wherever in the check the end came
		case err != nil || done:
			return err
		}
		pending = reason
		if err := pause.wait(ctx); err != nil {
			return gaveUp(err, pending)
		}
	}
}

func gaveUp(ended, pending error) error {
	return fmt.Errorf("gave up waiting (%w): %w", ended, pending)
}

// confirmed reads an object that counts as gone only if it is missing several times.
func confirmed[T any](ctx context.Context, read func(ctx context.Context) (T, error)) (T, error) {
	pause := newPause()
	for look := 1; ; look++ {
		found, err := read(ctx)
		if !transport.IsNotFound(err) || look == ReadsUntilGone || pause.wait(ctx) != nil {
			return found, err
		}
	}
}
