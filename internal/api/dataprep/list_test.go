package dataprep_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
)

func set(id string, version int, name string) string {
	return fmt.Sprintf(`{"id":%q,"version":%d,"name":%q,"createdDate":1614901255000,"mappings":[{"source":"metric","destination":"_acme.metric","sourceType":"text/x.schema-path"}]}`,
		id, version, name)
}

// pages is one page of a list, with the limit that the service went by.
func pages(limit string, sets ...string) httpscript.Answer {
	return httpscript.JSON(200, fmt.Sprintf(`{"data":[%s],"_page":{"count":0%s},"_links":{}}`, strings.Join(sets, ","), limit))
}

func TestListMappingSets(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, pages(`,"limit":100`, set("a", 2, "Shop"), set("b", 0, "Store"), `{"id":"c","version":"1","mappings":null}`))
	sets, err := client(service).MappingSets.List(t.Context(), "")
	require.NoError(t, err)
	require.Equal(t, dataprep.MappingSet{
		ID: "a", Version: 2, Name: "Shop", CreatedAt: time.UnixMilli(1614901255000).UTC(),
		Mappings: []dataprep.Mapping{{Destination: "_acme.metric", Source: "metric", SourceType: dataprep.SourceAttribute}},
	}, sets[0])
	require.Equal(t, []dataprep.MappingSet{{ID: "c", Version: 1}}, sets[2:])
	require.Equal(t, []string{"GET /mappingSets?limit=100&orderBy=-createdDate&start=0"}, service.Calls())
}

// A page that is shorter than the limit is the last; where the service names no limit, an empty one is.
func TestListEnds(t *testing.T) {
	t.Parallel()
	full := func(from, count int) []string {
		var sets []string
		for i := range count {
			sets = append(sets, set(strconv.Itoa(from+i), 0, "Shop"))
		}
		return sets
	}
	for name, test := range map[string]struct {
		answers []httpscript.Answer
		starts  []string
		found   int
	}{
		"full pages, then a short one":       {[]httpscript.Answer{pages(`,"limit":100`, full(0, 100)...), pages(`,"limit":100`, full(100, 7)...)}, []string{"0", "100"}, 107},
		"full pages, then an empty one":      {[]httpscript.Answer{pages(`,"limit":100`, full(0, 100)...), pages(`,"limit":100`)}, []string{"0", "100"}, 100},
		"a smaller limit of the service's":   {[]httpscript.Answer{pages(`,"limit":50`, full(0, 50)...), pages(`,"limit":50`, full(50, 1)...)}, []string{"0", "50"}, 51},
		"a limit that is not told":           {[]httpscript.Answer{pages(``, full(0, 3)...), pages(``, full(3, 3)...), pages(``)}, []string{"0", "3", "6"}, 6},
		"one made meanwhile shifts the rest": {[]httpscript.Answer{pages(`,"limit":2`, full(0, 2)...), pages(`,"limit":2`, full(1, 2)...), pages(`,"limit":2`)}, []string{"0", "2", "4"}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, test.answers...)
			sets, err := client(service).MappingSets.List(t.Context(), "Shop")
			require.NoError(t, err)
			require.Len(t, sets, test.found)
			var starts []string
			for _, request := range service.Requests() {
				query, err := url.ParseQuery(request.Query)
				require.NoError(t, err)
				starts = append(starts, query.Get("start"))
			}
			require.Equal(t, test.starts, starts)
		})
	}
}

