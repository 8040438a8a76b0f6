package objects

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// read reads things one after the other, as a refresh does, and returns the calls.
func read(t *testing.T, service *things, c *Collection[thing], ids ...string) []string {
	t.Helper()
	service.made()
	for _, id := range ids {
		_, err := c.Get(FromLists(t.Context()), id)
		require.NoError(t, err, id)
	}
	return service.made()
}

func TestReadsBeyondTheFirstFewComeFromPages(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b", "c", "d", "e", "f", "g")
	c := service.collection(t)
	require.Equal(t, []string{
		"GET /things/a", "GET /things?start=0", "GET /things?start=3", "GET /things?start=6",
	}, read(t, service, c, "a", "b", "c", "d", "g", "e", "f"), "g pays for one page, and e, which is on the one before it, for none")
	require.Empty(t, read(t, service, c, "e", "f", "g"))
}

func TestListsAreOnlyReadWhereTheyMayBe(t *testing.T) {
	t.Parallel()
	for name, reading := range map[string]func(*Collection[thing]) context.Context{
		"a write":        func(*Collection[thing]) context.Context { return t.Context() },
		"taken back":     func(*Collection[thing]) context.Context { return OneByOne(FromLists(t.Context())) },
		"turned off":     func(c *Collection[thing]) context.Context { c.Register.OneByOne = true; return FromLists(t.Context()) },
		"a list of none": func(c *Collection[thing]) context.Context { c.Reader = nil; return FromLists(t.Context()) },
	} {
		service := newThings("a", "b", "c", "d")
		c := service.collection(t)
		ctx := reading(c)
		for _, id := range []string{"a", "b", "c", "d"} {
			_, err := c.Get(ctx, id)
			require.NoError(t, err)
		}
		require.False(t, WasListed(ctx), name)
		require.Equal(t, []string{"GET /things/a", "GET /things/b", "GET /things/c", "GET /things/d"}, service.made(), name)
	}
}

// A sandbox may have many more objects than the configuration: its pages are paid for by reads, one each.
func TestLongListCostsAtMostAsMuchAsTheReads(t *testing.T) {
	t.Parallel()
	service := newThings("x", "y", "z")
	for i := range 300 {
		service.change(fmt.Sprintf("strange%03d", i), func(*thing) bool { return true })
	}
	c := service.collection(t)
	require.Equal(t, []string{"GET /things/x", "GET /things?start=0", "GET /things/y", "GET /things?start=3", "GET /things/z"}, read(t, service, c, "x", "y", "z"))
	require.Equal(t, []string{"GET /things?start=6", "GET /things/x"}, read(t, service, c, "x"), "the list goes on where it was")
}

func TestWhatIsMissingInTheListIsReadByItself(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b", "c", "d")
	c := service.collection(t)
	read(t, service, c, "a", "b", "c", "d")
	service.change("new", func(*thing) bool { return true })
	require.Equal(t, []string{"GET /things/new"}, read(t, service, c, "new"))
	_, err := c.Get(FromLists(t.Context()), "gone")
	require.True(t, transport.IsNotFound(err))
	require.Len(t, service.made(), ReadsUntilGone)
}

func TestWhatThisProcessWroteIsReadByItself(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b", "c", "d")
	c := service.collection(t)
	read(t, service, c, "a", "b", "c", "d")
	require.NoError(t, c.Write(t.Context(), "c", transport.Request{Method: http.MethodPatch}, nil))
	one, err := c.Get(FromLists(t.Context()), "c")
	require.NoError(t, err)
	require.Equal(t, 1, one.Version)
	require.Equal(t, []string{"PATCH /things/c", "GET /things/c"}, service.made())
	require.Empty(t, read(t, service, c, "d"))
}

