package schemaregistry_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

func TestPages(t *testing.T) {
	t.Parallel()
	page := func(id, next string) httpscript.Answer {
		return httpscript.JSON(200, fmt.Sprintf(`{"results":[{"$id":"https://ns.adobe.com/%s","title":"Events"}],"_page":{"next":%s}}`, id, next))
	}
	for name, test := range map[string]struct {
		answers []httpscript.Answer
		found   int
	}{
		"one":                 {[]httpscript.Answer{page("a", "null")}, 1},
		"three":               {[]httpscript.Answer{page("a", `"b"`), page("b", `"c"`), page("c", `""`)}, 3},
		"always the same":     {[]httpscript.Answer{page("a", `"a"`)}, 0},
		"two that take turns": {[]httpscript.Answer{page("a", `"b"`), page("b", `"a"`), page("a", `"b"`), page("b", `"a"`)}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, test.answers...)
			client := schemaregistry.New(transport.New(transport.Config{Service: schemaregistry.Service, BaseURL: service.URL, Timeout: 10 * time.Second}), objects.NewRegister())
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
