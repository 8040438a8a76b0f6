package objects

import (
	"context"
	"fmt"
	"time"
)

// pause is a wait that grows from call to call.
type pause struct{ next time.Duration }

func newPause() *pause { return &pause{next: FirstPause} }

// wait returns the context's error if that ends first.
func (p *pause) wait(ctx context.Context) error {
	length := p.next
	p.next = min(LongestPause, p.next*3/2)
	return sleep(ctx, length)
}

func sleep(ctx context.Context, length time.Duration) error {
	timer := time.NewTimer(length)
	defer timer.Stop()
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

// Attempts calls do up to a number of times, with a growing pause in between, as long as it asks to be called again. It returns the
// last error, also if the context ends.
func Attempts(ctx context.Context, most int, do func(ctx context.Context) (again bool, err error)) error {
	pause := newPause()
	for attempt := 1; ; attempt++ {
		again, err := do(ctx)
		if !again || attempt == most || pause.wait(ctx) != nil {
			return err
		}
	}
}
