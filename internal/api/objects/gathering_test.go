package objects

import (
	"context"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

func TestWhoIsAloneLooksByID(t *testing.T) {
	t.Parallel()
	service := newThings("a")
	_, listed, err := service.collection(t).Look(t.Context(), "a")
	require.NoError(t, err)
	require.False(t, listed)
	require.Equal(t, []string{"GET /things/a"}, service.made())
}

// awaitGathering waits until so many have joined the next look.
func awaitGathering(t *testing.T, c *Collection[thing], count int) {
	t.Helper()
	gathering := c.gathering()
	for joined := 0; joined < count; {
		gathering.mutex.Lock()
		if gathering.next != nil {
			joined = len(gathering.next.ids)
		}
		gathering.mutex.Unlock()
		runtime.Gosched()
	}
}

// gathered lets others look while the first look is under way, and returns what each of them found.
func gathered(t *testing.T, service *things, c *Collection[thing], others ...string) (found map[string]error, calls []string) {
	t.Helper()
	gathering := c.gathering()
	gathering.turn <- struct{}{} // a look is under way
	found = map[string]error{}
	var mutex sync.Mutex
	var group sync.WaitGroup
	for _, id := range others {
		group.Go(func() {
			_, _, err := c.Look(t.Context(), id)
			mutex.Lock()
			defer mutex.Unlock()
			found[id] = err
		})
	}
	awaitGathering(t, c, len(others))
	<-gathering.turn
	group.Wait()
	return found, service.made()
}

func TestThoseWhoWaitShareALook(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b", "c", "d")
	found, calls := gathered(t, service, service.collection(t), "a", "b", "c", "d", "gone")
	require.True(t, transport.IsNotFound(found["gone"]), "%v", found["gone"])
	for _, id := range []string{"a", "b", "c", "d"} {
		require.NoError(t, found[id])
	}
	require.Len(t, calls, 2, "two pages: %v", calls)
	require.True(t, slices.ContainsFunc(calls, func(call string) bool { return strings.Contains(call, "ids=") }))
}

func TestAListThatFailsLeavesEveryoneToThemselves(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b", "c")
	service.refuse = func(call string) int { return map[bool]int{true: http.StatusForbidden}[strings.Contains(call, "?")] }
	found, calls := gathered(t, service, service.collection(t), "a", "b", "c")
	require.Equal(t, map[string]error{"a": nil, "b": nil, "c": nil}, found)
	require.Len(t, calls, 4)
}

// Whoever gives up while others wait for the turn leaves them to look by themselves.
func TestWhoGivesUpKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b")
	c := service.collection(t)
	gathering := c.gathering()
	gathering.turn <- struct{}{}
	impatient, giveUp := context.WithCancel(t.Context())
	gaveUp := make(chan error)
	go func() {
		_, _, err := c.Look(impatient, "a")
		gaveUp <- err
	}()
	awaitGathering(t, c, 1)
	follows := make(chan error)
	go func() {
		_, _, err := c.Look(t.Context(), "b")
		follows <- err
	}()
	awaitGathering(t, c, 2)
	giveUp()
	require.ErrorIs(t, <-gaveUp, context.Canceled)
	require.NoError(t, <-follows)
	require.Equal(t, []string{"GET /things/b"}, service.made())
}

// Removals that were answered share a look at what is left.
func TestRemovalsShareALook(t *testing.T) {
	t.Parallel()
	ids := strings.Split("abcdefghij", "")
	service := newThings(ids...)
	c := service.collection(t)
	gathering := c.gathering()
	gathering.turn <- struct{}{}
	var group sync.WaitGroup
	for _, id := range ids {
		group.Go(func() {
			if err := c.Remove(t.Context(), id); err != nil {
				t.Error(err)
			}
		})
	}
	awaitGathering(t, c, len(ids))
	<-gathering.turn
	group.Wait()
	require.Len(t, service.made(), len(ids)+1)
	require.Empty(t, service.are)
}

// Who looks waits for those who said that they are going to, and so they need not hit the moment of another look.
func TestWhoIsExpectedIsWaitedFor(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b")
	c := service.collection(t)
	defer c.Expect()()
	defer c.Expect()()
	first := make(chan bool)
	go func() {
		_, listed, err := c.Look(t.Context(), "a")
		first <- listed && err == nil
	}()
	awaitGathering(t, c, 1)
	require.Empty(t, service.made())
	_, listed, err := c.Look(t.Context(), "b")
	require.NoError(t, err)
	require.True(t, listed)
	require.True(t, <-first)
	require.Len(t, service.made(), 1)
}

// Who is expected and gives up is not waited for any more.
func TestWhoIsNoLongerExpectedIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	service := newThings("a")
	c := service.collection(t)
	defer c.Expect()()
	noMore := c.Expect()
	found := make(chan error)
	go func() {
		_, _, err := c.Look(t.Context(), "a")
		found <- err
	}()
	awaitGathering(t, c, 1)
	gathering := c.gathering()
	gathering.mutex.Lock()
	mine := gathering.next
	gathering.mutex.Unlock()
	noMore()
	require.True(t, mine.isComplete)
	require.NoError(t, <-found)
	require.Equal(t, []string{"GET /things/a"}, service.made())
}

// What is found in a list is as good as a read for those who refer to it.
func TestWhatALookFindsIsShared(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b")
	c := service.collection(t)
	_, _ = gathered(t, service, c, "a", "b")
	require.NotNil(t, c.Shared("a"))
	require.NotNil(t, c.Shared("b"))
}

// A DELETE is not sent again for an object that is on its way out, however long that takes.
func TestRemovalThatHasBegunIsRequestedOnce(t *testing.T) {
	t.Parallel()
	service := newThings("a")
	c := service.collection(t)
	c.Removal.HasBegun = func(one *thing) bool { return one.Note == "going" }
	deletes, reads := 0, 0
	service.refuse = func(call string) int {
		if strings.HasPrefix(call, http.MethodDelete) {
			deletes++
			service.are["a"] = thing{ID: "a", Note: "going"}
			return http.StatusAccepted
		}
		if reads++; reads > ReadsPerRemoval {
			delete(service.are, "a")
		}
		return 0
	}
	require.NoError(t, c.Remove(t.Context(), "a"))
	require.Equal(t, 1, deletes)
}
