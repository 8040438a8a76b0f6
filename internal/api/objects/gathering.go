package objects

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// mostTogether is how many IDs one list is asked for: the URL of the call stays below two thousand characters.
const mostTogether = 40

// gathering brings together those who wait for something to happen to objects of a collection, such as their removal. They share a look that
// begins after all of them asked: those who come while another look is under way, and those who are expected and come in time.
type gathering[T any] struct {
	mutex sync.Mutex
	next  *together[T]
	// expected is how many are going to look.
	expected int
	// turn is held by who looks.
	turn chan struct{}
}

// together are those who share a look.
type together[T any] struct {
	ids []string
	// complete is closed when all who are expected are there, and done after the look.
	complete, done chan struct{}
	isComplete     bool
	// found are the objects that there are, by their IDs in small letters. It is nil if the look failed, or was not worth while.
	found map[string]*T
}

func newGathering[T any]() *gathering[T] { return &gathering[T]{turn: make(chan struct{}, 1)} }

// Look is [Collection.Once], together with those who wait for other objects of the collection. Who is alone reads by ID, and so do all if
// the list cannot be read. listed tells whether the answer is that of a list, which may be behind.
func (c *Collection[T]) Look(ctx context.Context, id string) (object *T, listed bool, err error) {
	if c.Register.OneByOne || c.Among == nil || !IsIdentifier(id) {
		object, err = c.Once(ctx, id, nil)
		return object, false, err
	}
	gathering := c.gathering()
	mine, leads := gathering.join(id)
	if leads {
		err := gathering.takeTurn(ctx, mine)
		gathering.close(mine)
		if err != nil {
			close(mine.done)
			return nil, false, err
		}
		if len(mine.ids) == 1 {
			close(mine.done)
			defer func() { <-gathering.turn }()
			object, err = c.Once(ctx, id, nil)
			return object, false, err
		}
		mine.found = c.together(ctx, mine.ids)
		close(mine.done)
		<-gathering.turn
	}
	goOn := transport.StandStill(ctx)
	select {
	case <-mine.done:
		goOn()
	case <-ctx.Done():
		goOn()
		return nil, false, ctx.Err()
	}
	if mine.found == nil {
		object, err = c.Once(ctx, id, nil)
		return object, false, err
	}
	object, there := mine.found[strings.ToLower(id)]
	if !there {
		return nil, true, c.absent(c.Path, "the list does not have it")
	}
	c.read(id, object)
	return object, true, nil
}

// gathering is the one of this process, see [Collection.roster].
func (c *Collection[T]) gathering() *gathering[T] {
	return part(c.Register, fmt.Sprintf("gathering %s %T", c.Path, *new(T)), newGathering[T])
}

// Expect tells that the caller is going to look, perhaps several times, until it calls the function that is returned. Those who look meanwhile
// wait for it, for a moment.
func (c *Collection[T]) Expect() (noMore func()) {
	gathering := c.gathering()
	gathering.expect(1)
	return func() { gathering.expect(-1) }
}

func (g *gathering[T]) expect(more int) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.expected += more
	g.count()
}

// count notices that all who are expected are there.
func (g *gathering[T]) count() {
	if next := g.next; next != nil && !next.isComplete && len(next.ids) >= g.expected {
		next.isComplete = true
		close(next.complete)
	}
}

// join joins the next look, and tells whether the caller is the one to look.
func (g *gathering[T]) join(id string) (mine *together[T], leads bool) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if leads = g.next == nil; leads {
		g.next = &together[T]{complete: make(chan struct{}), done: make(chan struct{})}
	}
	mine = g.next
	mine.ids = append(mine.ids, id)
	g.count()
	return mine, leads
}

// takeTurn waits until nobody else looks, and all who are expected are there or had time enough to come.
func (g *gathering[T]) takeTurn(ctx context.Context, mine *together[T]) error {
	defer transport.StandStill(ctx)()
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	timer := time.NewTimer(Gathering)
	defer timer.Stop()
	select {
	case <-mine.complete:
	case <-timer.C:
	case <-ctx.Done():
		<-g.turn
		return ctx.Err()
	}
	return nil
}

// close lets nobody else join.
func (g *gathering[T]) close(one *together[T]) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.next == one {
		g.next = nil
	}
}

// together is which of some objects there are, nil if the list cannot tell.
func (c *Collection[T]) together(ctx context.Context, ids []string) map[string]*T {
	found := map[string]*T{}
	for begin := 0; begin < len(ids); begin += mostTogether {
		some := ids[begin:min(begin+mostTogether, len(ids))]
		for object, err := range c.Among(some).Items(ctx) {
			if err != nil {
				return nil
			}
			found[strings.ToLower(c.idOf(&object))] = &object
		}
	}
	return found
}
