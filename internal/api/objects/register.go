package objects

import (
	"context"
	"strings"
	"sync"
	"time"
)

// Register knows the objects of all services that have an owner: those that this process created, found or was asked for. They are
// never taken for what another create made. Safe for concurrent use.
type Register struct {
	mutex sync.Mutex
	// claimed are the objects with an owner, and lastClaim is when one was claimed last.
	claimed   map[reference]bool
	lastClaim time.Time
	// created is what this process created and did not remove, and equals their IDs by the key of what was sent.
	created map[reference]created
	equals  map[string][]string
	// shared are objects as they were read, for those that refer to them: see [Collection.GetShared].
	shared map[reference]any
	// written are the objects that this process created, changed or removed: what was listed before says nothing of them.
	written map[reference]bool
	// parts are what belongs to the collections: their rosters and gatherings, by name.
	parts map[string]any
	// turns are held by those who create equal objects, or read a shared one.
	turns map[string]chan struct{}
	// unknown holds the keys of the creates whose outcome is unknown.
	unknown map[string]bool
	// OneByOne has every object read by itself, and not from lists.
	OneByOne bool
}

// created is an object that this process created.
type created struct {
	at time.Time
	// sent is the object as it was sent, and receipt as it was answered or found: pointers to it, or nil.
	sent, receipt any
}

// reference is an object: the path of its collection, and its ID.
type reference struct{ path, id string }

// NewRegister returns an empty register.
func NewRegister() *Register {
	return &Register{
		claimed: map[reference]bool{}, created: map[reference]created{}, equals: map[string][]string{},
		shared: map[reference]any{}, written: map[reference]bool{}, parts: map[string]any{}, turns: map[string]chan struct{}{}, unknown: map[string]bool{},
	}
}

// claim notes that an object has an owner.
func (r *Register) claim(object reference) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.claimed[object] = true
	r.lastClaim = time.Now()
}

func (r *Register) isClaimed(object reference) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.claimed[object]
}

// awaitQuiet waits until nobody has asked for an object for a moment. Terraform reads all that is in the state at about the same time, and
// only then is it known which objects have an owner.
func (r *Register) awaitQuiet(ctx context.Context) error {
	end := time.Now().Add(LongestQuiet)
	for {
		r.mutex.Lock()
		left := Quiet - time.Since(r.lastClaim)
		r.mutex.Unlock()
		if left <= 0 || time.Now().After(end) {
			return nil
		}
		if err := sleep(ctx, left); err != nil {
			return err
		}
	}
}

// made notes that a create made an object.
func (r *Register) made(key string, object reference, sent, receipt any) {
	r.claim(object)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.created[object] = created{time.Now(), sent, receipt}
	r.written[object] = true
	r.equals[key] = append(r.equals[key], object.id)
}

// removed forgets an object that no longer exists.
func (r *Register) removed(object reference) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	delete(r.created, object)
	delete(r.shared, object)
}

// write notes that this process is about to change an object, so that no list is believed about it any more.
func (r *Register) write(object reference) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.written[object] = true
}

func (r *Register) isWritten(object reference) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.written[object]
}

// part is what belongs to a collection, made when it is first asked for.
func part[P any](r *Register, name string, make func() P) P {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if _, known := r.parts[name]; !known {
		r.parts[name] = make()
	}
	return r.parts[name].(P)
}

// share keeps an object as it was read.
func (r *Register) share(object reference, read any) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.shared[object] = read
}

// sharedRead is an object as it was shared or sent, nil if it was neither.
func (r *Register) sharedRead(object reference) any {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if read := r.shared[object]; read != nil {
		return read
	}
	return r.created[object].sent
}

// recall is what is known of an object that this process created.
func (r *Register) recall(object reference) created {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.created[object]
}

// madeBy are the IDs of what equal creates of this process made.
func (r *Register) madeBy(key string) []string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return append([]string{}, r.equals[key]...)
}

// shortestReference is the length from which on an ID can be looked for in a text.
const shortestReference = 16

// refersToMade tells whether a body names an object that this process created. Nothing that existed before can be equal to it.
func (r *Register) refersToMade(body string) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for object := range r.created {
		if len(object.id) >= shortestReference && strings.Contains(body, object.id) {
			return true
		}
	}
	return false
}

type createdKey struct{}

// WithCreated tells the calls of a context when the object that they are about was created.
func WithCreated(ctx context.Context, created time.Time) context.Context {
	return context.WithValue(ctx, createdKey{}, created)
}

// createdAt is when an object was created, as far as this process or the context knows.
func (r *Register) createdAt(ctx context.Context, object reference) (time.Time, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if created, known := r.created[object]; known {
		return created.at, true
	}
	at, known := ctx.Value(createdKey{}).(time.Time)
	return at, known
}

// newUntil is until when an object may not be found yet. It is never longer than [Settling] from now, whatever the clock of another
// machine said. It is in the past for an object of unknown age.
func (r *Register) newUntil(ctx context.Context, object reference) time.Time {
	at, known := r.createdAt(ctx, object)
	if !known {
		return time.Time{}
	}
	until, latest := at.Add(Settling), time.Now().Add(Settling)
	if until.After(latest) {
		return latest
	}
	return until
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

// takeTurn waits until nobody else has the turn of a key.
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
