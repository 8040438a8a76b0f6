package objects

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// ReadsByID is how many reads of a collection a process makes one by one before it asks for a page of the list: a small configuration costs
// no more than without lists. It is a variable for the tests.
var ReadsByID = 1

// ListAge is how old a page may be that answers a read: as old as the plan of a thousand pipelines takes on a slow machine, almost all of it for Terraform
// itself. A process serves one such walk and ends. It is a variable for the tests.
var ListAge = 5 * time.Minute

type listedKey struct{}

// FromLists lets the reads of a context be answered from a list that this process has read. A refresh may; what writes reads each object
// by itself.
func FromLists(ctx context.Context) context.Context {
	return context.WithValue(ctx, listedKey{}, new(atomic.Bool))
}

// OneByOne takes [FromLists] back.
func OneByOne(ctx context.Context) context.Context {
	return context.WithValue(ctx, listedKey{}, (*atomic.Bool)(nil))
}

// WasListed tells whether a list answered one of the reads of a context that [FromLists] made.
func WasListed(ctx context.Context) bool {
	listed := listedIn(ctx)
	return listed != nil && listed.Load()
}

// listedIn is nil if no list may answer.
func listedIn(ctx context.Context) *atomic.Bool {
	listed, _ := ctx.Value(listedKey{}).(*atomic.Bool)
	return listed
}

// roster is the list of a collection as far as this process has read it. Every read that it is asked for beyond the first few pays for one
// page, so that a sandbox with many more objects than the configuration never costs more than twice what reads by ID cost. Those who wait at the
// same time advance one page each, since one page may save all of them a read.
type roster[T any] struct {
	mutex sync.Mutex
	// asked is how many reads there were, and pages how many pages.
	asked, pages int
	// waiting is how many reads wait for a page.
	waiting int
	// broken is whether the list is not to be asked any more.
	broken bool
	// samples are the objects of the first reads, to compare with what the list says of them.
	samples map[string]*T
	list    *passage[T]
	// turn is held by who reads a page.
	turn chan struct{}
}

// passage is one way through the pages of a list.
type passage[T any] struct {
	begun time.Time
	read  Reader[T]
	more  bool
	items map[string]*T
	// order has the IDs of the items as they came.
	order []string
}

func newRoster[T any]() *roster[T] {
	return &roster[T]{samples: map[string]*T{}, turn: make(chan struct{}, 1)}
}

// roster is the one of this process. The same objects may be read in another form, for another purpose.
func (c *Collection[T]) roster() *roster[T] {
	return part(c.Register, fmt.Sprintf("roster %s %T", c.Path, *new(T)), newRoster[T])
}

// Listed is an object as a list has it, nil if it is to be read by its ID. For the first few reads, that is a list of the objects with a
// name, unless that is "".
func (c *Collection[T]) Listed(ctx context.Context, id, name string) *T {
	if known, is := ctx.Value(c.reference(id)).(*T); is && listedIn(ctx) != nil {
		return known
	}
	if c.Register.OneByOne || c.Reader == nil || listedIn(ctx) == nil || !IsIdentifier(id) || c.Register.isWritten(c.reference(id)) {
		return nil
	}
	var object *T
	switch few := c.roster().ask() <= ReadsByID; {
	case !few:
		object, _ = c.inList(ctx, func(list *passage[T]) (*T, bool) {
			object, found := list.items[id]
			return object, found
		})
	case name != "":
		named, err := c.List(ctx, name) // a failure leaves it to the read by ID
		if i := slices.IndexFunc(named, func(one T) bool { return c.idOf(&one) == id }); err == nil && i >= 0 {
			object = &named[i]
		}
	}
	if object == nil || c.Tells != nil && !c.Tells(object) || c.Register.isWritten(c.reference(id)) { // since the page was asked for
		return nil
	}
	listedIn(ctx).Store(true)
	c.read(id, object)
	return object
}

// sample keeps one of the first objects that were read by their IDs.
func (c *Collection[T]) sample(ctx context.Context, id string, object *T) {
	if listedIn(ctx) == nil || c.Reader == nil {
		return
	}
	roster := c.roster()
	roster.mutex.Lock()
	defer roster.mutex.Unlock()
	if len(roster.samples) >= ReadsByID {
		return
	}
	roster.samples[id] = object
	if list := roster.list; list != nil && list.items[id] != nil { // a stream has read it before
		c.compare(ctx, list.items[id], id)
	}
}

