package catalog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// page is an answer with the datasets of the given numbers, all of one name.
func page(first, last int) httpscript.Answer {
	var datasets []string
	for i := first; i <= last; i++ {
		datasets = append(datasets, fmt.Sprintf(`"%d":{"name":"Events"}`, i))
	}
	return httpscript.JSON(200, "{"+strings.Join(datasets, ",")+"}")
}

func client(service *httpscript.Service) *catalog.Client {
	return catalog.New(transport.New(transport.Config{Service: catalog.Service, BaseURL: service.URL, Timeout: 10 * time.Second}), objects.NewRegister())
}

func TestPages(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answers []httpscript.Answer
		found   int
		message string
	}{
		"one":                      {[]httpscript.Answer{page(1, 99)}, 99, ""},
		"full ones":                {[]httpscript.Answer{page(1, 100), page(101, 200), page(201, 200)}, 200, ""},
		"moved on in between":      {[]httpscript.Answer{page(1, 100), page(98, 150)}, 150, ""},
		"always the same":          {[]httpscript.Answer{page(1, 100)}, 0, "one of its pages repeats what was read before"},
		"two that take turns":      {[]httpscript.Answer{page(1, 100), page(101, 200), page(1, 100), page(101, 200)}, 0, "one of its pages repeats what was read before"},
		"a list in place of a map": {[]httpscript.Answer{httpscript.JSON(200, `[]`)}, 0, "unexpected form"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, test.answers...)
			found, err := client(service).Datasets.List(t.Context(), "Events")
			if test.message != "" {
				require.ErrorContains(t, err, test.message)
				return
			}
			require.NoError(t, err)
			require.Len(t, found, test.found)
		})
	}
}

// The oldest come first, so that one created meanwhile does not move the others to another page.
func TestListIsOrdered(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, page(1, 100), page(101, 101))
	_, err := client(service).Datasets.List(t.Context(), "Events")
	require.NoError(t, err)
	require.Equal(t, []string{
		"GET /dataSets?limit=100&name=Events&orderBy=asc%3Acreated&start=0", "GET /dataSets?limit=100&name=Events&orderBy=asc%3Acreated&start=100",
	}, service.Calls())
}

// Tags that are gone already are not removed, since the service would refuse that, and names are escaped.
func TestUpdateTags(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `{"63ec":{"name":"Events","tags":{"a/b~1c":["x"]}}}`), httpscript.JSON(200, `["@/dataSets/63ec"]`))
	err := client(service).Datasets.Update(t.Context(), "63ec", catalog.DatasetChange{
		Description: &objects.Text{}, Tags: map[string][]string{"a/b~1c": nil, "gone": nil},
	}.Patch)
	require.NoError(t, err)
	patch := service.Requests()[1]
	require.Equal(t, "application/json-patch+json", patch.Header.Get("Content-Type"))
	require.JSONEq(t, `[{"op": "add", "path": "/description", "value": ""}, {"op": "remove", "path": "/tags/a~1b~01c"}]`, patch.Body)
}

// A patch is refused when it is repeated after its answer was lost: what is left to do is then looked at again.
func TestRefusedUpdate(t *testing.T) {
	t.Parallel()
	tagged, refused := httpscript.JSON(200, `{"63ec":{"name":"Events","tags":{"a":["x"]}}}`), httpscript.JSON(400, `{"detail":"no such tag"}`)
	for name, test := range map[string]struct {
		answers []httpscript.Answer
		message string
		calls   int
	}{
		"done already":   {[]httpscript.Answer{tagged, refused, httpscript.JSON(200, `{"63ec":{"name":"Events"}}`)}, "", 3},
		"refused anyway": {[]httpscript.Answer{tagged, refused, tagged, refused}, "no such tag", 4},
	} {
		service := httpscript.Serve(t, test.answers...)
		err := client(service).Datasets.Update(t.Context(), "63ec", catalog.DatasetChange{Tags: map[string][]string{"a": nil}}.Patch)
		require.Len(t, service.Calls(), test.calls, name)
		if test.message == "" {
			require.NoError(t, err, name)
			continue
		}
		require.ErrorContains(t, err, test.message, name)
	}
}

// Another client changed the same text since the change was planned.
func TestUpdateOfWhatOthersChanged(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `{"63ec":{"name":"Theirs","description":"old"}}`))
	err := client(service).Datasets.Update(t.Context(), "63ec", catalog.DatasetChange{
		Name: &objects.Text{From: "Old", To: "New"}, Description: &objects.Text{From: "old", To: "new"},
	}.Patch)
	require.EqualError(t, err, `its name was "Old" when this change to "New" was planned, and is "Theirs" now`)
	require.Equal(t, []string{"GET /dataSets/63ec"}, service.Calls())
}
