package simulator

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

const datasetsPath = "/catalog/dataSets"

func datasetOf(schemaID, name string) map[string]any {
	return map[string]any{
		"name": name,
		"schemaRef": map[string]any{
			"id": schemaID, "contentType": "application/vnd.adobe.xed-full+json;version=1",
		},
		"tags": map[string]any{"unifiedProfile": []any{"enabled:true"}},
	}
}

// createDataset answers the ID of a dataset made over the API.
func (a account) createDataset(schemaID, name string) string {
	a.t.Helper()
	created := a.adobe(http.MethodPost, datasetsPath, datasetOf(schemaID, name)).requireStatus(http.StatusCreated)
	return strings.TrimPrefix(created.list()[0].(string), "@/dataSets/")
}

func (a account) dataset(id string) map[string]any {
	a.t.Helper()
	read := a.adobe(http.MethodGet, datasetsPath+"/"+id, nil).requireStatus(http.StatusOK).object()
	return read[id].(map[string]any)
}

func TestDatasetLifecycle(t *testing.T) {
	account := newAccount(t, Options{})
	schemaID, _ := account.SeedDataset(DefaultSandbox, "Seeded")

	created := account.adobe(http.MethodPost, datasetsPath, datasetOf(schemaID, "Customer.io events"))
	created.requireStatus(http.StatusCreated)
	reference := created.list()[0].(string)
	require.Regexp(t, "^@/dataSets/[0-9a-f]{24}$", reference)
	id := strings.TrimPrefix(reference, "@/dataSets/")
	require.True(t, strings.HasSuffix(created.header.Get("Location"), datasetsPath+"/"+id))

	read := account.dataset(id)
	require.Equal(t, "Customer.io events", read["name"])
	require.Equal(t, "1.0.0", read["version"])
	require.Equal(t, DefaultOrgID, read["imsOrg"])
	require.Equal(t, []any{"enabled:true"}, document.Member(read, "tags", "unifiedProfile"))
	require.Equal(t, []any{"customer_io_events"}, document.Member(read, "tags", "adobe/pqs/table"), "added by the service")

	deleted := account.adobe(http.MethodDelete, datasetsPath+"/"+id, nil).requireStatus(http.StatusOK)
	require.Equal(t, []any{reference}, deleted.list())
	account.adobe(http.MethodGet, datasetsPath+"/"+id, nil).requireStatus(http.StatusNotFound)
	again := account.adobe(http.MethodDelete, datasetsPath+"/"+id, nil).requireStatus(http.StatusOK)
	require.Empty(t, again.list(), "documented: an empty array when nothing matched")
}

func TestDatasetValidation(t *testing.T) {
	account := newAccount(t, Options{})
	schemaID, _ := account.SeedDataset(DefaultSandbox, "Seeded")
	for name, change := range map[string]func(map[string]any){
		"no name":                func(d map[string]any) { delete(d, "name") },
		"no schema":              func(d map[string]any) { delete(d, "schemaRef") },
		"an unknown schema":      func(d map[string]any) { d["schemaRef"].(map[string]any)["id"] = "https://ns.adobe.com/acme/schemas/0" },
		"no content type":        func(d map[string]any) { delete(d["schemaRef"].(map[string]any), "contentType") },
		"a foreign type":         func(d map[string]any) { d["schemaRef"].(map[string]any)["contentType"] = "application/json" },
		"a tag without an array": func(d map[string]any) { d["tags"] = map[string]any{"unifiedProfile": "enabled:true"} },
	} {
		t.Run(name, func(t *testing.T) {
			dataset := datasetOf(schemaID, "Customer.io events")
			change(dataset)
			account.adobe(http.MethodPost, datasetsPath, dataset).requireStatus(http.StatusBadRequest)
		})
	}
}

func TestSchemasOfAnotherSandboxAreUnknown(t *testing.T) {
	account := newAccount(t, Options{})
	schemaID, _ := account.SeedDataset("prod", "Seeded")
	account.adobe(http.MethodPost, datasetsPath, datasetOf(schemaID, "x")).requireStatus(http.StatusBadRequest)
}

func TestDatasetsAreBehindTheGateway(t *testing.T) {
	account := newAccount(t, Options{})
	account.adobe(http.MethodGet, datasetsPath, nil, headers{"x-api-key": ""}).requireStatus(http.StatusForbidden)
	account.adobe(http.MethodGet, datasetsPath, nil, headers{"x-sandbox-name": "nowhere"}).requireStatus(http.StatusNotFound)
}

func TestPatchReplacesMembersAndKeepsTheServicesTags(t *testing.T) {
	account := newAccount(t, Options{})
	schemaID, _ := account.SeedDataset(DefaultSandbox, "Seeded")
	id := account.createDataset(schemaID, "Customer.io events")

	changed := account.adobe(http.MethodPatch, datasetsPath+"/"+id, map[string]any{
		"description": "All events", "tags": map[string]any{"unifiedIdentity": []any{"enabled:true"}},
	}).requireStatus(http.StatusOK)
	require.Equal(t, []any{"@/dataSets/" + id}, changed.list())

	read := account.dataset(id)
	require.Equal(t, "All events", read["description"])
	require.Equal(t, "1.0.1", read["version"])
	require.NotContains(t, read["tags"], "unifiedProfile", "objects are replaced, not merged")
	require.Contains(t, read["tags"], "adobe/pqs/table")
}

