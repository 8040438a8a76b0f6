// Package poll waits for services that finish their work in the background.
package poll

import (
	"context"
	"fmt"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	firstPause   = 200 * time.Millisecond
	longestPause = 5 * time.Second
)

// Pause is a wait that grows from call to call: the documented samples show about six seconds from the create of a dataflow
// to its inlet, and nothing is gained by asking more often than every few seconds for long.
type Pause struct{ next time.Duration }

// NewPause starts with the shortest wait.
func NewPause() *Pause { return &Pause{next: firstPause} }

// Wait returns the context's error where that ends first.
func (p *Pause) Wait(ctx context.Context) error {
	timer := time.NewTimer(p.next)
	defer timer.Stop()
	p.next = min(longestPause, p.next*3/2)
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Until calls check until it is done, fails, or the context ends. What check gives as reason why it is not done yet becomes
// the error when time runs out.
func Until(ctx context.Context, check func(ctx context.Context) (done bool, reason, err error)) error {
	pause := NewPause()
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
		if err := pause.Wait(ctx); err != nil {
			return gaveUp(err, pending)
		}
	}
}

// lookAgain is after how many looks a request that was answered and had no effect is sent again.
const lookAgain = 4

// Gone asks for the removal of an object until isGone finds it gone. A removal that was answered as done and has had no effect is
// asked for again every few looks: something between here and the service may have answered in its place.
func Gone(ctx context.Context, remove func(ctx context.Context) error, isGone func(ctx context.Context) (gone bool, reason, err error)) error {
	looks := 0
	return Until(ctx, func(ctx context.Context) (bool, error, error) {
		if looks%lookAgain == 0 {
			switch err := remove(ctx); {
			case transport.IsNotFound(err):
				return true, nil, nil
			case err != nil:
				return false, nil, err
			}
		}
		looks++
		return isGone(ctx)
	})
}

func gaveUp(ended, pending error) error {
	return fmt.Errorf("gave up waiting (%w): %w", ended, pending)
}
