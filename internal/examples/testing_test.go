package examples_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestTerraformTest(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	w := project(t, world, "testing")
	w.Run("init", "-no-color")
	require.Contains(t, w.Run("test", "-no-color"), "Success! 10 passed, 0 failed.")
	require.Empty(t, world.Objects())
}

// A mapping that is broken fails the tests of mappings, which say which one it is and what is wrong with it.
func TestMappingsAsTestedCode(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ mapping, says string }{
		"whose field does not exist":         {`email = { source = "data.identifier.email" }`, "_acme.email has no value. The event has no value at data.identifier.email."},
		"from another field":                 {`metric = { source = "object_type" }`, "_acme.metric is email, and should be clicked."},
		"to a field of another type":         {`timestamp = { source = "metric" }`, "_acme.timestamp has no value. the field is an integer"},
		"whose expression has no such field": {`event_id = { source = "lower(id)", source_type = "EXPRESSION" }`, "_acme.event_id has no value. The expression lower(id)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.NewEmpty(t, simulator.Options{})
			w := project(t, world, "testing")
			field, source, _ := strings.Cut(test.mapping, " = ")
			const good = "mappings  = provider::customerio::event_mappings(customerio_target_schema.this.tenant_namespace, var.fields...)"
			require.Contains(t, w.Read("main.tf"), good)
			w.Write("main.tf", strings.Replace(w.Read("main.tf"), good, `mappings = merge(
				provider::customerio::event_mappings(customerio_target_schema.this.tenant_namespace, var.fields...),
				{ "${customerio_target_schema.this.tenant_namespace}.`+field+`" = `+source+` },
			)`, 1))
			w.Run("init", "-no-color")
			output, err := w.Try("test", "-no-color", "-filter=tests/mappings.tftest.hcl")
			require.Error(t, err)
			require.Contains(t, strings.Join(strings.Fields(output), " "), test.says)
			require.Contains(t, output, `run "email_clicked"... fail`)
			require.Empty(t, world.Objects())
		})
	}
}
