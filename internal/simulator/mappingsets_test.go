package simulator

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

const mappingSetsPath = dataPrepBase + "/mappingSets"

func createMappingSet(t *testing.T, client *testClient, body map[string]any) string {
	t.Helper()
	status, _, created := client.do("POST", mappingSetsPath, body)
	require.Equal(t, 200, status, "documented: 200, not 201: %v", created)
	return created["id"].(string)
}

func mappingTo(t *testing.T, set map[string]any, destination string) map[string]any {
	t.Helper()
	for _, entry := range set["mappings"].([]any) {
		if entry.(map[string]any)["destination"] == destination {
			return entry.(map[string]any)
		}
	}
	require.Fail(t, "no mapping to "+destination)
	return nil
}

func TestMappingSetIsAnsweredRewritten(t *testing.T) {
	_, client := newTestServer(t, Options{})
	status, _, created := client.do("POST", mappingSetsPath, mappingSetBody())
	require.Equal(t, 200, status)
	require.Regexp(t, "^[0-9a-f]{32}$", created["id"])
	require.EqualValues(t, 0, created["version"])
	require.NotContains(t, created, "mappings")

	_, _, set := client.do("GET", mappingSetsPath+"/"+created["id"].(string), nil)
	attribute := mappingTo(t, set, "_acme.email")
	require.Equal(t, "text/x.schema-path", attribute["sourceType"])
	require.Equal(t, "data.identifiers.email", attribute["source"], "sent in the older syntax")
	require.Equal(t, "data.identifiers.email", attribute["sourceAttribute"])
	require.Equal(t, "_acme.email", attribute["destinationXdmPath"])
	require.Regexp(t, "^[0-9a-f]{32}$", attribute["id"])
	require.Equal(t, false, attribute["identity"])

	expression := mappingTo(t, set, "timestamp")
	require.Equal(t, "text/x.aep-xl", expression["sourceType"])
	require.Equal(t, "${timestamp}*1000", expression["sourceExpression"])

	require.Equal(t, "timestamp", set["mappings"].([]any)[0].(map[string]any)["destination"], "not in the order sent")
	require.Equal(t, "application/vnd.adobe.xed-full+json; version=1", set["xdmVersion"], "spelled with a space")
	require.Equal(t, "1.1", set["supportVersion"])
	require.Equal(t, false, set["strictMapping"])
	require.NotEmpty(t, document.Member(set, "outputSchema", "jsonSchema"))
	require.Zero(t, int64(set["createdDate"].(float64))%1000, "dates are rounded to seconds on read")
}

func TestMappingSetOfTheOldSyntax(t *testing.T) {
	_, client := newTestServer(t, Options{})
	id := createMappingSet(t, client, map[string]any{
		"version": 0, "xdmSchema": testSchema, "xdmVersion": "1.0", "id": nil,
		"mappings": []any{map[string]any{
			"destinationXdmPath": "_acme.full_name", "sourceType": "EXPRESSION", "sourceExpression": `concat(first," ",last)`,
			"identity": false, "version": 0,
		}},
	})
	_, _, set := client.do("GET", mappingSetsPath+"/"+id, nil)
	require.Equal(t, testSchema, document.Member(set, "outputSchema", "schemaRef", "id"))
	require.Equal(t, `concat(first," ",last)`, mappingTo(t, set, "_acme.full_name")["source"])
}

func TestPutMakesANewVersion(t *testing.T) {
	_, client := newTestServer(t, Options{})
	id := createMappingSet(t, client, mappingSetBody())
	_, _, before := client.do("GET", mappingSetsPath+"/"+id, nil)

	changed := mappingSetBody()
	changed["mappings"] = []any{map[string]any{
		"destination": "_acme.email", "source": "data.email_address", "sourceType": "text/x.schema-path", "name": "E-mail",
	}}
	status, _, answer := client.do("PUT", mappingSetsPath+"/"+id, changed)
	require.Equal(t, 200, status)
	require.EqualValues(t, 1, answer["version"])
	require.NotContains(t, mappingTo(t, answer, "_acme.email"), "name", "seen: missing from the answer to a PUT")

	_, _, after := client.do("GET", mappingSetsPath+"/"+id+"?version=1", nil)
	require.Equal(t, "data.email_address", mappingTo(t, after, "_acme.email")["source"])
	require.Equal(t, "E-mail", mappingTo(t, after, "_acme.email")["name"])
	require.NotEqual(t, mappingTo(t, before, "_acme.email")["id"], mappingTo(t, after, "_acme.email")["id"])

	_, _, old := client.do("GET", mappingSetsPath+"/"+id+"?version=0", nil)
	require.Equal(t, "data.identifiers.email", mappingTo(t, old, "_acme.email")["source"], "old versions stay readable")
}

