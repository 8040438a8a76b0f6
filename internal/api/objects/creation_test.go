package objects_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

var lost = &transport.AmbiguousError{Call: transport.Call{Service: "Shop", Method: http.MethodPost, Path: "/shops"}, Cause: errors.New("EOF")}

const timeout = 10 * time.Millisecond

func client(maxRetries int) *transport.Client {
	return transport.New(transport.Config{Service: "Shop", Timeout: timeout, MaxRetries: maxRetries})
}

// shop is a service whose answers get lost.
type shop struct {
	mutex sync.Mutex
	posts int
	// acts tells whether the service carries out the n-th post.
	acts func(n int) bool
	// answers tells whether the client hears of it.
	answers func(n int) bool
	made    []objects.Found
	findErr error
}

func (s *shop) creation() objects.Creation {
	return objects.Creation{
		Object: "shop", Key: "a shop",
		Post: func(context.Context) (string, error) {
			s.mutex.Lock()
			defer s.mutex.Unlock()
			s.posts++
			id := string(rune('a' + s.posts - 1))
			if s.acts(s.posts) {
				s.made = append(s.made, objects.Found{ID: id, Created: time.Now()})
			}
			if !s.answers(s.posts) {
				return "", lost
			}
			return id, nil
		},
		Find: func(_ context.Context, since time.Time) ([]objects.Found, error) {
			s.mutex.Lock()
			defer s.mutex.Unlock()
			var found []objects.Found
			for _, one := range s.made {
				if !one.Created.Before(since) {
					found = append(found, one)
				}
			}
			return found, s.findErr
		},
	}
}

func always(int) bool { return true }
func never(int) bool  { return false }

func TestWhatWasMadeIsFoundAgain(t *testing.T) {
	t.Parallel()
	s := &shop{acts: always, answers: never, made: []objects.Found{{ID: "old", Created: time.Now().Add(-time.Hour)}}}
	id, err := objects.NewRegister().Create(t.Context(), client(5), s.creation())
	require.NoError(t, err)
	require.Equal(t, "a", id)
	require.Equal(t, 1, s.posts)
}

func TestWhatWasNotMadeIsMade(t *testing.T) {
	t.Parallel()
	s := &shop{acts: func(n int) bool { return n == 2 }, answers: func(n int) bool { return n == 2 }}
	id, err := objects.NewRegister().Create(t.Context(), client(5), s.creation())
	require.NoError(t, err)
	require.Equal(t, "b", id)
}

func TestGivesUp(t *testing.T) {
	t.Parallel()
	s := &shop{acts: never, answers: never}
	_, err := objects.NewRegister().Create(t.Context(), client(1), s.creation())
	require.False(t, transport.IsAmbiguous(err), "it is known that nothing was made: %v", err)
	require.EqualError(t, err, "Shop did not answer POST /shops: EOF")
	require.Equal(t, 2, s.posts)
}

// Objects that have an owner are nobody else's, however much they are like what is looked for.
func TestOwnedObjectsAreNotAdopted(t *testing.T) {
	t.Parallel()
	s := &shop{acts: func(n int) bool { return n == 1 }, answers: func(n int) bool { return n == 3 }}
	register := objects.NewRegister()
	first, err := register.Create(t.Context(), client(5), s.creation())
	require.NoError(t, err)
	require.Equal(t, "a", first)
	second, err := register.Create(t.Context(), client(5), s.creation())
	require.NoError(t, err)
	require.Equal(t, "c", second, "the second one was not made at first, and the one that is there is the first")
}

func TestSeveralCandidatesAreForThePersonToTell(t *testing.T) {
	t.Parallel()
	s := &shop{acts: always, answers: never, made: []objects.Found{{ID: "theirs", Created: time.Now()}}}
	_, err := objects.NewRegister().Create(t.Context(), client(5), s.creation())
	var several *objects.SeveralError
	require.ErrorAs(t, err, &several)
	require.ErrorContains(t, err, "of the shops that match what was sent, 2 are new: theirs, created ")
	require.Equal(t, 1, s.posts)
}

