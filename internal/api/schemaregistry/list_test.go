package schemaregistry_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/apitest"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

func TestPages(t *testing.T) {
	t.Parallel()
	page := func(id, next string) apitest.Answer {
		return apitest.JSON(200, fmt.Sprintf(`{"results":[{"$id":"https://ns.adobe.com/%s","title":"Events"}],"_page":{"next":%s}}`, id, next))
	}
	for name, test := range map[string]struct {
		answers []apitest.Answer
		found   int
	}{
		"one":                 {[]apitest.Answer{page("a", "null")}, 1},
		"three":               {[]apitest.Answer{page("a", `"b"`), page("b", `"c"`), page("c", `""`)}, 3},
		"always the same":     {[]apitest.Answer{page("a", `"a"`)}, 0},
		"two that take turns": {[]apitest.Answer{page("a", `"b"`), page("b", `"a"`), page("a", `"b"`), page("b", `"a"`)}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := apitest.Serve(t, test.answers...)
			client := schemaregistry.New(transport.New(transport.Config{Service: schemaregistry.Service, BaseURL: service.URL, Timeout: 10 * time.Second}))
			found, err := client.SchemasByTitle(t.Context(), "Events")
			if test.found == 0 {
				require.ErrorContains(t, err, "leads to a page that was read before")
				return
			}
			require.NoError(t, err)
			require.Len(t, found, test.found)
		})
	}
}
