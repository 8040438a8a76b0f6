package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRoutes(t *testing.T) {
	t.Parallel()
	for path, route := range map[string]string{
		"/data/foundation/flowservice/flows?limit=100":                                         "GET /flows",
		"/data/foundation/flowservice/flows/e0bd8463-0913-4ca1-bd84-6381134ca1f6":              "GET /flows/{id}",
		"/data/foundation/flowservice/flows/e0bd8463-0913-4ca1-bd84-6381134ca1f6/action?op=x":  "GET /flows/{id}/action",
		"/data/foundation/conversion/mappingSets/3e4f2e8a1b0c4d5e8f6a7b8c9d0e1f2a":             "GET /mappingSets/{id}",
		"/data/foundation/conversion/mappingSets/validate":                                     "GET /mappingSets/validate",
		"/data/foundation/catalog/dataSets/5c8c3c555033b814b69f947f":                           "GET /catalog/dataSets/{id}",
		"/data/foundation/schemaregistry/tenant/schemas/https%3A%2F%2Fns.adobe.com%2Facme%2Fa": "GET /schemaregistry/tenant/schemas/{id}",
		"/v1/reporting_webhooks/12":                                                            "GET /v1/reporting_webhooks/{id}",
		"/ims/token/v3":                                                                        "GET /ims/token/v3",
	} {
		require.Equal(t, route, routeOf(httptest.NewRequest(http.MethodGet, path, nil)), path)
	}
}