func TestVersionWithoutANumber(t *testing.T) {
	for option, want := range map[MappingSetVersion]int{"": 1, MappingSetLatest: 1, MappingSetZero: 0} {
		_, client := newTestServer(t, Options{MappingSetDefaultVersion: option})
		id := createMappingSet(t, client, mappingSetBody())
		client.do("PUT", mappingSetsPath+"/"+id, mappingSetBody())
		_, _, set := client.do("GET", mappingSetsPath+"/"+id, nil)
		require.EqualValues(t, want, set["version"], option)
	}
}

func TestRefusedMappingSets(t *testing.T) {
	_, client := newTestServer(t, Options{})
	entry := func(members ...string) any {
		mapped := map[string]any{"source": "metric", "destination": "_acme.metric", "sourceType": "ATTRIBUTE"}
		for i := 0; i < len(members); i += 2 {
			mapped[members[i]] = members[i+1]
		}
		return mapped
	}
	for name, test := range map[string]struct {
		key   string
		value any
	}{
		"no schema":           {"outputSchema", nil},
		"no mappings":         {"mappings", nil},
		"empty mappings":      {"mappings", []any{}},
		"unknown source type": {"mappings", []any{entry("sourceType", "REGEX")}},
		"no destination":      {"mappings", []any{entry("destination", "")}},
		"no source":           {"mappings", []any{entry("source", "")}},
		"long expression":     {"mappings", []any{entry("sourceType", "EXPRESSION", "source", strings.Repeat("x", 4097))}},
		"not an object":       {"mappings", []any{"metric"}},
	} {
		t.Run(name, func(t *testing.T) {
			body := mappingSetBody()
			body[test.key] = test.value
			status, _, problem := client.do("POST", mappingSetsPath, body)
			require.Equal(t, 400, status)
			require.NotEmpty(t, problem["detail"])
		})
	}
}

func TestMappingSetsThatAreNotThere(t *testing.T) {
	_, client := newTestServer(t, Options{})
	id := createMappingSet(t, client, mappingSetBody())
	for path, want := range map[string]int{
		"/59c0e53a2dc84f7791ecc1b3d6e51d5e": 404,
		"/" + id + "?version=1":             404,
		"/" + id + "?version=newest":        400,
	} {
		status, _, body := client.do("GET", mappingSetsPath+path, nil)
		require.Equal(t, want, status, path)
		require.NotEmpty(t, body["detail"])
	}
}

func TestMappingSetListWantsLimitAndStart(t *testing.T) {
	_, client := newTestServer(t, Options{})
	for _, name := range []string{"first", "second", "third"} {
		body := mappingSetBody()
		body["name"] = name
		createMappingSet(t, client, body)
	}
	status, _, _ := client.do("GET", mappingSetsPath, nil)
	require.Equal(t, 400, status)

	_, _, page := client.do("GET", mappingSetsPath+"?limit=2&start=0", nil)
	require.Len(t, page["data"], 2)
	require.EqualValues(t, 2, document.Member(page, "_page", "limit"))
	require.NotEmpty(t, document.Member(page, "_links", "next", "href"))

	_, _, page = client.do("GET", mappingSetsPath+"?limit=2&start=2", nil)
	require.Len(t, page["data"], 1)

	_, _, page = client.do("GET", mappingSetsPath+"?limit=5&start=0&name=second", nil)
	require.Len(t, page["data"], 1)
}

func TestMappingSetDelete(t *testing.T) {
	_, client := newTestServer(t, Options{})
	id := createMappingSet(t, client, mappingSetBody())
	status, _, _ := client.do("DELETE", mappingSetsPath+"/"+id, nil)
	require.Equal(t, 204, status)
	status, _, _ = client.do("DELETE", mappingSetsPath+"/"+id, nil)
	require.Equal(t, 404, status)

	_, client = newTestServer(t, Options{MappingSetDelete: MappingSetDeleteRefused})
	id = createMappingSet(t, client, mappingSetBody())
	status, header, _ := client.do("DELETE", mappingSetsPath+"/"+id, nil)
	require.Equal(t, 405, status, "the call is not documented")
	require.Contains(t, header.Get("Allow"), "PUT")
}