// everything is the list of all objects, nil if it is too long for how many ask for it.
func (c *Collection[T]) everything(ctx context.Context) map[string]*T {
	if c.Register.OneByOne || c.Reader == nil || c.roster().ask() <= ReadsByID {
		return nil
	}
	var all map[string]*T
	_, whole := c.inList(ctx, func(list *passage[T]) (*T, bool) {
		all = list.items
		return nil, false
	})
	if !whole {
		return nil
	}
	return all
}

// Named are the objects with a name, or more: those of the list that the creates of this process share, if there is one. Objects that this process
// created, changed or removed are not among them, since the list may be older.
func (c *Collection[T]) Named(ctx context.Context, name string) (found []*T, err error) {
	all := c.everything(ctx)
	if all == nil {
		listed, err := c.List(ctx, name)
		if err != nil {
			return nil, err
		}
		for i := range listed {
			found = append(found, &listed[i])
		}
	}
	found = slices.AppendSeq(found, maps.Values(all))
	return slices.DeleteFunc(found, func(one *T) bool { return c.Register.isWritten(c.reference(c.idOf(one))) }), nil
}

// ask counts a read.
func (r *roster[T]) ask() int {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.asked++
	return r.asked
}

// wait counts a read that waits until the function is called that it returns.
func (r *roster[T]) wait() (noMore func()) {
	count := func(more int) {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		r.waiting += more
	}
	count(1)
	return func() { count(-1) }
}

// inList looks at the list as far as it is read, and reads on until look has found what it looks for, the list is at its end, or its
// pages cost as much as the reads. whole tells whether the list is at its end.
func (c *Collection[T]) inList(ctx context.Context, look func(*passage[T]) (*T, bool)) (object *T, whole bool) {
	roster := c.roster()
	defer roster.wait()()
	done := func() bool {
		roster.mutex.Lock()
		defer roster.mutex.Unlock()
		object, whole = nil, false
		found := false
		if list := roster.list; list.isOf(time.Now()) && !roster.broken {
			object, found = look(list)
			whole = !list.more
		}
		return found || whole || roster.broken || roster.pages >= roster.asked-ReadsByID+roster.waiting-1
	}
	for !done() {
		if roster.takeTurn(ctx) != nil {
			return nil, false
		}
		if ctx.Err() == nil && !done() { // while this waited for the turn, another one may have read the page
			c.turnPage(ctx)
		}
		<-roster.turn
	}
	return object, whole
}

// turnPage reads one more page for reads, the first one if the list is too old.
func (c *Collection[T]) turnPage(ctx context.Context) {
	if c.readPage(ctx, c.passage()) != nil {
		return
	}
	roster := c.roster()
	roster.mutex.Lock()
	defer roster.mutex.Unlock()
	roster.pages++
}

// add puts the items of a page into the list, and compares them with what reads by ID said.
func (c *Collection[T]) add(ctx context.Context, list *passage[T], items []T) {
	for i := range items {
		item, id := &items[i], c.idOf(&items[i])
		before := list.items[id]
		if IsIdentifier(id) && before == nil {
			list.order = append(list.order, id)
		}
		if IsIdentifier(id) && (before == nil || c.IsNewer != nil && c.IsNewer(item, before)) {
			list.items[id] = item
		}
		c.compare(ctx, item, id)
	}
}

// compare compares an item with what a read by ID said, if there was one.
func (c *Collection[T]) compare(ctx context.Context, item *T, id string) {
	roster := c.roster()
	if sample := roster.samples[id]; sample != nil && !c.Register.isWritten(c.reference(id)) && !reflect.DeepEqual(sample, item) {
		roster.distrust(ctx, c.Path, "differs from a read by ID", id)
	}
}

// distrust has every object read by itself from now on.
func (r *roster[T]) distrust(ctx context.Context, path, why, detail string) {
	r.broken = true
	tflog.Warn(ctx, "The list "+path+" "+why+", so every object is read by itself", map[string]any{"detail": detail})
}

// isOf tells whether a list is there, and young enough at a time.
func (p *passage[T]) isOf(now time.Time) bool { return p != nil && now.Sub(p.begun) <= ListAge }
