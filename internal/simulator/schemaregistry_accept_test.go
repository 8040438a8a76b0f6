package simulator

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestXDMFormatsAreTheEqualsOfXED(t *testing.T) {
	account := newAccount(t, Options{})
	fieldGroup, schema := account.registered()
	lookup := func(format string) map[string]any {
		return account.adobe(http.MethodGet, schemaPath(schema), nil, accept(format+"+json; version=1")).
			requireStatus(http.StatusOK).object()
	}
	for xdm, xed := range map[string]string{
		"xdm": "xed", "xdm-full": "xed-full", "xdm-full-notext": "xed-full-notext",
		"xdm-full-flat": "xed-full", "xdm-full-deprecated": "xed-full",
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

func TestDescFormatsIncludeTheDescriptorsOfTheSchema(t *testing.T) {
	account := newAccount(t, Options{})
	_, schema := account.registered()
	other := account.register("schemas", map[string]any{
		"type": "object", "title": "Other events", "allOf": []any{map[string]any{"$ref": classExperienceEvent}},
	})
	descriptor := account.register("descriptors", identityOf(schema))
	for format, title := range map[string]any{"xed-full-desc": schema["title"], "xdm-desc": schema["title"], "xed-full-desc-notext": nil} {
		described := account.adobe(http.MethodGet, schemaPath(schema), nil, accept(format+"+json; version=1")).object()
		require.Equal(t, []any{descriptor}, described["meta:descriptors"], format)
		require.Equal(t, title, described["title"], format)
	}
	described := account.adobe(http.MethodGet, schemaPath(other), nil, accept("xed-full-desc+json; version=1")).object()
	require.Equal(t, []any{}, described["meta:descriptors"])
	plain := account.adobe(http.MethodGet, schemaPath(schema), nil, fullVersion1).object()
	require.NotContains(t, plain, "meta:descriptors")
}

func TestTheTypeOfASchemaMayBeLeftOut(t *testing.T) {
	account := newAccount(t, Options{})
	body := eventSchema(account.register("fieldgroups", eventFields())["$id"])
	delete(body, "type")
	require.Equal(t, "object", account.register("schemas", body)["type"])
}

func TestBehaviorsAreReadable(t *testing.T) {
	account := newAccount(t, Options{})
	listed := account.adobe(http.MethodGet, registryPath+"/global/behaviors", nil, idList).requireStatus(http.StatusOK).object()
	require.Len(t, listed["results"], 2)
	read := account.adobe(http.MethodGet, registryPath+"/global/behaviors/"+escaped(behaviorTimeSeries), nil, fullVersion1)
	require.Equal(t, "behaviors", read.requireStatus(http.StatusOK).object()["meta:resourceType"])
	account.adobe(http.MethodGet, registryPath+"/global/behaviors/_xdm.data.adhoc", nil, fullVersion1).
		requireStatus(http.StatusNotFound)
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