// A list that cannot be read, that tells less than a read by ID, or that tells something else is not asked again, or not believed.
func TestListThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	byThemselves := []string{"GET /things/a", "GET /things?start=0", "GET /things/b", "GET /things/c", "GET /things/d"}
	for name, spoil := range map[string]func(*things, *Collection[thing]){
		"forbidden": func(s *things, _ *Collection[thing]) {
			s.refuse = func(call string) int { return map[bool]int{true: http.StatusForbidden}[strings.Contains(call, "?")] }
		},
		"not as a read by ID": func(s *things, _ *Collection[thing]) {
			s.change("a", func(one *thing) bool { one.Note = "told"; return true })
			s.shown = func(one thing) thing { return thing{ID: one.ID, Version: one.Version} }
		},
		"not in full": func(s *things, c *Collection[thing]) {
			c.Tells = func(one *thing) bool { return one.Note != "" }
		},
	} {
		service := newThings("a", "b", "c", "d")
		c := service.collection(t)
		spoil(service, c)
		calls := read(t, service, c, "a", "b", "c", "d")
		if name == "not in full" { // the page of d is another one, which may tell more
			require.Equal(t, []string{"GET /things/a", "GET /things?start=0", "GET /things/b", "GET /things/c", "GET /things?start=3", "GET /things/d"}, calls)
			continue
		}
		require.Equal(t, byThemselves, calls, name)
	}
}

func TestListIsReadAnewWhenItIsOld(t *testing.T) {
	age := ListAge
	t.Cleanup(func() { ListAge = age })
	service := newThings("a", "b", "c")
	c := service.collection(t)
	read(t, service, c, "a", "b", "c")
	ListAge = 0
	require.Equal(t, []string{"GET /things?start=0"}, read(t, service, c, "c")[:1])
}

// Creates look at the list that they share, if it is not longer than what it saves.
func TestWhatExistsBeforeACreateIsLookedUpOnce(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b", "c", "d")
	c := service.collection(t)
	like := func(id string) Wanted[thing] {
		return Wanted[thing]{Name: id, Matches: func(one *thing) bool { return one.ID == id }}
	}
	for _, id := range []string{"a", "b", "c", "d", "none", "d"} {
		found, err := c.existing(t.Context(), like(id))
		require.NoError(t, err)
		require.Len(t, found, map[bool]int{true: 0, false: 1}[id == "none"], id)
	}
	require.Equal(t, []string{
		"GET /things?start=0", "GET /things?start=3", // the first create has a list for itself
		"GET /things?start=0",                        // the second pays for one page of the shared one,
		"GET /things?start=0", "GET /things?start=3", // and still needs its own
		"GET /things?start=3", // the third completes it
	}, service.made())
}

// TestReadsAgainstAModel lets readers, writers and strangers work at the same time. Whoever reads gets what was there at some time since its
// read began, or, from a list, at most [ListAge] before, and never less than what this process wrote before.
func TestReadsAgainstAModel(t *testing.T) {
	age, few := ListAge, ReadsByID
	t.Cleanup(func() { ListAge, ReadsByID = age, few })
	ListAge, ReadsByID = 20*time.Millisecond, 0 // without samples, which a stranger's change would make look wrong
	ids := strings.Split("abcdefghijklmno", "")
	service := newThings(ids...)
	c := service.collection(t)
	model := newModel()
	var listed atomic.Int64

	var changes, reads sync.WaitGroup
	changing, done := context.WithCancel(t.Context())
	const times = 400
	changes.Go(func() { // strangers
		random := rand.New(rand.NewPCG(1, 0))
		for range times {
			id := ids[random.IntN(len(ids))]
			service.change(id, func(one *thing) bool { one.Version++; model.is(id, one.Version); return true })
			time.Sleep(time.Millisecond / 4)
		}
	})
	changes.Go(func() { // this process
		random := rand.New(rand.NewPCG(2, 0))
		for i := range times {
			id := ids[random.IntN(1+i*len(ids)/3/times)] // more and more of them, while most stay on the list
			if err := c.Write(t.Context(), id, transport.Request{Method: http.MethodPatch}, nil); err != nil {
				t.Error(err)
			}
			service.change(id, func(one *thing) bool { model.wrote(id, one.Version); return true })
		}
	})
	for worker := range 8 {
		reads.Go(func() {
			random := rand.New(rand.NewPCG(3, uint64(worker)))
			for changing.Err() == nil {
				id := ids[random.IntN(len(ids))]
				began, least := time.Now(), model.least(id)
				ctx := FromLists(t.Context())
				one, err := c.Get(ctx, id)
				if err != nil {
					t.Error(err)
					return
				}
				if WasListed(ctx) {
					listed.Add(1)
				}
				if one.Version < least {
					t.Errorf("%s: version %d was read after this process had written version %d", id, one.Version, least)
				}
				if until := model.until(id, one.Version); !until.IsZero() && until.Before(began.Add(-ListAge)) {
					t.Errorf("%s: version %d was read %s after it was gone", id, one.Version, began.Sub(until))
				}
			}
		})
	}
	changes.Wait()
	done()
	reads.Wait()
	require.Greater(t, listed.Load(), int64(300), "most reads were not answered by a list")
}

