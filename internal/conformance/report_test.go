package conformance

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// TestTheReportHasNoSecrets even where the services quote them.
func TestTheReportHasNoSecrets(t *testing.T) {
	w := newWorld(t, nil)
	quoting := strings.Join([]string{
		simulator.DefaultOrgID, simulator.DefaultClientID, simulator.DefaultClientSecret, simulator.DefaultAppAPIKey, "someone@example.com", "_" + tenantID,
		"https://dcs.adobedc.net/collection/" + strings.Repeat("ab", 32),
	}, " ")
	for _, path := range []string{"*/targetConnections/" + "*", "*/reporting_webhooks/999999999"} {
		w.AddFault(simulator.Fault{Method: http.MethodGet, Path: path, Do: simulator.FaultAnswer, Status: 418, Body: `{"type": "/` + quoting + `", "title": "` + quoting + `"}`})
	}
	// Names of members, and states, are shown as they are answered.
	w.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*/v1/workspaces", Do: simulator.FaultAnswer, Status: 200, Body: `{"` + quoting + `": 1}`})
	w.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*/flows/*", Times: 2, Do: simulator.FaultEdit, Find: `"state":"[a-z]*"`, Body: `"state":"` + quoting + `"`})
	var table bytes.Buffer
	w.options.Progress = &table
	result := w.run(t)
	require.Contains(t, result.idsOf(Differs), "cio-workspaces")
	require.Contains(t, result.idsOf(Differs), "flow-first-read")

	secrets := append(strings.Fields(quoting), tenantID, w.options.Settings.PlatformURL)
	for _, call := range w.Calls() {
		for _, found := range regexp.MustCompile(`"(?:id|\$id|access_token|inletUrl|imsOrgId|createdBy|sandboxId|etag|x-request-id)":"([^"]{6,})"`).FindAllStringSubmatch(call.ResponseBody, -1) {
			secrets = append(secrets, found[1])
		}
	}
	require.Greater(t, len(secrets), 50)
	for _, secret := range secrets {
		if secret == sourceSpec || secret == flowSpec {
			continue
		}
		require.NotContains(t, result.Report(), secret)
		require.NotContains(t, table.String(), secret)
	}
}

func TestErrorsBeforeTheQuestionHaveNoSecrets(t *testing.T) {
	w := newWorld(t, nil)
	w.options.Settings.PlatformURL = "https://127.0.0.1:1"
	_, err := Run(t.Context(), w.options)
	require.ErrorContains(t, err, "GET /data/foundation/sandbox-management/: ")

	w.options.Settings.ClientSecret = "wrong-client-secret"
	_, err = Run(t.Context(), w.options)
	require.EqualError(t, err, "no access token of Adobe IMS: 400, invalid_client")
}

func TestTheReportIsATable(t *testing.T) {
	page := newEmptyWorld(t, nil).run(t).Report()
	require.Contains(t, page, "## Differences\n\nNone.\n")
	require.Contains(t, page, "| flow-inlet-appears | When does the inlet URL appear? | inferred: some time after the create (flow-cio-ui, flow-cio) | "+
		"within 10 seconds | within 10 seconds | agrees |")
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "|") {
			require.Len(t, regexp.MustCompile(`(^|[^\\])\|`).FindAllString(line, -1), 7, line)
		}
	}
}

// TestProbesAreWhole: each says what is documented where, and which files to change.
func TestProbesAreWhole(t *testing.T) {
	tags, err := os.ReadFile("../../docs/design/sources.md")
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, probe := range Probes() {
		t.Run(probe.ID, func(t *testing.T) {
			require.False(t, seen[probe.ID], "twice")
			seen[probe.ID] = true
			require.Regexp(t, `^[a-z0-9-]{1,27}$`, probe.ID)
			require.Regexp(t, `^[A-Z].*\?$`, probe.Question)
			require.NotEmpty(t, probe.Simulator)
			require.NotContains(t, probe.Also, probe.Simulator)
			require.Contains(t, []Basis{Documented, SeenInCode, Inferred}, probe.Basis)
			require.True(t, probe.Stated != "" || probe.Basis == Inferred, "nothing is stated")
			require.True(t, len(probe.Sources) > 0 || probe.Stated == "", "where is that stated?")
			for _, tag := range probe.Sources {
				require.Contains(t, string(tags), "\n| "+tag+" |")
			}
			require.NotEmpty(t, probe.Files)
			for _, file := range probe.Files {
				require.FileExists(t, filepath.Join("../..", file))
			}
		})
	}
}