func TestValidateAnswers200EvenForFailures(t *testing.T) {
	_, client := newTestServer(t, Options{})
	body := mappingSetBody()
	body["mappings"] = []any{
		map[string]any{"destination": "_acme.metric", "source": "metric", "sourceType": "ATTRIBUTE"},
		map[string]any{"destination": "_acme.email", "source": "lower(", "sourceType": "EXPRESSION"},
	}
	status, _, answer := client.do("POST", mappingSetsPath+"/validate", body)
	require.Equal(t, 200, status)
	results := answer["validationResponse"].([]any)
	require.Equal(t, map[string]any{"status": "SUCCESS", "errors": nil}, results[0])
	require.Equal(t, "FAILED", results[1].(map[string]any)["status"])
	failure := results[1].(map[string]any)["errors"].([]any)[0].(map[string]any)
	require.Equal(t, "_acme.email", failure["destination"])
	require.Equal(t, "lower(", failure["source"])
	require.NotEmpty(t, failure["exception"])

	status, _, _ = client.do("POST", mappingSetsPath+"?validate=true", body)
	require.Equal(t, 400, status, "a create validates only when it is asked to")
	status, _, _ = client.do("POST", mappingSetsPath, body)
	require.Equal(t, 200, status)
}

// giveFields adds fields under the tenant namespace of every seeded schema.
func giveFields(t *testing.T, s *Simulator, fields map[string]any) {
	t.Helper()
	for _, object := range s.Objects() {
		if object.Kind == KindFieldGroup {
			require.NoError(t, s.Update(object.Kind, object.ID, func(group map[string]any) {
				maps.Copy(document.Object(group, "definitions", "customFields", "properties", "_acme", "properties"), fields)
			}))
		}
	}
}

func TestValidateRefusesWhatTheSchemaLacks(t *testing.T) {
	s, client := newTestServer(t, Options{})
	schema, _ := s.SeedDataset(DefaultSandbox, "Events")
	giveFields(t, s, map[string]any{"devices": map[string]any{
		"type": "array", "items": map[string]any{"type": "object", "properties": map[string]any{"id": map[string]any{"type": "string"}}},
	}})
	body, mappings := mappingSetBody(), []any{}
	body["outputSchema"] = map[string]any{"schemaRef": map[string]any{"id": schema}}
	destinations := map[string]string{
		"_acme.email": "SUCCESS", "_id": "SUCCESS", "_acme": "SUCCESS", "_acme.email[0]": "FAILED", "_acme.email[*]": "FAILED",
		"_acme.devices": "SUCCESS", "_acme.devices[0].id": "SUCCESS", "_acme.devices[*].id": "SUCCESS", "_acme.devices[0].serial": "FAILED", "_acme.devices[0].id[0]": "FAILED",
		"_acme.emial": "FAILED", "email": "FAILED", "_acme.email.x": "FAILED",
	}
	for destination := range destinations {
		mappings = append(mappings, map[string]any{"destination": destination, "source": "metric", "sourceType": "ATTRIBUTE"})
	}
	body["mappings"] = mappings
	_, _, answer := client.do("POST", mappingSetsPath+"/validate", body)
	for i, result := range answer["validationResponse"].([]any) {
		destination := mappings[i].(map[string]any)["destination"].(string)
		require.Equal(t, destinations[destination], result.(map[string]any)["status"], destination)
	}
}

func TestMappingSetChangedBehindTheBackIsANewVersion(t *testing.T) {
	s, client := newTestServer(t, Options{})
	id := createMappingSet(t, client, mappingSetBody())
	require.NoError(t, s.Update(KindMappingSet, id, func(body map[string]any) {
		body["mappings"].([]any)[0].(map[string]any)["source"] = "data.email_address"
	}))
	_, _, set := client.do("GET", mappingSetsPath+"/"+id, nil)
	require.EqualValues(t, 1, set["version"])
	require.Equal(t, "data.email_address", mappingTo(t, set, "_acme.email")["source"])
}
