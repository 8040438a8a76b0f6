package simulator

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

func TestXDMFormatsAreTheEqualsOfXED(t *testing.T) {
	account := newAccount(t, Options{})
	fieldGroup, schema := account.registered()
	lookup := func(format string) map[string]any {
		return account.adobe(http.MethodGet, schemaPath(schema), nil, accept(format+"+json; version=1")).
			requireStatus(http.StatusOK).object()
	}
	for xdm, xed := range map[string]string{
		"xdm": "xed", "xdm-full": "xed-full",
	} {
		require.Equal(t, lookup(xed), lookup(xdm), xdm)
	}

	list := func(format string) []any {
		listed := account.adobe(http.MethodGet, registryPath+"/tenant/fieldgroups", nil, accept(format)).
			requireStatus(http.StatusOK).object()
		return listed["results"].([]any)
	}
	require.Equal(t, []any{fieldGroup}, list("xdm+json"))
	require.Len(t, list("xdm-id+json")[0], 4, "the short form")
	account.adobe(http.MethodGet, registryPath+"/tenant/fieldgroups", nil, accept("xdm-full+json")).
		requireStatus(http.StatusBadRequest)
}

func TestTheTypeOfASchemaMayBeLeftOut(t *testing.T) {
	account := newAccount(t, Options{})
	body := eventSchema(account.register("fieldgroups", eventFields())["$id"])
	delete(body, "type")
	require.Equal(t, "object", account.register("schemas", body)["type"])
}

func TestFormatsThatAreDocumentedAndNotSimulatedSaySo(t *testing.T) {
	account := newAccount(t, Options{})
	_, schema := account.registered()
	for path, format := range map[string]string{
		schemaPath(schema):                    "xed-full-notext+json; version=1",
		schemaPath(schema) + "?":              "xed-full-desc+json; version=1",
		registryPath + "/tenant/descriptors":  "xdm-link+json",
		registryPath + "/tenant/descriptors?": "xdm-id+json",
	} {
		refused := account.adobe(http.MethodGet, path, nil, accept(format)).requireStatus(http.StatusNotImplemented)
		require.Contains(t, refused.object()["detail"], "The simulator does not have the format", format)
	}
}

// Fields stand in one tree only where the full form is asked for. Lists and raw lookups keep the references, and no description has a form with
// flat paths.
func TestResolvedFieldsOnlyWhereAskedFor(t *testing.T) {
	account := newAccount(t, Options{})
	_, schema := account.registered()
	lookup := func(format string) reply {
		return account.adobe(http.MethodGet, schemaPath(schema), nil, accept(format+"+json; version=1"))
	}
	raw, full := lookup("xed").requireStatus(http.StatusOK).object(), lookup("xed-full").requireStatus(http.StatusOK).object()
	require.Contains(t, raw, "allOf")
	require.NotContains(t, raw, "properties")
	require.NotContains(t, full, "allOf")
	require.Contains(t, document.Object(full, "properties", "_acme", "properties"), "email")
	listed := account.adobe(http.MethodGet, registryPath+"/tenant/schemas", nil, accept("xed+json")).requireStatus(http.StatusOK).object()
	require.Equal(t, []any{raw}, listed["results"])
	for _, flat := range []string{"xdm-full-flat", "xed-full-flat"} {
		lookup(flat).requireStatus(http.StatusNotAcceptable)
	}
}

func TestListsCompareProperties(t *testing.T) {
	account := newAccount(t, Options{})
	fieldGroup, schema := account.registered()
	account.adobe(http.MethodPatch, schemaPath(schema), `[{"op":"add","path":"/description","value":"changed"}]`).
		requireStatus(http.StatusOK)
	other := eventSchema(fieldGroup["$id"])
	other["title"] = "Other events"
	account.register("schemas", other)
	for property, want := range map[string]int{
		"version>1.0": 1, "version>=1.0": 2, "version<1.1": 1, "version<=1.1": 2, "version<1.0": 0,
		"title!=Other events": 1, "description": 2, "nothing>1": 0,
	} {
		listed := account.adobe(http.MethodGet, registryPath+"/tenant/schemas?property="+escaped(property), nil, idList)
		require.Len(t, listed.requireStatus(http.StatusOK).object()["results"], want, property)
	}
}
