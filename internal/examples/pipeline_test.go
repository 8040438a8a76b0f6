package examples_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// TestPipeline goes from empty services to events of all eight object types in the dataset, and back once the dataset is no longer protected.
func TestPipeline(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	for _, file := range []string{"versions.tf", "main.tf", "variables.tf", "outputs.tf"} {
		w.Write(file, read(t, "pipeline/"+file))
	}
	w.Run("apply", "-auto-approve", "-no-color")
	w.NothingToChange()

	events := []string{
		"customer_subscribed", "email_bounced", "sms_clicked", "push_sent", "in_app_clicked", "slack_sent", "webhook_failed", "whatsapp_replied",
	}
	for _, event := range events {
		sample, err := simulator.SampleEvent(event)
		require.NoError(t, err)
		sample["event_id"] = event
		sample["data"].(map[string]any)["delivery_id"] = event // only the first click of a delivery is reported
		deliveries, err := world.Emit(t.Context(), event, sample)
		require.NoError(t, err)
		require.Len(t, deliveries, 1, event)
		requireRow(t, world, event, sample)
	}

	before := world.Objects()
	output, err := w.Try("destroy", "-auto-approve", "-no-color")
	require.Error(t, err)
	require.Contains(t, output, "Error: Dataset is protected")
	require.Equal(t, before, world.Objects(), "nothing was deleted for it")

	w.Run("apply", "-auto-approve", "-no-color", "-var=deletion_protection=false")
	w.Run("destroy", "-auto-approve", "-no-color", "-var=deletion_protection=false")
	require.Empty(t, world.Objects())
}

// TestPipelineWithoutEmail: who may not store addresses leaves the field out.
func TestPipelineWithoutEmail(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	w := project(t, world, "pipeline", `TF_VAR_event_fields=["event_id","metric"]`)
	w.Run("init", "-no-color")
	w.Run("apply", "-auto-approve", "-no-color")
	w.NothingToChange()
	require.NotContains(t, w.Run("state", "show", "-no-color", "customerio_mapping_set.this"), "email")
}

// requireRow compares a row with its event.
func requireRow(t *testing.T, world *acctest.World, event string, sample map[string]any) {
	t.Helper()
	data, _ := sample["data"].(map[string]any)
	person, _ := data["identifiers"].(map[string]any)
	for _, row := range world.Rows(world.Alive(simulator.KindDataSet)[0]) {
		if row["_id"] != event {
			continue
		}
		fields, _ := row["_acme"].(map[string]any)
		require.Equal(t, "2021-02-11T17:04:49.000Z", row["timestamp"])
		for _, name := range []string{"event_id", "object_type", "metric"} {
			require.Equal(t, sample[name], fields[name], "%s of %s", name, event)
		}
		for _, name := range []string{"id", "email", "cio_id"} {
			require.Equal(t, person[name], fields[name], "%s of %s", name, event)
		}
		for _, name := range []string{"delivery_id", "recipient", "subject", "href", "failure_message"} {
			require.Equal(t, data[name], fields[name], "%s of %s", name, event)
		}
		return
	}
	require.Fail(t, "no row", event)
}
