package catalog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/apitest"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// page is an answer with the datasets of the given numbers, all of one name.
func page(first, last int) apitest.Answer {
	var datasets []string
	for i := first; i <= last; i++ {
		datasets = append(datasets, fmt.Sprintf(`"%d":{"name":"Events"}`, i))
	}
	return apitest.JSON(200, "{"+strings.Join(datasets, ",")+"}")
}

func TestPages(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answers []apitest.Answer
		found   int
		message string
	}{
		"one":                      {[]apitest.Answer{page(1, 99)}, 99, ""},
		"full ones":                {[]apitest.Answer{page(1, 100), page(101, 200), page(201, 200)}, 200, ""},
		"moved on in between":      {[]apitest.Answer{page(1, 100), page(98, 150)}, 150, ""},
		"always the same":          {[]apitest.Answer{page(1, 100)}, 0, "one of its pages repeats what was read before"},
		"two that take turns":      {[]apitest.Answer{page(1, 100), page(101, 200), page(1, 100), page(101, 200)}, 0, "one of its pages repeats what was read before"},
		"a list in place of a map": {[]apitest.Answer{apitest.JSON(200, `[]`)}, 0, "unexpected form"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := apitest.Serve(t, test.answers...)
			client := catalog.New(transport.New(transport.Config{Service: catalog.Service, BaseURL: service.URL, Timeout: 10 * time.Second}))
			found, err := client.DatasetsByName(t.Context(), "Events")
			if test.message != "" {
				require.ErrorContains(t, err, test.message)
				return
			}
			require.NoError(t, err)
			require.Len(t, found, test.found)
		})
	}
}