func TestJSONPatchOfADataset(t *testing.T) {
	account := newAccount(t, Options{})
	schemaID, _ := account.SeedDataset(DefaultSandbox, "Seeded")
	id := account.createDataset(schemaID, "Customer.io events")
	jsonPatch := headers{"Content-Type": "application/json-patch+json"}

	account.adobe(http.MethodPatch, datasetsPath+"/"+id,
		`[{"op":"add","path":"/tags/unifiedIdentity","value":["enabled:true"]}]`, jsonPatch).requireStatus(http.StatusOK)
	tags := account.dataset(id)["tags"]
	require.Contains(t, tags, "unifiedProfile")
	require.Contains(t, tags, "unifiedIdentity")

	account.adobe(http.MethodPatch, datasetsPath+"/"+id,
		`[{"op":"remove","path":"/tags/nowhere"}]`, jsonPatch).requireStatus(http.StatusBadRequest)
}

func TestSchemaOfADatasetStays(t *testing.T) {
	account := newAccount(t, Options{})
	one, id := account.SeedDataset(DefaultSandbox, "One")
	other, _ := account.SeedDataset(DefaultSandbox, "Other")
	account.adobe(http.MethodPatch, datasetsPath+"/"+id, map[string]any{
		"schemaRef": datasetOf(other, "")["schemaRef"],
	}).requireStatus(http.StatusBadRequest)

	require.Equal(t, map[string]any{
		"id": one, "contentType": "application/vnd.adobe.xed-full+json;version=1",
	}, account.dataset(id)["schemaRef"])
}

var datasetID = regexp.MustCompile(`"([0-9a-f]{24})":`)

// idsInOrder are the IDs of a list as they stand in the text, which is the order of the page.
func idsInOrder(listed reply) []string {
	var ids []string
	for _, match := range datasetID.FindAllStringSubmatch(listed.text, -1) {
		ids = append(ids, match[1])
	}
	return ids
}

func TestListsOfDatasetsKeepTheirOrder(t *testing.T) {
	account := newAccount(t, Options{PageSize: 4})
	schemaID, seeded := account.SeedDataset(DefaultSandbox, "a")
	ids := []string{seeded}
	for _, name := range []string{"b", "c", "d", "e"} {
		ids = append(ids, account.createDataset(schemaID, name))
	}
	list := func(query string) []string {
		return idsInOrder(account.adobe(http.MethodGet, datasetsPath+query, nil).requireStatus(http.StatusOK))
	}

	require.Equal(t, ids[:4], list(""), "one page")
	require.Equal(t, ids[:2], list("?limit=2"))
	require.Equal(t, ids[2:4], list("?limit=2&start=2"))
	require.Empty(t, list("?start=9"))
	require.Equal(t, []string{ids[4], ids[3]}, list("?orderBy=desc:name&limit=2"))
	require.Equal(t, ids, list("?orderBy=asc:created,name&limit=100"))
	require.Equal(t, []string{ids[2]}, list("?name=c"))
	require.Equal(t, []string{ids[1], ids[2]}, list("?property=name~%5E%5Bbc%5D$"))
	require.Empty(t, list("?name=nothing"))
	for _, query := range []string{"?limit=0", "?limit=101", "?limit=x", "?start=-1"} {
		account.adobe(http.MethodGet, datasetsPath+query, nil).requireStatus(http.StatusBadRequest)
	}
}

func TestPropertiesTrimDatasets(t *testing.T) {
	account := newAccount(t, Options{})
	_, id := account.SeedDataset(DefaultSandbox, "Customer.io events")
	listed := account.adobe(http.MethodGet, datasetsPath+"?properties=name,created", nil).object()
	require.Len(t, listed[id], 2)
	read := account.adobe(http.MethodGet, datasetsPath+"/"+id+"?properties=name", nil).object()
	require.Equal(t, map[string]any{"name": "Customer.io events"}, read[id])
}

func TestDatasetIsChangedBehindTheClientsBack(t *testing.T) {
	account := newAccount(t, Options{})
	_, id := account.SeedDataset(DefaultSandbox, "Customer.io events")
	require.NoError(t, account.Update(KindDataSet, id, func(body map[string]any) { body["description"] = "drifted" }))
	require.Equal(t, "1.0.1", account.dataset(id)["version"])
	require.Equal(t, "drifted", account.dataset(id)["description"])
}

func TestSeedOverHTTP(t *testing.T) {
	account := newAccount(t, Options{})
	seeded := account.send(http.MethodPost, "/_simulator/seed/dataset?sandbox=prod&name=Events", nil, nil)
	ids := seeded.requireStatus(http.StatusCreated).object()
	read := account.adobe(http.MethodGet, datasetsPath+"/"+ids["dataset_id"].(string), nil, headers{"x-sandbox-name": "prod"})
	require.Contains(t, read.requireStatus(http.StatusOK).text, ids["schema_id"].(string))
	account.send(http.MethodPost, "/_simulator/seed/dataset?sandbox=nowhere", nil, nil).requireStatus(http.StatusNotFound)
}
