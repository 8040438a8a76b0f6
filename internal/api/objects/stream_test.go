package objects

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// firstOf are the IDs of the first few objects of a stream.
func firstOf(t *testing.T, c *Collection[thing], number int) (ids []string, err error) {
	t.Helper()
	for one, err := range c.Stream(t.Context()) {
		if err != nil {
			return ids, err
		}
		if ids = append(ids, one.ID); len(ids) == number {
			break
		}
	}
	return ids, nil
}

func TestStreamReadsNoFurtherThanTheCaller(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b", "c", "d", "e", "f", "g")
	c := service.collection(t)
	first, err := firstOf(t, c, 3)
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b", "c"}, first)
	require.Equal(t, []string{"GET /things?start=0"}, service.made())
	four, err := firstOf(t, c, 4) // goes on where the other one ended
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b", "c", "d"}, four)
	require.Equal(t, []string{"GET /things?start=3"}, service.made())
	all, err := firstOf(t, c, -1)
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b", "c", "d", "e", "f", "g"}, all)
	require.Equal(t, []string{"GET /things?start=6"}, service.made())
}

// What a stream has read answers reads, once a read by ID agrees with it.
func TestStreamAnswersReads(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b", "c", "d")
	c := service.collection(t)
	_, err := firstOf(t, c, -1)
	require.NoError(t, err)
	service.made()
	for _, id := range []string{"b", "a", "d"} {
		_, err := c.Get(FromLists(t.Context()), id)
		require.NoError(t, err)
	}
	require.Equal(t, []string{"GET /things/b"}, service.made())
}

func TestStreamThatDiffersFromAReadAnswersNone(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b")
	service.shown = func(one thing) thing { one.Note = "short"; return one }
	c := service.collection(t)
	_, err := firstOf(t, c, -1)
	require.NoError(t, err)
	service.made()
	for _, id := range []string{"a", "b"} {
		object, err := c.Get(FromLists(t.Context()), id)
		require.NoError(t, err)
		require.Empty(t, object.Note)
	}
	require.Equal(t, []string{"GET /things/a", "GET /things/b"}, service.made())
}

func TestStreamEndsWithTheErrorOfAPage(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b", "c", "d")
	service.refuse = func(call string) int {
		if call == "GET /things?start=3" {
			return 403
		}
		return 0
	}
	c := service.collection(t)
	ids, err := firstOf(t, c, -1)
	require.ErrorContains(t, err, "refused")
	require.Equal(t, []string{"a", "b", "c"}, ids)
	service.refuse = func(string) int { return 0 }
	ids, err = firstOf(t, c, -1) // the page is asked for again
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b", "c", "d"}, ids)
}

// A list that is too old for reads is still gone through to its end by whoever began with it.
func TestStreamOutlivesTheAgeOfAList(t *testing.T) {
	t.Parallel()
	service := newThings("a", "b", "c", "d")
	c := service.collection(t)
	var ids []string
	for one, err := range c.Stream(t.Context()) {
		require.NoError(t, err)
		if ids = append(ids, one.ID); len(ids) == 1 {
			c.roster().list.begun = time.Now().Add(-ListAge - time.Second)
			_, err := firstOf(t, c, 1) // which begins anew
			require.NoError(t, err)
		}
	}
	require.Equal(t, []string{"a", "b", "c", "d"}, ids)
	calls := service.made()
	slices.Sort(calls)
	require.Equal(t, []string{"GET /things?start=0", "GET /things?start=0", "GET /things?start=3"}, calls)
}

func TestKnownObjectAnswersReads(t *testing.T) {
	t.Parallel()
	service := newThings("a")
	c := service.collection(t)
	read, err := c.Get(t.Context(), "a")
	require.NoError(t, err)
	again, err := c.Get(c.Knowing(FromLists(t.Context()), read), "a")
	require.NoError(t, err)
	require.Same(t, read, again)
	_, err = c.Get(c.Knowing(t.Context(), read), "a") // where no list may answer, neither may this
	require.NoError(t, err)
	require.Equal(t, []string{"GET /things/a", "GET /things/a"}, service.made())
}
