package simulator

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

const registryPath = "/schemaregistry"

const (
	classExperienceEvent = "https://ns.adobe.com/xdm/context/experienceevent"
	classProfile         = "https://ns.adobe.com/xdm/context/profile"
	behaviorTimeSeries   = "https://ns.adobe.com/xdm/data/time-series"
)

var (
	rawVersion1  = accept("xed+json; version=1")
	fullVersion1 = accept("xed-full+json; version=1")
	idList       = accept("xed-id+json")
)

func eventFields() map[string]any {
	return map[string]any{
		"type": "object", "title": "Customer.io event",
		"meta:intendedToExtend": []any{classExperienceEvent},
		"definitions": map[string]any{"customFields": map[string]any{"properties": map[string]any{
			"_acme": map[string]any{"type": "object", "properties": map[string]any{
				"email": map[string]any{"type": "string", "title": "email"},
			}},
		}}},
		"allOf": []any{map[string]any{"$ref": "#/definitions/customFields"}},
	}
}

func eventSchema(fieldGroup any) map[string]any {
	return map[string]any{
		"type": "object", "title": "Customer.io events", "description": "Events of Customer.io",
		"allOf": []any{map[string]any{"$ref": classExperienceEvent}, map[string]any{"$ref": fieldGroup}},
	}
}

func (a account) register(collection string, body map[string]any) map[string]any {
	a.t.Helper()
	return a.adobe(http.MethodPost, registryPath+"/tenant/"+collection, body).requireStatus(http.StatusCreated).object()
}

// registered makes a field group and a schema with it.
func (a account) registered() (fieldGroup, schema map[string]any) {
	a.t.Helper()
	fieldGroup = a.register("fieldgroups", eventFields())
	return fieldGroup, a.register("schemas", eventSchema(fieldGroup["$id"]))
}

func schemaPath(schema map[string]any) string {
	return registryPath + "/tenant/schemas/" + escaped(schema["$id"].(string))
}

func fieldGroupPath(fieldGroup map[string]any) string {
	return registryPath + "/tenant/fieldgroups/" + escaped(fieldGroup["$id"].(string))
}

func errorType(refused reply) any { return refused.object()["type"] }

func TestCreatedSchemaIsAnsweredInFull(t *testing.T) {
	account := newAccount(t, Options{})
	fieldGroup, schema := account.registered()
	require.Regexp(t, "^https://ns.adobe.com/acme/mixins/[0-9a-f]{48}$", fieldGroup["$id"])
	require.Regexp(t, "^https://ns.adobe.com/acme/schemas/[0-9a-f]{48}$", schema["$id"])
	require.Regexp(t, `^_acme\.schemas\.[0-9a-f]{48}$`, schema["meta:altId"])
	for name, value := range map[string]any{
		"version":              "1.0",
		"imsOrg":               DefaultOrgID,
		"meta:resourceType":    "schemas",
		"meta:class":           classExperienceEvent,
		"meta:containerId":     "tenant",
		"meta:sandboxType":     "development",
		"meta:tenantNamespace": "_acme",
		"meta:abstract":        false,
		"meta:extensible":      false,
	} {
		require.Equal(t, value, schema[name], name)
	}
	require.Equal(t, []any{true, true}, []any{fieldGroup["meta:extensible"], fieldGroup["meta:abstract"]}, "field groups are made to be extended")
	require.ElementsMatch(t, []any{classExperienceEvent, behaviorTimeSeries, fieldGroup["$id"]}, schema["meta:extends"])
	require.Equal(t, "object", schema["allOf"].([]any)[0].(map[string]any)["meta:xdmType"])
	require.NotEmpty(t, document.Member(schema, "meta:registryMetadata", "eTag"))
}

func TestSchemaIsFoundByEitherID(t *testing.T) {
	account := newAccount(t, Options{})
	_, schema := account.registered()
	byID := account.adobe(http.MethodGet, schemaPath(schema), nil, rawVersion1).requireStatus(http.StatusOK).object()
	byAltID := account.adobe(http.MethodGet, registryPath+"/tenant/schemas/"+schema["meta:altId"].(string), nil, rawVersion1)
	require.Equal(t, byID, byAltID.requireStatus(http.StatusOK).object())
	require.Equal(t, schema, byID)

	missing := account.adobe(http.MethodGet, registryPath+"/tenant/schemas/_acme.schemas.0", nil, rawVersion1)
	require.Equal(t, "http://ns.adobe.com/aep/errors/XDM-1012-404", errorType(missing.requireStatus(http.StatusNotFound)))
	require.NotEmpty(t, document.Member(missing.object(), "report", "registryRequestId"))
}

