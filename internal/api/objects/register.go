package objects

import (
	"context"
	"slices"
	"sync"
)

// Register knows the objects that are claimed: those that this process created, adopted or was asked to read. They are never
// adopted. Safe for concurrent use.
type Register struct {
	mutex   sync.Mutex
	claimed map[string]bool
	turns   map[string]chan struct{}
	// unknown holds the keys of the creates whose outcome is unknown.
	unknown map[string]bool
}

// NewRegister returns an empty register.
func NewRegister() *Register {
	return &Register{claimed: map[string]bool{}, turns: map[string]chan struct{}{}, unknown: map[string]bool{}}
}

// Claim notes that an object has an owner.
func (r *Register) Claim(id string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.claimed[id] = true
}

func (r *Register) withoutClaimed(found []Found) []Found {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.DeleteFunc(found, func(one Found) bool { return r.claimed[one.ID] })
}

// setUnknown keeps equal creates from being sent: what they create could be mistaken for the object of this one.
func (r *Register) setUnknown(key string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.unknown[key] = true
}

func (r *Register) isUnknown(key string) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.unknown[key]
}

// takeTurn waits until no equal create is under way.
func (r *Register) takeTurn(ctx context.Context, key string) (giveBack func(), err error) {
	r.mutex.Lock()
	turn, known := r.turns[key]
	if !known {
		turn = make(chan struct{}, 1)
		r.turns[key] = turn
	}
	r.mutex.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
