package objects

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// mostTogether is how many IDs one list is asked for: the URL of the call stays below two thousand characters.
const mostTogether = 40

// gathering brings together those who wait for something to happen to objects of a collection, such as their removal: while one look is
// under way, the next ones gather, and share a look that begins after all of them asked.
type gathering[T any] struct {
	mutex sync.Mutex
	next  *together[T]
	// turn is held by who looks.
	turn chan struct{}
}

// together are those who share a look.
type together[T any] struct {
	ids  []string
	done chan struct{}
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
		goOn := transport.StandStill(ctx)
		select {
		case gathering.turn <- struct{}{}:
			goOn()
		case <-ctx.Done():
			goOn()
			gathering.close(mine)
			close(mine.done)
			return nil, false, ctx.Err()
		}
		gathering.close(mine)
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
		err = c.absent(c.Path, "the list does not have it")
	}
	return object, true, err
}

// gathering is the one of this process, see [Collection.roster].
func (c *Collection[T]) gathering() *gathering[T] {
	return part(c.Register, fmt.Sprintf("gathering %s %T", c.Path, *new(T)), newGathering[T])
}

// join joins the next look, and tells whether the caller is the one to look.
func (g *gathering[T]) join(id string) (mine *together[T], leads bool) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if leads = g.next == nil; leads {
		g.next = &together[T]{done: make(chan struct{})}
	}
	g.next.ids = append(g.next.ids, id)
	return g.next, leads
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