// model is what is known of the things: until when each version was the newest, and what this process wrote at least.
type model struct {
	mutex   sync.Mutex
	current map[string]int
	written map[string]int
	ends    map[string]time.Time
}

func newModel() *model {
	return &model{current: map[string]int{}, written: map[string]int{}, ends: map[string]time.Time{}}
}

func key(id string, version int) string { return fmt.Sprint(id, version) }

// is notes that a version is the newest. Those before it end now.
func (m *model) is(id string, version int) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for ; m.current[id] < version; m.current[id]++ {
		m.ends[key(id, m.current[id])] = time.Now()
	}
}

func (m *model) wrote(id string, version int) {
	m.is(id, version)
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.written[id] = max(m.written[id], version)
}

func (m *model) least(id string) int {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.written[id]
}

// until is zero as long as a version is the newest.
func (m *model) until(id string, version int) time.Time {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.ends[key(id, version)]
}

// readAtOnce reads things that all wait for the same page first, and returns the calls.
func readAtOnce(t *testing.T, service *things, c *Collection[thing], ids []string) (pages, byID int) {
	t.Helper()
	_, err := c.Get(FromLists(t.Context()), "000") // the read by ID that comes first
	require.NoError(t, err)
	service.made()
	roster := c.roster()
	roster.turn <- struct{}{} // a page is being read
	var group sync.WaitGroup
	for _, id := range ids {
		group.Go(func() {
			if _, err := c.Get(FromLists(t.Context()), id); err != nil {
				t.Error(err)
			}
		})
	}
	for waiting := 0; waiting < len(ids); runtime.Gosched() {
		roster.mutex.Lock()
		waiting = roster.waiting
		roster.mutex.Unlock()
	}
	<-roster.turn
	group.Wait()
	for _, call := range service.made() {
		if strings.Contains(call, "?") {
			pages++
		} else {
			byID++
		}
	}
	require.Zero(t, roster.waiting)
	return pages, byID
}

// Those who wait for objects at the end of a list go on to it together, and do not all give up one page before.
func TestThoseWhoWaitAdvancePagesToEachOther(t *testing.T) {
	t.Parallel()
	for count, want := range map[int][2]int{
		42:  {14, 0},  // all of the list
		300: {19, 10}, // ten that were paid for, and nine that were advanced
	} {
		var ids []string
		for i := range count {
			ids = append(ids, fmt.Sprintf("%03d", i))
		}
		service := newThings(ids...)
		var last []string // ten reads of what is on the last page
		for i := range 10 {
			last = append(last, ids[count-perPage+i%perPage])
		}
		pages, byID := readAtOnce(t, service, service.collection(t), last)
		require.Equal(t, want, [2]int{pages, byID}, count)
	}
}
