package targetdataset_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// protectedPipeline has everything that depends on a protected dataset. LIFECYCLE stands for a block of the dataset.
func protectedPipeline(t *testing.T) string {
	t.Helper()
	pipeline := acctest.With(t, acctest.WholePipeline(), "target_dataset", "schema_version", "var.schema_version")
	pipeline = acctest.With(t, pipeline, "target_dataset", "deletion_protection", "var.deletion_protection\n  LIFECYCLE")
	return pipeline + `
variable "schema_version" { default = null }
variable "deletion_protection" { default = true }
`
}

// A run that would delete a protected dataset is refused before it touches what depends on the dataset.
func TestProtectionHoldsInThePlan(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{Provisioning: -1})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	configure := func(resources, lifecycle string) {
		w.Write("main.tf", acctest.Required+world.Config(strings.Replace(resources, "LIFECYCLE", lifecycle, 1)))
	}
	const other = "application/vnd.adobe.xed+json;version=2"
	all := protectedPipeline(t)
	configure(all, "")
	w.Run("apply", "-auto-approve", "-no-color")
	before := world.Objects()
	refused := func(message, resources string, command ...string) {
		t.Helper()
		configure(resources, "")
		world.ResetCalls()
		output, err := w.Try(append(command, "-auto-approve", "-no-color")...)
		require.Error(t, err, output)
		require.Contains(t, strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " "), message)
		require.Equal(t, 1, strings.Count(output, "Error:"), output)
		requireNoWrite(t, world)
	}
	const deletes, replaces, otherSchema = `The plan deletes the dataset "Events"`, `The plan replaces the dataset "Events"`, "A dataset cannot change its schema"
	refused(deletes, all, "destroy")
	refused(deletes, all, "destroy", "-refresh=false")
	refused(deletes, all, "destroy", "-target="+address)
	refused(deletes, all, "destroy", "-target=customerio_target_schema.this")
	refused(deletes, "", "apply")
	refused(deletes, `resource "customerio_source_connection" "this" { name = "Source" }`, "apply")
	refused(deletes, all, "destroy", "-var=deletion_protection=false")
	refused(deletes, strings.NewReplacer(`dataset" "this"`, `dataset" "that"`, "dataset.this", "dataset.that").Replace(all), "apply")
	refused(replaces, all, "apply", "-replace="+address)
	refused(replaces, all, "apply", "-replace="+address, "-var=deletion_protection=false")
	refused(otherSchema, all, "apply", "-replace=customerio_target_schema.this")
	refused(otherSchema, all, "apply", "-var=schema_version="+other)
	refused(otherSchema, all, "apply", "-var=schema_version="+other, "-var=deletion_protection=false")
	w.Run("taint", "customerio_target_schema.this")
	refused(otherSchema, all, "apply")
	w.Run("untaint", "customerio_target_schema.this")
	require.Equal(t, before, world.Objects())

	// What does not touch the dataset is free to go.
	configure(all, "")
	w.Run("destroy", "-auto-approve", "-no-color", "-target=customerio_reporting_webhook.this")
	w.Run("apply", "-auto-approve", "-no-color", "-replace=customerio_dataflow.this")

	// Terraform does not show a provider that an object is tainted.
	w.Run("taint", address)
	w.Run("plan", "-no-color")
	configure(all, "lifecycle { prevent_destroy = true }")
	world.ResetCalls()
	output, err := w.Try("apply", "-auto-approve", "-no-color")
	require.Error(t, err, output)
	require.Regexp(t, "(?i)instance cannot be destroyed", output) // OpenTofu begins with Resource
	requireNoWrite(t, world)
	w.Run("untaint", address)

	configure(all, "")
	w.Run("apply", "-auto-approve", "-no-color", "-var=deletion_protection=false")
	w.Run("apply", "-auto-approve", "-no-color", "-var=deletion_protection=false", "-replace="+address)
	w.Run("destroy", "-auto-approve", "-no-color", "-var=deletion_protection=false")
	require.Empty(t, world.Objects())
}

func requireNoWrite(t *testing.T, world *acctest.World) {
	t.Helper()
	for _, call := range world.Calls() {
		if call.Method != http.MethodGet && !strings.HasPrefix(call.Path, "/ims/") {
			require.Fail(t, "a write", "%s %s", call.Method, call.Path)
		}
	}
}
