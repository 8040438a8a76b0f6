package flowservice

import (
	"context"
	"fmt"
	"time"
)

const (
	firstPause   = 200 * time.Millisecond
	longestPause = 5 * time.Second
)

// pause is a wait that grows from call to call: the documented samples show about six seconds from the create of a dataflow
// to its inlet, and nothing is gained by asking more often than every few seconds for long.
type pause struct{ next time.Duration }

func newPause() *pause { return &pause{next: firstPause} }

func (p *pause) wait(ctx context.Context) error {
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

// poll calls check until it is done, fails, or the context ends. What check gives as reason why it is not done yet becomes the
// error when time runs out.
func poll(ctx context.Context, check func(ctx context.Context) (done bool, reason, err error)) error {
	pause := newPause()
	var pending error
	for {
		done, reason, err := check(ctx)
		switch {
		case err != nil && ctx.Err() != nil && pending != nil:
			return gaveUp(err, pending)
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