func TestFailedSearchLeavesTheOutcomeOpen(t *testing.T) {
	t.Parallel()
	s := &shop{acts: always, answers: never, findErr: errors.New("no network")}
	_, err := objects.NewRegister().Create(t.Context(), client(5), s.creation())
	require.True(t, transport.IsAmbiguous(err))
	require.ErrorContains(t, err, "looking for it failed too: no network")
	require.Equal(t, 1, s.posts)
}

// Creations of the same go one after the other: the object of one must not be taken for the other's while its answer is on
// the way.
func TestCreationsOfTheSameTakeTurns(t *testing.T) {
	t.Parallel()
	s := &shop{acts: always, answers: func(n int) bool { return n%2 == 0 }}
	register := objects.NewRegister()
	var group sync.WaitGroup
	var mutex sync.Mutex
	ids := map[string]bool{}
	for range 10 {
		group.Go(func() {
			id, err := register.Create(t.Context(), client(5), s.creation())
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
	creation := s.creation()
	post := creation.Post
	creation.Post = func(ctx context.Context) (string, error) {
		defer cancel()
		return post(ctx)
	}
	id, err := objects.NewRegister().Create(ctx, client(5), creation)
	require.NoError(t, err)
	require.Equal(t, "a", id)
}

// What could not be looked for is found later, by the time that it may have been made; until then nothing like it is sent.
func TestUnknownOutcomes(t *testing.T) {
	t.Parallel()
	s := &shop{acts: always, answers: never, findErr: errors.New("no network")}
	register := objects.NewRegister()
	_, err := register.Create(t.Context(), client(5), s.creation())
	var unknown *objects.UnknownError
	require.ErrorAs(t, err, &unknown)

	_, err = register.Create(t.Context(), client(5), s.creation())
	require.ErrorContains(t, err, "it was not sent, because the outcome of an equal create is unknown")
	require.Equal(t, 1, s.posts)

	later := objects.NewRegister() // of the next process
	_, err = later.Find(t.Context(), "shop", s.creation().Find, unknown.Window)
	require.EqualError(t, err, "looking for what an earlier create may have created: no network")
	s.findErr = nil
	for name, test := range map[string]struct {
		made     []objects.Found
		own      string
		id, text string
	}{
		"nothing":          {},
		"the one":          {made: []objects.Found{{ID: "a", Created: time.Now()}}, id: "a"},
		"an older one":     {made: []objects.Found{{ID: "a", Created: time.Now().Add(-time.Minute)}}},
		"a later one":      {made: []objects.Found{{ID: "a", Created: time.Now().Add(time.Minute)}}},
		"somebody else's":  {made: []objects.Found{{ID: "a", Created: time.Now()}}, own: "a"},
		"one and another":  {made: []objects.Found{{ID: "a", Created: time.Now()}, {ID: "b", Created: time.Now()}}, text: "an earlier create may have created one; of the shops that match what was sent, 2 are new: a, created "},
		"one, the other's": {made: []objects.Found{{ID: "a", Created: time.Now()}, {ID: "b", Created: time.Now()}}, own: "b", id: "a"},
	} {
		next := objects.NewRegister()
		next.Claim(test.own)
		s.made = test.made
		id, err := next.Find(t.Context(), "shop", s.creation().Find, unknown.Window)
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
	creation := s.creation()
	post := creation.Post
	creation.Post = func(ctx context.Context) (string, error) {
		defer cancel()
		return post(ctx)
	}
	before := time.Now()
	_, err := objects.NewRegister().Create(ctx, client(5), creation)
	after := time.Now()
	var unknown *objects.UnknownError
	require.ErrorAs(t, err, &unknown)
	require.WithinRange(t, unknown.Window.Since, before.Add(-objects.ClockTolerance), after.Add(-objects.ClockTolerance))
	require.WithinRange(t, unknown.Window.Until, before.Add(timeout+objects.ClockTolerance), after.Add(timeout+objects.ClockTolerance))
}
