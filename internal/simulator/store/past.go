package store

import (
	"maps"
	"slices"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

// moment is everything that is stored at one time.
type moment struct {
	// Outside holds what belongs to no sandbox: the objects of Customer.io.
	Outside   *Sandbox
	sandboxes map[string]*Sandbox
}

// copied is a moment that later steps leave as it is, and when it began.
type copied struct {
	moment
	at time.Time
}

// Remember lets the store know what there was, up to a duration ago, from now on. What there is now stands for all times before.
func (s *Store) Remember(longest time.Duration) {
	s.memory = max(s.memory, longest)
	if s.past == nil {
		s.past = []copied{{moment: s.copy()}}
	}
}

// keep copies what there is after a step, and forgets what is too old to be asked for.
func (s *Store) keep() {
	if s.past == nil {
		return
	}
	for len(s.past) > 1 && s.past[1].at.Before(s.Now().Add(-s.memory)) {
		s.past = s.past[1:]
	}
	s.past = append(s.past, copied{s.copy(), s.Now()})
}

// DoAsOf is Do on what there was a while ago. The step must not change anything.
func (s *Store) DoAsOf(ago time.Duration, step func()) {
	s.Do(func() {
		now := s.moment
		defer func() { s.moment = now }()
		for _, one := range s.past {
			if ago > 0 && !one.at.After(s.Now().Add(-ago)) {
				s.moment = one.moment
			}
		}
		step()
	})
}

func (m moment) copy() moment {
	same := moment{Outside: m.Outside.copy(), sandboxes: map[string]*Sandbox{}}
	for name, sb := range m.sandboxes {
		same.sandboxes[name] = sb.copy()
	}
	return same
}

func (sb *Sandbox) copy() *Sandbox {
	same := sb.store.newSandbox(sb.Name, sb.ID)
	same.Runs = slices.Clone(sb.Runs)
	for kind, all := range sb.objects {
		for _, o := range all {
			one := *o
			one.Home, one.Body, one.Hidden, one.Versions = same, document.Clone(o.Body), maps.Clone(o.Hidden), slices.Clone(o.Versions)
			same.objects[kind] = append(same.objects[kind], &one)
		}
	}
	return same
}
