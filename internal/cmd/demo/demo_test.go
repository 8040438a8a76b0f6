package main

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func planned(resourceType string, actions ...tfjson.Action) *tfjson.ResourceChange {
	return &tfjson.ResourceChange{
		Address: resourceType + ".this", Type: resourceType, Change: &tfjson.Change{Actions: actions},
	}
}

func planOf(changes ...*tfjson.ResourceChange) *tfjson.Plan {
	return &tfjson.Plan{ResourceChanges: changes}
}

func TestSummaryCountsAsTerraformDoes(t *testing.T) {
	imported := planned("customerio_dataflow", tfjson.ActionNoop)
	imported.Change.Importing = &tfjson.Importing{ID: "e0bd8463-0913-4ca1-bd84-6381134ca1f6"}
	require.Equal(t, "plan: 1 to import, 2 to add, 1 to change, 2 to destroy", summary(planOf(
		imported,
		planned("customerio_source_connection", tfjson.ActionCreate),
		planned("customerio_target_connection", tfjson.ActionDelete, tfjson.ActionCreate),
		planned("customerio_mapping_set", tfjson.ActionUpdate),
		planned("customerio_reporting_webhook", tfjson.ActionDelete),
	)))
	require.Equal(t, "plan: 0 to add, 0 to change, 0 to destroy", summary(planOf()))
}

func TestOnlyUpdatesInPlaceAreAccepted(t *testing.T) {
	mappingSet := planned(mappingSetType, tfjson.ActionUpdate)
	for name, test := range map[string]struct {
		plan    *tfjson.Plan
		message string
	}{
		"both in place":           {planOf(mappingSet, planned(dataflowType, tfjson.ActionUpdate)), ""},
		"data read anew":          {planOf(mappingSet, planned(dataflowType, tfjson.ActionUpdate), planned("customerio_streaming_endpoint", tfjson.ActionRead)), ""},
		"dataflow left behind":    {planOf(mappingSet, planned(dataflowType, tfjson.ActionNoop)), "does not update any customerio_dataflow"},
		"dataflow replaced":       {planOf(mappingSet, planned(dataflowType, tfjson.ActionDelete, tfjson.ActionCreate)), "delete and create customerio_dataflow.this"},
		"something else modified": {planOf(mappingSet, planned("customerio_reporting_webhook", tfjson.ActionUpdate)), "update customerio_reporting_webhook.this"},
	} {
		t.Run(name, func(t *testing.T) {
			err := requireOnlyUpdates(test.plan, mappingSetType, dataflowType)
			if test.message == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, test.message)
		})
	}
}

func TestOnlyAnImportOfOneResourceIsAccepted(t *testing.T) {
	imported := func(action tfjson.Action) *tfjson.ResourceChange {
		change := planned(dataflowType, action)
		change.Change.Importing = &tfjson.Importing{ID: "e0bd8463-0913-4ca1-bd84-6381134ca1f6"}
		return change
	}
	require.NoError(t, requireOnlyImport(planOf(imported(tfjson.ActionNoop))))
	require.ErrorContains(t, requireOnlyImport(planOf(imported(tfjson.ActionUpdate))), "update customerio_dataflow.this")
	require.ErrorContains(t, requireOnlyImport(planOf(planned(dataflowType, tfjson.ActionCreate))), "create customerio_dataflow.this")
	require.ErrorContains(t, requireOnlyImport(planOf()), "imports 0 resources")
}

func TestEachEventNeedsExactlyOneRowWithItsValues(t *testing.T) {
	reported := oneOfEachCategory()[1]
	row := func(email, timestamp string) map[string]any {
		return map[string]any{
			"_id":       reported.id,
			"timestamp": timestamp,
			"_acme": map[string]any{
				"event_id": reported.id, "object_type": "email", "metric": "delivered", "timestamp": 1613063089.0,
				"email": email, "id": "42", "cio_id": "d9c106000001",
			},
		}
	}
	const moment = "2021-02-11T17:04:49.000Z"
	good := row("test@example.com", moment)
	otherAddress, otherMoment := row("jane.doe@example.com", moment), row("test@example.com", "1970-01-19T16:04:23.089Z")
	require.NoError(t, requireRow([]map[string]any{good, {"_id": "another"}}, reported))
	require.ErrorContains(t, requireRow(nil, reported), "made 0 rows")
	require.ErrorContains(t, requireRow([]map[string]any{good, good}, reported), "made 2 rows")
	require.ErrorContains(t, requireRow([]map[string]any{otherAddress}, reported), "jane.doe@example.com in _acme.email, where test@example.com was due")
	require.ErrorContains(t, requireRow([]map[string]any{otherMoment}, reported), "the timestamp 1970-01-19T16:04:23.089Z, where "+moment)
}

func TestLeftoversAreNamed(t *testing.T) {
	running, err := startServices(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, running.server.Close()) })
	require.NoError(t, running.requireNothing())
	running.SeedDataset(simulator.DefaultSandbox, "Forgotten")
	require.ErrorContains(t, running.requireNothing(), `left behind in the services: dataSet "Forgotten"`)
}

func TestOnlyProgressOfTerraformIsShown(t *testing.T) {
	var out bytes.Buffer
	progress := progressWriter{newReport(screen{out: &out, width: defaultWidth})}
	for _, line := range []string{
		"customerio_dataflow.this: Creating...\n",
		"customerio_dataflow.this: Still creating... [10s elapsed]\n",
		"  + name = \"secret\"\n",
		"webhook_url = \"http://127.0.0.1/collection/secret\"\n",
		"Apply complete! Resources: 1 added, 0 changed, 0 destroyed.\n",
	} {
		_, err := fmt.Fprint(progress, line)
		require.NoError(t, err)
	}
	require.Equal(t, gutter+"customerio_dataflow.this: Creating...\n"+
		gutter+"customerio_dataflow.this: Still creating... [10s elapsed]\n", out.String())
}

func TestNothingOfTheCallersEnvironmentSteersTheDemo(t *testing.T) {
	for _, name := range []string{"TF_CLI_CONFIG_FILE", "TF_VAR_schema_id", "ADOBE_ACCESS_TOKEN", "CUSTOMERIO_REGION", "CHECKPOINT_DISABLE"} {
		t.Setenv(name, "elsewhere")
	}
	t.Setenv("UNRELATED", "kept")
	require.NoError(t, isolateEnvironment())
	for _, name := range []string{"TF_CLI_CONFIG_FILE", "TF_VAR_schema_id", "ADOBE_ACCESS_TOKEN", "CUSTOMERIO_REGION"} {
		_, isSet := os.LookupEnv(name)
		require.False(t, isSet, name)
	}
	require.Equal(t, "1", os.Getenv("CHECKPOINT_DISABLE"))
	require.Equal(t, "kept", os.Getenv("UNRELATED"))
}

func TestQuotedTextIsOneWordOfAShell(t *testing.T) {
	require.Equal(t, `'/tmp/it'\''s here'`, quoted("/tmp/it's here"))
}
