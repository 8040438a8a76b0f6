package transport_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	coded       = `{"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","title":"Resource not found","report":{"detailed-message":"gone"}}`
	olderCoded  = `{"type":"http://ns.adobe.com/aep/errors/XDM-1012-404","title":"Resource Not Found","report":{"detailed-message":"gone"}}`
	placeholder = `{"type":"/placeholder/type/uri","status":404,"title":"NotFoundError","detail":"gone"}`
	older       = `{"errorMessage":"flows not found with id = [1]","errorDetails":"flows not found with id = [1]"}`
	ofApp       = `{"errors":[{"detail":"The webhook ID does not exist.","status":"404"}]}`
)

// Only a 404 in the form of the service that was asked says that an object is gone. Any other is asked for again.
func TestOnlyTheServicesOwn404MeansGone(t *testing.T) {
	t.Parallel()
	foreign := []string{
		"", "404 page not found", "<html>404</html>", `"not found"`, `[]`, `{}`, `null`, `{"message":"no Route matched with those values"}`,
		`{"type":"about:blank","title":"Not Found","status":404,"detail":"No route"}`, `{"error_code":"404000","message":"Not found"}`,
		`{"timestamp":"2026-11-26","status":404,"error":"Not Found","path":"/flows/1"}`, `{"errors":[]}`, `{"errors":["not found"]}`,
		`{"errors":[{"message":"not found"}]}`, `{"errors":{"0":null}}`, `{"type":404}`, `{"errorMessage":null,"errorDetails":null}`,
	}
	for name, test := range map[string]struct {
		form transport.Form
		own  []string
	}{
		flowservice.Service:    {flowservice.NotFound, []string{coded, placeholder, older}},
		catalog.Service:        {catalog.NotFound, []string{placeholder, coded}},
		dataprep.Service:       {dataprep.NotFound, []string{placeholder, coded}},
		schemaregistry.Service: {schemaregistry.NotFound, []string{olderCoded, placeholder}},
		customerio.Service:     {customerio.NotFound, []string{ofApp}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ask := func(body string) (int, error) {
				service := httpscript.Serve(t, httpscript.AtOnce(http.StatusNotFound, body))
				config := config(service)
				config.Service, config.NotFound, config.MaxRetries = name, test.form, 2
				err := transport.New(config).Do(t.Context(), get("/flows/1"), nil)
				return len(service.Calls()), err
			}
			for _, body := range test.own {
				calls, err := ask(body)
				require.True(t, transport.IsNotFound(err), "%s", body)
				require.Equal(t, 1, calls)
			}
			for _, body := range foreign {
				calls, err := ask(body)
				require.False(t, transport.IsNotFound(err), "%s", body)
				require.ErrorContains(t, err, "Something on the way to "+name+" answered GET /flows/1 with 404")
				require.Equal(t, 3, calls, "%s", body)
			}
		})
	}
}
