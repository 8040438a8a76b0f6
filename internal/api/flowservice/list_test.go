package flowservice_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
)

// linked is a page with a link to the next one.
func linked(href string, objects string) httpscript.Answer {
	return httpscript.JSON(200, fmt.Sprintf(`{"items":[%s],"_links":{"next":{"href":%q}}}`, objects, href))
}

func idsOf(connections []flowservice.SourceConnection) []string {
	var ids []string
	for _, connection := range connections {
		ids = append(ids, connection.ID)
	}
	return ids
}

// The token is followed as it stands in the link: encoded already. A page may be empty, and the last has no link.
func TestListFollowsLinks(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t,
		linked("/sourceConnections?continuationToken=a%2Bb+c%3D%3D", `{"id":"1","name":"Shop","createdAt":1596656079576}`),
		linked("https://elsewhere.example.com/other?continuationToken=d%26e", ``),
		items(`{"id":"2","name":"Store"}`, `{"id":"3","name":"Shop","createdAt":"1596656079576","data":null,"params":[1],"unknown":{}}`),
	)
	connections, err := client(service).SourceConnections.List(t.Context(), "")
	require.NoError(t, err)
	require.Equal(t, []string{"1", "2", "3"}, idsOf(connections))
	require.Equal(t, "2020-08-05T19:34:39Z", connections[0].CreatedAt.Format("2006-01-02T15:04:05Z07:00"))
	require.Equal(t, connections[0].CreatedAt, connections[2].CreatedAt)
	require.Equal(t, []string{
		"GET /sourceConnections?limit=100", "GET /sourceConnections?continuationToken=a%2Bb+c%3D%3D", "GET /sourceConnections?continuationToken=d%26e",
	}, service.Calls())
}

// An object that a list has only in part is read by its ID.
func TestWhatAListHasToTell(t *testing.T) {
	t.Parallel()
	client, spec := client(httpscript.Serve(t)), flowservice.SpecRef{ID: "s"}
	require.True(t, client.SourceConnections.Tells(&flowservice.SourceConnection{Name: "Shop", ConnectionSpec: spec}))
	require.False(t, client.SourceConnections.Tells(&flowservice.SourceConnection{ConnectionSpec: spec}))
	require.False(t, client.SourceConnections.Tells(&flowservice.SourceConnection{Name: "Shop"}))
	require.True(t, client.BaseConnections.Tells(&flowservice.BaseConnection{Name: "Shop", ConnectionSpec: spec}))
	require.False(t, client.BaseConnections.Tells(&flowservice.BaseConnection{ConnectionSpec: spec}))
	require.False(t, client.BaseConnections.Tells(&flowservice.BaseConnection{Name: "Shop"}))
}

// A list of empty pages, each with another link, has an end all the same.
func TestListOfEndlessEmptyPages(t *testing.T) {
	t.Parallel()
	pages := 0
	service := httpscript.Serve(t, httpscript.Answer{Handler: func(w http.ResponseWriter, _ *http.Request) {
		pages++
		_, _ = fmt.Fprintf(w, `{"items":[],"_links":{"next":{"href":"/flows?continuationToken=%d"}}}`, pages)
	}})
	_, err := client(service).Flows.List(t.Context(), "Shop")
	require.ErrorContains(t, err, "100 of its pages in a row are empty, and lead to another one")
	require.Equal(t, 100, pages)
}

