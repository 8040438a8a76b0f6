package simulator

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func identityOf(schema map[string]any) map[string]any {
	return map[string]any{
		"@type": "xdm:descriptorIdentity", "xdm:sourceSchema": schema["$id"], "xdm:sourceVersion": 1,
		"xdm:sourceProperty": "/_acme/email", "xdm:namespace": "Email", "xdm:property": "xdm:code", "xdm:isPrimary": true,
	}
}

func TestDescriptorLifecycle(t *testing.T) {
	account := newAccount(t, Options{})
	_, schema := account.registered()
	created := account.register("descriptors", identityOf(schema))
	require.NotEmpty(t, created["@id"])
	require.Equal(t, "1", created["version"])
	path := registryPath + "/tenant/descriptors/" + created["@id"].(string)

	require.Equal(t, created, account.adobe(http.MethodGet, path, nil).requireStatus(http.StatusOK).object(), "needs no Accept")

	account.adobe(http.MethodPut, path, identityOf(schema)).requireStatus(http.StatusNotImplemented)
	account.adobe(http.MethodDelete, path, nil).requireStatus(http.StatusNoContent)
	account.adobe(http.MethodGet, path, nil).requireStatus(http.StatusNotFound)
}

func TestListsOfDescriptors(t *testing.T) {
	account := newAccount(t, Options{})
	_, schema := account.registered()
	created := account.register("descriptors", identityOf(schema))
	list := func(format string) map[string]any {
		return account.adobe(http.MethodGet, registryPath+"/tenant/descriptors", nil, accept(format)).requireStatus(http.StatusOK).object()
	}
	require.Equal(t, map[string]any{"xdm:descriptorIdentity": []any{created}}, list("xdm+json"))
	require.Equal(t, []any{created}, list("xdm-v2+json")["results"])
}

func TestDescriptorValidation(t *testing.T) {
	account := newAccount(t, Options{})
	_, schema := account.registered()
	account.register("descriptors", identityOf(schema))
	for name, test := range map[string]struct {
		change func(map[string]any)
		status int
	}{
		"another type":      {func(d map[string]any) { d["@type"] = "xdm:descriptorOneToOne" }, 501},
		"no namespace":      {func(d map[string]any) { delete(d, "xdm:namespace") }, 400},
		"an unknown schema": {func(d map[string]any) { d["xdm:sourceSchema"] = "https://ns.adobe.com/acme/schemas/0" }, 404},
		"an unknown field":  {func(d map[string]any) { d["xdm:sourceProperty"] = "/_acme/phone" }, 400},
		"a second primary":  {func(map[string]any) {}, 400},
	} {
		t.Run(name, func(t *testing.T) {
			descriptor := identityOf(schema)
			test.change(descriptor)
			account.adobe(http.MethodPost, registryPath+"/tenant/descriptors", descriptor).requireStatus(test.status)
		})
	}
}

func TestDescriptorsGoWithTheirSchema(t *testing.T) {
	account := newAccount(t, Options{})
	fieldGroup, schema := account.registered()
	account.register("descriptors", identityOf(schema))
	account.adobe(http.MethodDelete, schemaPath(schema), nil).requireStatus(http.StatusNoContent)
	account.adobe(http.MethodDelete, fieldGroupPath(fieldGroup), nil).requireStatus(http.StatusNoContent)
	require.Empty(t, account.Objects())
}
