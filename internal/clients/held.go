package clients

import (
	"context"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// holdings is what the state holds, as far as this process was shown it.
type holdings struct {
	ids, names map[string]bool
	last       time.Time
}

// Hold notes that the state holds an object: by its name if it has no ID yet, because a create did not finish.
func (s *Set) Hold(id, name string) {
	plans := s.shared()
	plans.mutex.Lock()
	defer plans.mutex.Unlock()
	if plans.held.ids == nil {
		plans.held.ids, plans.held.names = map[string]bool{}, map[string]bool{}
	}
	if objects.IsIdentifier(id) {
		plans.held.ids[id] = true
	} else {
		plans.held.names[name] = true
	}
	plans.held.last = time.Now()
}

// IsHeld tells whether the state holds an object. Terraform shows what it holds in no order but all at about the same time, so before the answer
// is no, this waits until it has shown nothing for a moment.
func (s *Set) IsHeld(ctx context.Context, id, name string) bool {
	plans, begun := s.shared(), time.Now()
	look := func() (held bool, last time.Time) {
		plans.mutex.Lock()
		defer plans.mutex.Unlock()
		return plans.held.ids[id] || plans.held.names[name], plans.held.last
	}
	for {
		held, last := look()
		if last.Before(begun) {
			last = begun
		}
		left := objects.Quiet - time.Since(last)
		if held || left <= 0 || time.Since(begun) > objects.LongestQuiet {
			return held
		}
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return held
		}
	}
}
