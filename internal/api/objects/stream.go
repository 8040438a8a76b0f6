package objects

import (
	"context"
	"iter"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Stream goes through all objects in the order of the service's list, each once, and asks for a page only when the caller gets there. Streams of a
// process share the pages, and reads that [FromLists] allows are answered from them.
func (c *Collection[T]) Stream(ctx context.Context) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		list := c.passage()
		for place := 0; ; place++ {
			object, err := c.atPlace(ctx, list, place)
			if err != nil {
				yield(nil, err)
				return
			}
			if object == nil || !yield(object, nil) {
				return
			}
		}
	}
}

// Search goes through at least the objects with a name as [Collection.Stream] goes through all of them. What a service finds by name is a list of
// its own.
func (c *Collection[T]) Search(ctx context.Context, name string) iter.Seq2[*T, error] {
	if !IsPlainName(name) {
		return c.Stream(ctx)
	}
	return func(yield func(*T, error) bool) {
		seen := map[string]bool{}
		for object, err := range c.Reader(name).Items(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			id := c.idOf(&object)
			if seen[id] || !IsIdentifier(id) {
				continue
			}
			seen[id] = true
			if !yield(&object, nil) {
				return
			}
		}
	}
}

// Knowing is a context in which reads that [FromLists] allows are answered with an object that was read a moment ago.
func (c *Collection[T]) Knowing(ctx context.Context, object *T) context.Context {
	return context.WithValue(ctx, c.reference(c.idOf(object)), object)
}

// passage is the way through the list that is under way, a new one if that is too old.
func (c *Collection[T]) passage() *passage[T] {
	roster := c.roster()
	roster.mutex.Lock()
	defer roster.mutex.Unlock()
	if !roster.list.isOf(time.Now()) {
		roster.list = c.newPassage()
	}
	return roster.list
}

func (c *Collection[T]) newPassage() *passage[T] {
	return &passage[T]{begun: time.Now(), read: c.Reader(""), more: true, items: map[string]*T{}}
}

// readPage reads one more page of a list.
func (c *Collection[T]) readPage(ctx context.Context, list *passage[T]) error {
	items, more, err := list.read(ctx)
	roster := c.roster()
	roster.mutex.Lock()
	defer roster.mutex.Unlock()
	switch {
	case err == nil:
		list.more = more
		c.add(ctx, list, items)
	case ctx.Err() == nil:
		roster.distrust(ctx, c.Path, "cannot be read", c.Transport.Redact(err.Error()))
	}
	return err
}

// atPlace is the object at a place of a list, nil after the last one.
func (c *Collection[T]) atPlace(ctx context.Context, list *passage[T], place int) (*T, error) {
	roster := c.roster()
	look := func() (object *T, known bool) {
		roster.mutex.Lock()
		defer roster.mutex.Unlock()
		if place < len(list.order) {
			return list.items[list.order[place]], true
		}
		return nil, !list.more
	}
	for {
		if object, known := look(); known {
			return object, nil
		}
		err := roster.takeTurn(ctx)
		if err != nil {
			return nil, err
		}
		if _, known := look(); !known { // while this waited for the turn, another one may have read the page
			err = c.readPage(ctx, list)
		}
		<-roster.turn
		if err != nil {
			return nil, err
		}
	}
}

// takeTurn waits until nobody else reads a page. Whoever has the turn gives it back by receiving from it.
func (r *roster[T]) takeTurn(ctx context.Context) error {
	defer transport.StandStill(ctx)()
	select {
	case r.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
