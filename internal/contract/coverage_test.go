package contract_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

var pathParameter = regexp.MustCompile(`\{[^}]*\}`)

// TestEveryDescribedCallIsSimulatedOrSaysThatItIsNot calls all that the vendors describe. What the simulator does not have
// answers 501 and names the call, so that nobody takes it for an object that is not there.
func TestEveryDescribedCallIsSimulatedOrSaysThatItIsNot(t *testing.T) {
	described := documents(t)
	client := newClient(t, acctest.New(t, simulator.Options{}))
	missing := 0
	for _, one := range described {
		for path, item := range one.Paths {
			path = pathParameter.ReplaceAllString(strings.Replace(path, "{CONTAINER_ID}", "tenant", 1), "none")
			for method := range item.Operations() {
				status, text := client.send(method, one.Base+path, "", nil)
				require.NotContains(t, text, "There is no resource at", "%s %s", method, path)
				require.NotEqual(t, http.StatusMethodNotAllowed, status, "%s %s: %s", method, path, text)
				if status == http.StatusNotImplemented {
					missing++
					require.Contains(t, text, "does not have the documented call "+method+" "+strings.TrimSuffix(path, "/"))
				}
			}
		}
	}
	require.Greater(t, missing, 30)
}