func TestAcceptHeaderIsMandatory(t *testing.T) {
	account := newAccount(t, Options{})
	_, schema := account.registered()
	for name, test := range map[string]struct {
		path   string
		accept headers
		status int
		code   string
	}{
		"list without":             {registryPath + "/tenant/schemas", nil, 400, "XDM-1006-400"},
		"list with plain JSON":     {registryPath + "/tenant/schemas", headers{"Accept": "application/json"}, 400, "XDM-1006-400"},
		"list with a version":      {registryPath + "/tenant/schemas", rawVersion1, 400, "XDM-1006-400"},
		"lookup without":           {schemaPath(schema), nil, 400, "XDM-1007-400"},
		"lookup without a version": {schemaPath(schema), accept("xed+json"), 400, "XDM-1007-400"},
		"descriptors with xed":     {registryPath + "/tenant/descriptors", accept("xed+json"), 400, "XDM-1008-400"},
	} {
		t.Run(name, func(t *testing.T) {
			refused := account.adobe(http.MethodGet, test.path, nil, test.accept).requireStatus(test.status)
			require.Equal(t, "http://ns.adobe.com/aep/errors/"+test.code, errorType(refused))
		})
	}
	for _, unavailable := range []string{"xed+json; version=2", "xed-odd+json; version=1"} {
		account.adobe(http.MethodGet, schemaPath(schema), nil, accept(unavailable)).requireStatus(http.StatusNotAcceptable)
	}
}

func TestFullFormatResolvesTheFields(t *testing.T) {
	account := newAccount(t, Options{})
	_, schema := account.registered()
	full := account.adobe(http.MethodGet, schemaPath(schema), nil, fullVersion1).requireStatus(http.StatusOK).object()
	require.Equal(t, "email", document.Member(full, "properties", "_acme", "properties", "email", "title"))
	require.Equal(t, "date-time", document.Member(full, "properties", "timestamp", "format"), "from the class")
	require.NotContains(t, full, "allOf")
}

func TestSchemaChanges(t *testing.T) {
	account := newAccount(t, Options{})
	fieldGroup, schema := account.registered()

	patched := account.adobe(http.MethodPatch, schemaPath(schema), `[{"op":"replace","path":"/title","value":"Renamed"}]`)
	require.Equal(t, "Renamed", patched.requireStatus(http.StatusOK).object()["title"])
	require.Equal(t, "1.1", patched.object()["version"])

	replacement := eventSchema(fieldGroup["$id"])
	replacement["description"] = "Replaced"
	replaced := account.adobe(http.MethodPut, schemaPath(schema), replacement).requireStatus(http.StatusOK).object()
	require.Equal(t, "1.2", replaced["version"])
	require.Equal(t, "Customer.io events", replaced["title"])
	require.Equal(t, schema["$id"], replaced["$id"])
	require.NotEqual(t, document.Member(schema, "meta:registryMetadata", "eTag"), document.Member(replaced, "meta:registryMetadata", "eTag"))
}

func TestAddingAFieldToAFieldGroupShowsInItsSchemas(t *testing.T) {
	account := newAccount(t, Options{})
	fieldGroup, schema := account.registered()
	account.adobe(http.MethodPatch, fieldGroupPath(fieldGroup),
		`[{"op":"add","path":"/definitions/customFields/properties/_acme/properties/cio_id","value":{"type":"string"}}]`).
		requireStatus(http.StatusOK)
	full := account.adobe(http.MethodGet, schemaPath(schema), nil, fullVersion1).object()
	require.Contains(t, document.Member(full, "properties", "_acme", "properties"), "cio_id")
	require.Contains(t, document.Member(full, "properties", "_acme", "properties"), "email")
}

