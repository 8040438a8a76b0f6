package objects

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

var lost = &transport.AmbiguousError{Call: transport.Call{Service: "Shop", Method: http.MethodPost, Path: "/shops"}, Cause: errors.New("EOF")}

const timeout = 10 * time.Millisecond

func TestMain(m *testing.M) {
	Settling = 50 * time.Millisecond
	os.Exit(m.Run())
}

func client(maxRetries int) *transport.Client {
	return transport.New(transport.Config{Service: "Shop", Timeout: timeout, MaxRetries: maxRetries})
}

// shop is a service whose answers get lost.
type shop struct {
	mutex sync.Mutex
	posts int
	// sent is when each post arrived.
	sent []time.Time
	// acts tells whether the service carries out the n-th post.
	acts func(n int) bool
	// answers tells whether the client hears of it.
	answers func(n int) bool
	made    []Found
	findErr error
	// refusal is what the client hears in place of the answer, [lost] unless it is set.
	refusal *transport.AmbiguousError
	// stranger makes the same with the first post.
	stranger bool
}

func (s *shop) creation(maxRetries int) creation {
	return creation{
		client: client(maxRetries), path: "/shops", object: "shop", body: "a shop", known: func(string) any { return nil },
		post: func(context.Context) (string, error) {
			s.mutex.Lock()
			defer s.mutex.Unlock()
			s.posts++
			s.sent = append(s.sent, time.Now())
			if s.stranger && s.posts == 1 {
				s.made = append(s.made, Found{ID: "theirs", Created: time.Now()})
			}
			id := string(rune('a' + s.posts - 1))
			if s.acts(s.posts) {
				s.made = append(s.made, Found{ID: id, Created: time.Now()})
			}
			if !s.answers(s.posts) {
				return "", cmp.Or(s.refusal, lost)
			}
			return id, nil
		},
		find: func(context.Context) ([]Found, error) {
			s.mutex.Lock()
			defer s.mutex.Unlock()
			return slices.Clone(s.made), s.findErr
		},
		existing: func(context.Context) ([]Found, error) {
			s.mutex.Lock()
			defer s.mutex.Unlock()
			return slices.Clone(s.made), nil
		},
	}
}

func always(int) bool { return true }
func never(int) bool  { return false }

func TestWhatWasMadeIsFoundAgain(t *testing.T) {
	t.Parallel()
	s := &shop{acts: always, answers: never, made: []Found{{ID: "old", Created: time.Now().Add(time.Hour)}}}
	id, err := NewRegister().create(t.Context(), s.creation(5))
	require.NoError(t, err)
	require.Equal(t, "a", id)
	require.Equal(t, 1, s.posts)
}

func TestWhatWasNotMadeIsMade(t *testing.T) {
	t.Parallel()
	s := &shop{acts: func(n int) bool { return n == 2 }, answers: func(n int) bool { return n == 2 }}
	id, err := NewRegister().create(t.Context(), s.creation(5))
	require.NoError(t, err)
	require.Equal(t, "b", id)
}

func TestGivesUp(t *testing.T) {
	t.Parallel()
	s := &shop{acts: never, answers: never}
	_, err := NewRegister().create(t.Context(), s.creation(1))
	require.False(t, transport.IsAmbiguous(err), "it is known that nothing was made: %v", err)
	require.EqualError(t, err, "Shop did not answer POST /shops: EOF")
	require.Equal(t, 2, s.posts)
}

// Objects that have an owner are nobody else's, however much they are like what is looked for.
func TestOwnedObjectsAreNotAdopted(t *testing.T) {
	t.Parallel()
	s := &shop{acts: func(n int) bool { return n == 1 }, answers: func(n int) bool { return n == 3 }}
	register := NewRegister()
	first, err := register.create(t.Context(), s.creation(5))
	require.NoError(t, err)
	require.Equal(t, "a", first)
	second, err := register.create(t.Context(), s.creation(5))
	require.NoError(t, err)
	require.Equal(t, "c", second, "the second one was not made at first, and the one that is there is the first")
}

func TestSeveralCandidatesAreForThePersonToTell(t *testing.T) {
	t.Parallel()
	s := &shop{acts: always, answers: never, stranger: true}
	_, err := NewRegister().create(t.Context(), s.creation(5))
	var several *SeveralError
	require.ErrorAs(t, err, &several)
	require.ErrorContains(t, err, "of the shops that match what was sent, 2 are new: theirs, created ")
	require.Equal(t, 1, s.posts)
}

func TestFailedSearchLeavesTheOutcomeOpen(t *testing.T) {
	t.Parallel()
	s := &shop{acts: always, answers: never, findErr: errors.New("no network")}
	_, err := NewRegister().create(t.Context(), s.creation(5))
	require.True(t, transport.IsAmbiguous(err))
	require.ErrorContains(t, err, "looking for it failed too: no network")
	require.Equal(t, 1, s.posts)
}

// Creations of the same go one after the other: the object of one must not be taken for the other's while its answer is on
// the way.
func TestCreationsOfTheSameTakeTurns(t *testing.T) {
	t.Parallel()
	s := &shop{acts: always, answers: func(n int) bool { return n%2 == 0 }}
	register := NewRegister()
	var group sync.WaitGroup
	var mutex sync.Mutex
	ids := map[string]bool{}
	for range 10 {
		group.Go(func() {
			id, err := register.create(t.Context(), s.creation(5))
			mutex.Lock()
			defer mutex.Unlock()
			require.NoError(t, err)
			ids[id] = true
		})
	}
	group.Wait()
	require.Len(t, ids, 10)
	require.Len(t, s.made, 10)
}

