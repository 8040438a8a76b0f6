package export_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/export"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// pipeline makes a pipeline with one webhook in the world's dataset.
func pipeline(t *testing.T, world *acctest.World, name string) (flow string) {
	t.Helper()
	flow = world.MakeFlow(t, name, world.MakeSourceConnection(t, name), world.MakeTargetConnection(t, name), world.MakeMappingSet(t, name))
	world.Make(t, "/v1/reporting_webhooks", fmt.Sprintf(`{"name":%q,"endpoint":%q,"events":["email_sent"]}`, name, world.Inlet(t, flow)+"?x-adobe-flow-id="+flow))
	return flow
}

// refused wants a run to fail, to say why, and to write nothing.
func (o outcome) refused(t *testing.T, code int, words ...string) {
	t.Helper()
	require.Equal(t, code, o.code, o.stderr)
	for _, one := range words {
		require.Contains(t, o.stderr, one)
	}
	require.Empty(t, o.files(t))
}

func TestNames(t *testing.T) {
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	flow, twin, dashed := pipeline(t, world, "Shop events"), pipeline(t, world, "Shop events"), pipeline(t, world, "-force")
	older := pipeline(t, world, "SMS") // and so the one with the key "sms"
	require.NoError(t, world.Update(simulator.KindFlow, older, func(body map[string]any) { body["createdAt"] = int64(1700000000000) }))
	small := pipeline(t, world, "sms")
	exported(t, world, "sms").refused(t, 1, `2 pipelines have the name or the key "sms". Use the ID:`, small)
	exported(t, world, "Shop event").refused(t, 1, `there is no pipeline "Shop event". The nearest:`, flow, twin)
	exported(t, world, "Zebra").refused(t, 1, `there is no pipeline "Zebra". The sandbox has:`, flow, dashed)
	exported(t, world, "Shop events").refused(t, 1, `2 pipelines have the name or the key "Shop events". Use the ID:`, flow, twin, "shop_events_")
	exported(t, world, "").refused(t, 2, "a NAME is empty")
	exported(t, world, "-forse").refused(t, 2, "-forse", "-help", `goes after "--"`)
	for _, arguments := range [][]string{{flow}, {"shop_events"}, {"--", "-force"}, {flow, "-flat"}} {
		o := exported(t, world, arguments...)
		require.Zero(t, o.code, o.stderr)
		require.Contains(t, o.stdout, "Plan: 7 to import, 0 to add, 0 to change, 0 to destroy.")
	}
}

func TestEnvironment(t *testing.T) {
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	pipeline(t, world, "Shop")
	for name, test := range map[string]struct {
		variable, value string
		words           []string
	}{
		"no organization": {"ADOBE_ORG_ID", "", []string{"settings are missing in the environment", "ADOBE_ORG_ID"}},
		"no sandbox":      {"ADOBE_SANDBOX_NAME", "", []string{"ADOBE_SANDBOX_NAME"}},
		"no secret":       {"ADOBE_CLIENT_SECRET", "", []string{"ADOBE_CLIENT_SECRET", "ADOBE_ACCESS_TOKEN"}},
		"another sandbox": {"ADOBE_SANDBOX_NAME", "nowhere", []string{"Unable to list source connections", "nowhere"}},
		"another secret":  {"ADOBE_CLIENT_SECRET", "another", []string{"Unable to obtain access token"}},
		"another key":     {"CUSTOMERIO_APP_API_KEY", "another", []string{"Unable to list reporting webhooks"}},
		"a bad URL":       {"ADOBE_PLATFORM_URL", "ftp://a", []string{"ADOBE_PLATFORM_URL"}},
	} {
		t.Run(name, func(t *testing.T) {
			exportedWith(t, world, map[string]string{test.variable: test.value}).refused(t, 1, test.words...)
		})
	}
	t.Run("no key", func(t *testing.T) {
		o := exportedWith(t, world, map[string]string{"CUSTOMERIO_APP_API_KEY": ""})
		require.Zero(t, o.code)
		require.Contains(t, o.stdout, "webhooks were not looked for")
		require.Contains(t, o.stdout, "Plan: 6 to import")
	})
	t.Run("an empty sandbox", func(t *testing.T) {
		o := exportedWith(t, world, map[string]string{"ADOBE_SANDBOX_NAME": "stage"})
		require.Zero(t, o.code)
		require.Contains(t, o.stdout, `No pipeline of the sandbox "stage" can be exported. No file was written.`)
		require.Empty(t, o.files(t))
	})
}

// What is in the folder stays as it is.
func TestFolders(t *testing.T) {
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	pipeline(t, world, "Shop")
	inEnvironment(t, world)
	run := func(arguments ...string) (int, string) {
		var stdout, stderr bytes.Buffer
		code := export.Run(t.Context(), "test", arguments, &stdout, &stderr)
		return code, stdout.String() + stderr.String()
	}
	write := func(folder, name string) string {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte("# mine\n"), 0o600))
		return filepath.Join(folder, name)
	}
	folder := t.TempDir()
	code, said := run("-out", write(folder, "file"))
	require.Equal(t, 1, code)
	require.Contains(t, said, "is a file. Name a folder with -out")
	code, said = run("-out", filepath.Join(folder, "file", "inner"))
	require.Equal(t, 1, code)
	require.Contains(t, said, "not a directory")

	mine := write(folder, "main.tf")
	code, said = run("-out", folder)
	require.Equal(t, 1, code)
	require.Contains(t, said, "already has main.tf. Name another folder with -out, or overwrite with -force")
	require.NotContains(t, said, "Reading")
	text, err := os.ReadFile(mine)
	require.NoError(t, err)
	require.Equal(t, "# mine\n", string(text))
	require.NoFileExists(t, filepath.Join(folder, "imports.tf"))

	code, said = run("-out", folder, "-force")
	require.Zero(t, code, said)
	text, err = os.ReadFile(mine)
	require.NoError(t, err)
	require.Contains(t, string(text), "customerio_dataflow")
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 3) // file, imports.tf, main.tf

	write(folder, "other.tf")
	code, said = run("-out", folder, "-force")
	require.Equal(t, 1, code)
	require.Contains(t, said, "already has a configuration: other.tf")
}

// A service that is busy is asked again, and one that refuses is an error.
func TestServicesInTrouble(t *testing.T) {
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	pipeline(t, world, "Shop")
	world.AddFault(simulator.Fault{Path: "*/mappingSets/*", Times: 2, Do: simulator.FaultAnswer, Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"0"}}})
	require.Zero(t, exported(t, world).code)
	world.AddFault(simulator.Fault{Path: "*/schemas/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"message":"not now"}`})
	exported(t, world).refused(t, 1, "Unable to read schema", "not now")
}

func TestAnInterruptWritesNothing(t *testing.T) {
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	pipeline(t, world, "Shop")
	inEnvironment(t, world)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	folder := filepath.Join(t.TempDir(), "out")
	require.Equal(t, 1, export.Run(ctx, "test", []string{"-out", folder}, &stdout, &stderr))
	require.Contains(t, stderr.String(), "Interrupted. No file was written.")
	require.NoDirExists(t, folder)
}

func TestHelp(t *testing.T) {
	var stdout, stderr bytes.Buffer
	require.Zero(t, export.Run(t.Context(), "test", []string{"-help"}, &stdout, &stderr))
	require.Contains(t, stdout.String(), "Usage: terraform-provider-customerio export [options] [NAME…]")
	require.Empty(t, stderr.String())
}