func TestListOfNothing(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"items":[],"_links":{}}`, `{"items":null}`, `{"items":[],"_links":{"next":{}}}`, `{"items":[],"_links":{"next":null}}`, `{}`} {
		service := httpscript.Serve(t, httpscript.JSON(200, body))
		flows, err := client(service).Flows.List(t.Context(), "Shop")
		require.NoError(t, err, body)
		require.Empty(t, flows, body)
		require.Len(t, service.Calls(), 1, body)
	}
}

// The service filters only by names that mean nothing else in its filter, and what it answers is compared all the same.
func TestListByName(t *testing.T) {
	t.Parallel()
	for name, filter := range map[string]string{
		"Shop": "name==Shop", "Shop EU_2.0-a": "name==Shop EU_2.0-a", "42": "name==42",
		"Shop, EU": "", `"Shop"`: "", "Shop=EU": "", "Läden": "", "a&b": "", " Shop": "", "*": "", "a(b)": "", "<x": "", "[]": "", "a+b": "",
	} {
		service := httpscript.Serve(t, items(fmt.Sprintf(`{"id":"1","name":%q}`, name), `{"id":"2","name":"Shop "}`, `{"id":"3","name":"SHOP"}`, `{"id":"4"}`))
		found, err := client(service).TargetConnections.List(t.Context(), name)
		require.NoError(t, err, name)
		require.Len(t, found, 1, name)
		require.Equal(t, "1", found[0].ID, name)
		query := service.Requests()[0].Query
		require.NotContains(t, query, "+", "a space is to be %%20, as documented")
		values, err := url.ParseQuery(query)
		require.NoError(t, err)
		require.Equal(t, filter, values.Get("property"), name)
	}
}

// A sandbox holds objects of other sources, in forms that are not known here: only those that are looked for are decoded.
func TestListPassesOverStrangers(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, items(
		`{"id":"1","name":"Other","transformations":"none","sourceConnectionIds":7}`, `{"id":"2","name":{"de":"Laden"}}`, `"flow"`, `null`,
		`{"id":"3","name":"Läden","state":"delete-finalizing"}`, `{"id":"4","name":"Läden","state":"Enabled","transformations":null}`,
	))
	found, err := client(service).Flows.List(t.Context(), "Läden")
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, "4", found[0].ID)
}

func TestListThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answers []httpscript.Answer
		message string
		calls   int
	}{
		"a link to the same page": {
			[]httpscript.Answer{linked("/connections?continuationToken=a", ``)}, "leads to a page that was read before", 2,
		},
		"links in a circle": {
			[]httpscript.Answer{
				linked("/connections?continuationToken=a", ``), linked("/connections?continuationToken=b", ``), linked("/connections?continuationToken=a", ``),
			}, "leads to a page that was read before", 3,
		},
		"a link to the first page":  {[]httpscript.Answer{linked("/connections?limit=100&property=name%3D%3DBase", ``)}, "leads to a page that was read before", 1},
		"a link without a token":    {[]httpscript.Answer{linked("/connections", ``)}, "link to the next page is malformed", 1},
		"a link that is none":       {[]httpscript.Answer{linked("/conn%zz?continuationToken=a", ``)}, "link to the next page is malformed", 1},
		"an object in another form": {[]httpscript.Answer{items(`{"id":1,"name":"Base"}`)}, "an object in it has an unexpected form", 1},
		"a refusal on the way": {
			[]httpscript.Answer{linked("/connections?continuationToken=a", `{"id":"1"}`), refused("1451-400", "continuationToken is invalid")},
			"continuationToken is invalid", 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, test.answers...)
			found, err := client(service).BaseConnections.List(t.Context(), "Base")
			require.ErrorContains(t, err, test.message)
			require.ErrorContains(t, err, "/connections")
			require.Empty(t, found)
			require.Len(t, service.Calls(), test.calls)
		})
	}
}

// The time of creation is the service's, and stays out of requests.
func TestCreatedAtIsNotSent(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(201, receipt))
	_, err := client(service).SourceConnections.Create(t.Context(), flowservice.SourceConnection{Name: "Shop"})
	require.NoError(t, err)
	require.NotContains(t, service.Requests()[0].Body, "created")
}

func TestRunsEndWithTheLimit(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t,
		linked("/runs?continuationToken=a", `{"id":"1","createdAt":1},{"id":"2","createdAt":3}`),
		linked("/runs?continuationToken=b", `{"id":"3","createdAt":2},{"id":"4","createdAt":9}`),
	)
	runs, err := client(service).ListRuns(t.Context(), sourceID, 3)
	require.NoError(t, err)
	var ids []string
	for _, run := range runs {
		ids = append(ids, run.ID)
	}
	require.Equal(t, []string{"2", "3", "1"}, ids)
	require.Equal(t, []string{"GET /runs?limit=3&orderby=-createdAt&property=flowId%3D%3D" + sourceID, "GET /runs?continuationToken=a"}, service.Calls())
}

func TestRunOfAnotherForm(t *testing.T) {
	t.Parallel()
	_, err := client(httpscript.Serve(t, items(`{"id":7}`))).ListRuns(t.Context(), sourceID, 3)
	require.ErrorContains(t, err, "a run in it has an unexpected form")
}

func TestFlowSpecsOfASource(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t,
		linked("/flowSpecs?continuationToken=a", `{"id":"b","sourceConnectionSpecIds":["s"]},{"id":"x","sourceConnectionSpecIds":null},{"id":"y"}`),
		items(`{"id":"a","sourceConnectionSpecIds":["r","s"]}`, `{"id":"b","sourceConnectionSpecIds":["s"]}`, `{"id":"z","sourceConnectionSpecIds":"s"}`),
	)
	ids, err := client(service).FlowSpecsOfSource(t.Context(), "s")
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b"}, ids)
}