func TestListOfNoSets(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"data":[],"_page":{"count":0,"limit":100}}`, `{"data":null}`, `{}`} {
		service := httpscript.Serve(t, httpscript.JSON(200, body))
		sets, err := client(service).MappingSets.List(t.Context(), "Shop")
		require.NoError(t, err, body)
		require.Empty(t, sets, body)
		require.Len(t, service.Calls(), 1, body)
	}
}

// Whether the list shows more than the newest version of a set is not documented. The newest has the name that counts.
func TestListShowsTheNewestVersion(t *testing.T) {
	t.Parallel()
	answer := pages(`,"limit":100`, set("a", 1, "Shop"), set("a", 3, "Läden"), set("a", 2, "Läden"), set("b", 0, "Läden"))
	sets, err := client(httpscript.Serve(t, answer)).MappingSets.List(t.Context(), "Läden")
	require.NoError(t, err)
	require.Len(t, sets, 2)
	require.Equal(t, int64(3), sets[0].Version)
	sets, err = client(httpscript.Serve(t, answer)).MappingSets.List(t.Context(), "Shop")
	require.NoError(t, err)
	require.Empty(t, sets)
}

// The service filters only by plain names, and what it answers is compared all the same.
func TestListByName(t *testing.T) {
	t.Parallel()
	for name, plain := range map[string]bool{"Shop EU_2.0-a": true, "Shop, EU": false, "Läden": false, `"Shop"`: false} {
		service := httpscript.Serve(t, pages(`,"limit":100`, set("a", 0, name), set("b", 0, name+" 2"), `{"id":"c","version":0,"mappings":"none"}`))
		sets, err := client(service).MappingSets.List(t.Context(), name)
		require.NoError(t, err, name)
		require.Len(t, sets, 1, name)
		query, err := url.ParseQuery(service.Requests()[0].Query)
		require.NoError(t, err)
		require.Equal(t, plain, query.Get("name") == name, name)
		require.Equal(t, plain, query.Has("name"), name)
	}
}

func TestListThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answers []httpscript.Answer
		message string
		calls   int
	}{
		"pages that repeat":         {[]httpscript.Answer{pages(`,"limit":1`, set("a", 0, "Shop"))}, "repeats what was read before", 2},
		"an object in another form": {[]httpscript.Answer{pages(``, `{"id":"a","name":"Shop","mappings":"none"}`)}, "a mapping set in it has an unexpected form", 1},
		"a refusal on the way":      {[]httpscript.Answer{pages(``, set("a", 0, "Shop")), httpscript.JSON(400, `{"message":"start is wrong"}`)}, "start is wrong", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, test.answers...)
			_, err := client(service).MappingSets.List(t.Context(), "Shop")
			require.ErrorContains(t, err, test.message)
			require.Len(t, service.Calls(), test.calls)
		})
	}
}

func TestReadOfACertainVersion(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, set("a", 3, "Shop")))
	read, err := client(service).MappingSetVersion(t.Context(), "a", 3)
	require.NoError(t, err)
	require.Equal(t, int64(3), read.Version)
	require.Equal(t, []string{"GET /mappingSets/a?version=3"}, service.Calls())
	_, err = client(service).MappingSetVersion(t.Context(), "a", 2)
	require.ErrorContains(t, err, "it is of version 3, and version 2 was asked for")
	require.False(t, dataprep.IsNoVersion(err))
	for status, absent := range map[int]bool{http.StatusNotFound: true, http.StatusBadRequest: true, http.StatusForbidden: false} {
		_, err = client(httpscript.Serve(t, httpscript.JSON(status, `{"message":"no"}`))).MappingSetVersion(t.Context(), "a", 2)
		require.Equal(t, absent, dataprep.IsNoVersion(err), status)
	}
}

// Those who wait for different sets share one look at the list. No filter finds some of them, so it is the list of all.
func TestThoseWhoWaitShareTheWholeList(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, pages(`,"limit":100`, set("a", 2, "Shop"), set("b", 0, "Store")))
	sets := client(service).MappingSets
	var group sync.WaitGroup
	for _, id := range []string{"a", "b"} {
		defer sets.Expect()()
		group.Go(func() {
			found, listed, err := sets.Look(t.Context(), id)
			if err != nil || !listed || found.ID != id {
				t.Error(id, found, listed, err)
			}
		})
	}
	group.Wait()
	require.Equal(t, []string{"GET /mappingSets?limit=100&orderBy=-createdDate&start=0"}, service.Calls())
}
