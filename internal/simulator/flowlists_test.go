package simulator

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

// newNamedSources makes one source connection per name.
func newNamedSources(t *testing.T, options Options, names ...string) *testClient {
	t.Helper()
	_, client := newTestServer(t, options)
	for _, name := range names {
		body := sourceBody()
		body["name"] = name
		status, _, _ := client.do("POST", flowServiceBase+"/sourceConnections", body)
		require.Equal(t, 201, status)
	}
	return client
}

func namesOf(body map[string]any) []string {
	names := []string{}
	items, _ := body["items"].([]any)
	for _, item := range items {
		names = append(names, document.Text(item.(map[string]any), "name"))
	}
	return names
}

func TestListFilters(t *testing.T) {
	client := newNamedSources(t, Options{}, "alpha", "beta", "gamma, delta")
	for filter, want := range map[string][]string{
		`name==beta`:                           {"beta"},
		`name=="beta"`:                         {"beta"},
		`name==alpha,beta`:                     {"alpha", "beta"},
		`name=="gamma, delta"`:                 {"gamma, delta"},
		`name==nothing`:                        {},
		`name>beta`:                            {"gamma, delta"},
		`name<=beta`:                           {"alpha", "beta"},
		`createdAt>1000000000000`:              {"alpha", "beta", "gamma, delta"},
		`createdAt<1000000000000`:              {},
		`data.format==json`:                    {"alpha", "beta", "gamma, delta"},
		`connectionSpec.id==` + specCustomerIO: {"alpha", "beta", "gamma, delta"},
		`name==beta&state==enabled`:            {"beta"},
		`name==beta&state==disabled`:           {},
	} {
		t.Run(filter, func(t *testing.T) {
			query := url.Values{"property": strings.Split(filter, "&")}
			status, _, body := client.do("GET", flowServiceBase+"/sourceConnections?"+query.Encode(), nil)
			require.Equal(t, 200, status)
			require.Equal(t, want, namesOf(body))
		})
	}
}

func TestListFiltersReachIntoArrays(t *testing.T) {
	p := newPipeline(t)
	for filter, want := range map[string]int{
		"sourceConnectionIds[]==" + p.source + ",other":                              1,
		"sourceConnectionIds[]==other":                                               0,
		"inheritedAttributes.targetConnections[].connectionSpec.id==" + specDataLake: 1,
		"inheritedAttributes.properties.isSourceFlow==true":                          1,
		"transformations[].params.mappingId==" + p.mapping:                           1,
		"inheritedAttributes.sourceConnections[].connectionSpec.id==" + specDataLake: 0,
	} {
		_, _, body := p.do("GET", flowServiceBase+"/flows?property="+url.QueryEscape(filter), nil)
		require.Len(t, body["items"], want, filter)
	}
}

func TestListRefusals(t *testing.T) {
	client := newNamedSources(t, Options{}, "alpha")
	for query, code := range map[string]string{
		"limit=1&count=true":        "1401-400",
		"limit=none":                "1453-400",
		"property=name":             "1450-400",
		"property=name!=alpha":      "1440-400",
		"property=name>alpha,beta":  "1443-400",
		"orderby=*name":             "1433-400",
		"orderby=--name":            "1432-400",
		"continuationToken=garbage": "1451-400",
	} {
		t.Run(query, func(t *testing.T) {
			status, _, body := client.do("GET", flowServiceBase+"/sourceConnections?"+query, nil)
			require.Equal(t, 400, status)
			require.Equal(t, errorTypes+"FLOW-"+code, body["type"])
		})
	}
}

func TestListOrder(t *testing.T) {
	client := newNamedSources(t, Options{}, "beta", "alpha", "gamma")
	for order, want := range map[string][]string{
		"":                  {"beta", "alpha", "gamma"},
		"orderby=name":      {"alpha", "beta", "gamma"},
		"orderby=+name":     {"alpha", "beta", "gamma"},
		"orderby=%2Bname":   {"alpha", "beta", "gamma"},
		"orderby=-name":     {"gamma", "beta", "alpha"},
		"orderby=createdAt": {"beta", "alpha", "gamma"},
	} {
		_, _, body := client.do("GET", flowServiceBase+"/sourceConnections?"+order, nil)
		require.Equal(t, want, namesOf(body), order)
	}
}

func TestListPages(t *testing.T) {
	client := newNamedSources(t, Options{PageSize: 2}, "a", "b", "c", "d", "x")
	var pages [][]string
	path := "/sourceConnections?orderby=-name&property=name%3Cx"
	for path != "" {
		status, _, body := client.do("GET", flowServiceBase+path, nil)
		require.Equal(t, 200, status)
		pages = append(pages, namesOf(body))
		path = document.Text(body, "_links", "next", "href")
		if path != "" {
			require.Regexp(t, `^/sourceConnections\?continuationToken=[^&]+$`, path, "relative to the base of the service")
		}
	}
	require.Equal(t, [][]string{{"d", "c"}, {"b", "a"}}, pages)
}

func TestListCount(t *testing.T) {
	client := newNamedSources(t, Options{PageSize: 1}, "a", "b", "c")
	_, _, raw := client.raw("GET", flowServiceBase+"/sourceConnections?count=true", nil)
	require.JSONEq(t, `{"count":3}`, string(raw))
}