// Ctrl-C while a create is on its way: one last look, so that what was made is not lost.
func TestLastLookAfterTheEnd(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := &shop{acts: always, answers: never}
	creation := s.creation(5)
	post := creation.post
	creation.post = func(ctx context.Context) (string, error) {
		defer cancel()
		return post(ctx)
	}
	id, err := NewRegister().create(ctx, creation)
	require.NoError(t, err)
	require.Equal(t, "a", id)
}

// What could not be looked for is found later, by the time that it may have been made; until then nothing like it is sent.
func TestUnknownOutcomes(t *testing.T) {
	t.Parallel()
	s := &shop{acts: always, answers: never, findErr: errors.New("no network"), made: []Found{{ID: "theirs"}}}
	register := NewRegister()
	_, err := register.create(t.Context(), s.creation(5))
	var unknown *UnknownError
	require.ErrorAs(t, err, &unknown)
	require.Equal(t, []string{"theirs"}, unknown.Window.Others)

	_, err = register.create(t.Context(), s.creation(5))
	require.ErrorContains(t, err, "it was not sent, because the outcome of an equal create is unknown")
	require.Equal(t, 1, s.posts)

	later := NewRegister() // of the next process
	_, err = later.find(t.Context(), s.creation(5), unknown.Window)
	require.EqualError(t, err, "an earlier create may have created one; looking for it failed too: no network")
	s.findErr = nil
	for name, test := range map[string]struct {
		made     []Found
		ago      time.Duration
		own      string
		id, text string
	}{
		"nothing":          {},
		"the one":          {made: []Found{{ID: "a", Created: time.Now()}}, id: "a"},
		"by a slow clock":  {made: []Found{{ID: "a", Created: time.Now().Add(-time.Hour)}}, id: "a"},
		"one before":       {made: []Found{{ID: "theirs", Created: time.Now()}}},
		"by a fast clock":  {made: []Found{{ID: "a", Created: time.Now().Add(time.Hour)}}, id: "a"},
		"a later one":      {made: []Found{{ID: "a", Created: time.Now()}}, ago: time.Hour, text: "1 is new, but was created later: a, created "},
		"one and a later":  {made: []Found{{ID: "a", Created: time.Now()}, {ID: "b", Created: time.Now().Add(2 * time.Minute)}}, id: "a"},
		"somebody else's":  {made: []Found{{ID: "a", Created: time.Now()}}, own: "a"},
		"one and another":  {made: []Found{{ID: "a", Created: time.Now()}, {ID: "b", Created: time.Now()}}, text: "an earlier create may have created one; of the shops that match what was sent, 2 are new: a, created "},
		"one, the other's": {made: []Found{{ID: "a", Created: time.Now()}, {ID: "b", Created: time.Now()}}, own: "b", id: "a"},
	} {
		next := NewRegister()
		next.claim(reference{"/shops", test.own})
		s.made = test.made
		window := unknown.Window
		window.Until = window.Until.Add(-test.ago)
		id, err := next.find(t.Context(), s.creation(5), window)
		require.Equal(t, test.id, id, name)
		if test.text != "" {
			require.ErrorContains(t, err, test.text, name)
			continue
		}
		require.NoError(t, err, name)
	}
}

// A create that was canceled on its way may be carried out after the last look.
func TestCanceledOnItsWay(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := &shop{acts: never, answers: never}
	creation := s.creation(5)
	post := creation.post
	creation.post = func(ctx context.Context) (string, error) {
		defer cancel()
		return post(ctx)
	}
	before := time.Now()
	_, err := NewRegister().create(ctx, creation)
	after := time.Now()
	var unknown *UnknownError
	require.ErrorAs(t, err, &unknown)
	require.WithinRange(t, unknown.Window.Since, before, after)
	require.WithinRange(t, unknown.Window.Until, before.Add(Settling), after.Add(Settling))
}

// A create that is refused is sent again only after the wait that the service asked for, and not at all if there is no time for that. The
// clock is that of the test, and nobody really waits.
func TestRefusedCreateHeedsRetryAfter(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		for _, test := range []struct {
			timeLeft time.Duration
			posts    int
		}{{time.Hour, 2}, {time.Minute, 1}} {
			synctest.Test(t, func(t *testing.T) {
				const asked = 90 * time.Second
				ctx, cancel := context.WithTimeout(t.Context(), test.timeLeft)
				defer cancel()
				refused := &transport.AmbiguousError{Cause: &transport.Error{Status: status, RetryAfter: asked}}
				s, start := &shop{acts: func(n int) bool { return n == 2 }, answers: func(n int) bool { return n == 2 }, refusal: refused}, time.Now()
				id, err := NewRegister().create(ctx, s.creation(5))
				require.Len(t, s.sent, test.posts)
				if test.posts == 1 {
					require.True(t, transport.HasStatus(err, status))
					require.Less(t, time.Since(start), asked)
					return
				}
				require.NoError(t, err)
				require.Equal(t, "b", id)
				require.GreaterOrEqual(t, s.sent[1].Sub(s.sent[0]), asked)
			})
		}
	}
}

// The clock of the machine that created an object may be ahead. Nothing waits longer for that.
func TestClockOfAnotherMachine(t *testing.T) {
	t.Parallel()
	before := time.Now()
	ahead := WithCreated(t.Context(), before.Add(24*time.Hour))
	until := NewRegister().newUntil(ahead, reference{path: "/flows", id: "1"})
	require.True(t, until.Before(before.Add(Settling+time.Hour)), until)
}