func TestTitlesAreUniqueAcrossResourceTypes(t *testing.T) {
	account := newAccount(t, Options{})
	fieldGroup, _ := account.registered()
	taken := eventSchema(fieldGroup["$id"])
	taken["title"] = "Customer.io event"
	refused := account.adobe(http.MethodPost, registryPath+"/tenant/schemas", taken).requireStatus(http.StatusBadRequest)
	require.Equal(t, "http://ns.adobe.com/aep/errors/XDM-1521-400", errorType(refused))
}

func TestUnionTagIsForEver(t *testing.T) {
	account := newAccount(t, Options{})
	_, schema := account.registered()
	account.adobe(http.MethodPatch, schemaPath(schema), `[{"op":"add","path":"/meta:immutableTags","value":["union"]}]`).
		requireStatus(http.StatusOK)
	for _, removal := range []string{
		`[{"op":"remove","path":"/meta:immutableTags"}]`, `[{"op":"replace","path":"/meta:immutableTags","value":[]}]`,
	} {
		refused := account.adobe(http.MethodPatch, schemaPath(schema), removal).requireStatus(http.StatusBadRequest)
		require.Equal(t, "http://ns.adobe.com/aep/errors/XDM-1526-400", errorType(refused))
	}
	account.adobe(http.MethodDelete, schemaPath(schema), nil).requireStatus(http.StatusBadRequest)
}

func TestResourcesAreDeletedFromTheTopDown(t *testing.T) {
	account := newAccount(t, Options{})
	fieldGroup, schema := account.registered()
	dataset := account.createDataset(schema["$id"].(string), "Customer.io events")

	account.adobe(http.MethodDelete, fieldGroupPath(fieldGroup), nil).requireStatus(http.StatusBadRequest)
	account.adobe(http.MethodDelete, schemaPath(schema), nil).requireStatus(http.StatusBadRequest)
	account.adobe(http.MethodDelete, datasetsPath+"/"+dataset, nil).requireStatus(http.StatusOK)
	require.Empty(t, account.adobe(http.MethodDelete, schemaPath(schema), nil).requireStatus(http.StatusNoContent).text)
	account.adobe(http.MethodDelete, fieldGroupPath(fieldGroup), nil).requireStatus(http.StatusNoContent)
	account.adobe(http.MethodDelete, schemaPath(schema), nil).requireStatus(http.StatusNotFound)
	require.Empty(t, account.Objects())
}

func TestSchemaValidation(t *testing.T) {
	account := newAccount(t, Options{})
	fieldGroup := account.register("fieldgroups", eventFields())
	forProfiles := eventFields()
	forProfiles["title"], forProfiles["meta:intendedToExtend"] = "Profile fields", []any{classProfile}
	profileFields := account.register("fieldgroups", forProfiles)
	for name, change := range map[string]func(map[string]any){
		"no title": func(s map[string]any) { delete(s, "title") },
		"array":    func(s map[string]any) { s["type"] = "array" },
		"no class": func(s map[string]any) { s["allOf"] = s["allOf"].([]any)[1:] },
		"an unknown field group": func(s map[string]any) {
			s["allOf"].([]any)[1] = map[string]any{"$ref": "https://ns.adobe.com/acme/mixins/0"}
		},
		"a field group for another class": func(s map[string]any) {
			s["allOf"].([]any)[1] = map[string]any{"$ref": profileFields["$id"]}
		},
	} {
		t.Run(name, func(t *testing.T) {
			schema := eventSchema(fieldGroup["$id"])
			change(schema)
			account.adobe(http.MethodPost, registryPath+"/tenant/schemas", schema).requireStatus(http.StatusBadRequest)
		})
	}
}

func TestFieldGroupValidation(t *testing.T) {
	account := newAccount(t, Options{})
	foreign := eventFields()
	foreign["definitions"] = map[string]any{"customFields": map[string]any{"properties": map[string]any{
		"_other": map[string]any{"type": "object"},
	}}}
	refused := account.adobe(http.MethodPost, registryPath+"/tenant/fieldgroups", foreign).requireStatus(http.StatusBadRequest)
	require.Equal(t, "http://ns.adobe.com/aep/errors/XDM-1021-400", errorType(refused))

	aimless := eventFields()
	delete(aimless, "meta:intendedToExtend")
	account.adobe(http.MethodPost, registryPath+"/tenant/fieldgroups", aimless).requireStatus(http.StatusBadRequest)
}

func TestGlobalClassesAreReadable(t *testing.T) {
	account := newAccount(t, Options{})
	for _, class := range []string{classExperienceEvent, classProfile} {
		read := account.adobe(http.MethodGet, registryPath+"/global/classes/"+escaped(class), nil, fullVersion1)
		require.Equal(t, class, read.requireStatus(http.StatusOK).object()["$id"])
	}
	listed := account.adobe(http.MethodGet, registryPath+"/global/classes", nil, idList).requireStatus(http.StatusOK).object()
	require.Len(t, listed["results"], 2)
	account.adobe(http.MethodGet, registryPath+"/elsewhere/classes", nil, idList).requireStatus(http.StatusNotFound)
}

func TestListsOfSchemas(t *testing.T) {
	account := newAccount(t, Options{})
	fieldGroup := account.register("fieldgroups", eventFields())
	for _, title := range []string{"bravo", "alpha", "charlie"} {
		schema := eventSchema(fieldGroup["$id"])
		schema["title"] = title
		account.register("schemas", schema)
	}
	list := func(query string) ([]any, map[string]any) {
		listed := account.adobe(http.MethodGet, registryPath+"/tenant/schemas"+query, nil, idList).requireStatus(http.StatusOK).object()
		titles := []any{}
		for _, result := range listed["results"].([]any) {
			titles = append(titles, result.(map[string]any)["title"])
		}
		return titles, listed
	}

	titles, listed := list("")
	require.Len(t, titles, 3)
	require.Equal(t, map[string]any{"orderby": "updated", "next": nil, "count": 3.0}, listed["_page"])
	require.Len(t, listed["results"].([]any)[0], 4, "the short form")

	titles, listed = list("?orderby=title&limit=2")
	require.Equal(t, []any{"alpha", "bravo"}, titles)
	require.Equal(t, "bravo", document.Member(listed, "_page", "next"))
	titles, listed = list("?orderby=title&limit=2&start=bravo")
	require.Equal(t, []any{"charlie"}, titles)
	require.Nil(t, document.Member(listed, "_page", "next"))

	titles, _ = list("?orderby=-title")
	require.Equal(t, []any{"charlie", "bravo", "alpha"}, titles)
	titles, _ = list("?property=title==alpha")
	require.Equal(t, []any{"alpha"}, titles)
	titles, _ = list("?orderby=title&property=title~%5E%5Bab%5D")
	require.Equal(t, []any{"alpha", "bravo"}, titles)
	titles, _ = list("?property=meta:extends==" + classProfile)
	require.Empty(t, titles)

	full := account.adobe(http.MethodGet, registryPath+"/tenant/schemas", nil, accept("xed+json")).object()
	require.Contains(t, full["results"].([]any)[0], "allOf")
}

func TestStatsTellTheTenant(t *testing.T) {
	account := newAccount(t, Options{TenantID: "extconndev"})
	account.SeedDataset(DefaultSandbox, "Seeded")
	stats := account.adobe(http.MethodGet, registryPath+"/stats", nil).requireStatus(http.StatusOK).object()
	require.Equal(t, "extconndev", stats["tenantId"])
	require.Equal(t, DefaultOrgID, stats["imsOrg"])
	require.EqualValues(t, 1, document.Member(stats, "counts", "schemas"))
}

func TestSeededSchemaHasTheMandatoryFields(t *testing.T) {
	account := newAccount(t, Options{})
	schemaID, _ := account.SeedDataset(DefaultSandbox, "Seeded")
	full := account.adobe(http.MethodGet, registryPath+"/tenant/schemas/"+escaped(schemaID), nil, fullVersion1).object()
	for _, field := range []string{"cio_id", "id", "email", "event_id", "metric", "object_type", "timestamp"} {
		require.Contains(t, document.Member(full, "properties", "_acme", "properties"), field)
	}
}

func TestSchemaIsChangedBehindTheClientsBack(t *testing.T) {
	account := newAccount(t, Options{})
	_, schema := account.registered()
	require.NoError(t, account.Update(KindSchema, schema["$id"].(string), func(body map[string]any) { body["title"] = "Drifted" }))
	read := account.adobe(http.MethodGet, schemaPath(schema), nil, rawVersion1).object()
	require.Equal(t, "Drifted", read["title"])
	require.Equal(t, "1.1", read["version"])
}
