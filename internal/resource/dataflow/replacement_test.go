package dataflow_test

import (
	"bufio"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Whatever a plan replaces that a dataflow depends on, the dataflow says once what it costs. Other plans say nothing.
func TestReplacementOfAnythingBeforeADataflow(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{Provisioning: -1})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	pipeline := acctest.With(t, acctest.WholePipeline(), "target_connection", "format", "var.format")
	pipeline = acctest.With(t, pipeline, "target_schema", "event_fields", "var.event_fields")
	w.Write("main.tf", acctest.Required+world.Config(pipeline+`
variable "format" { default = "json" }
variable "event_fields" {
  type    = set(string)
  default = ["email", "metric"]
}
`))
	w.Run("apply", "-auto-approve", "-no-color")
	for option, warnings := range map[string]int{
		"-replace=customerio_source_connection.this":        1,
		"-replace=customerio_target_connection.this":        1,
		"-replace=customerio_target_dataset.this":           1,
		"-replace=customerio_target_schema.this":            1,
		"-var=format=parquet_xdm":                           1,
		"-replace=customerio_mapping_set.this":              0,
		"-var=event_fields=[\"email\",\"href\",\"metric\"]": 0,
		// Terraform drops the warnings of its second look at a resource, the only one that shows this.
		"-replace=customerio_dataflow.this": 0,
	} {
		found := diagnostics(t, w.Run("plan", "-json", option))
		require.Len(t, found, warnings, "%s: %v", option, found)
		for _, one := range found {
			require.Equal(t, "Replacing a dataflow loses events", one.Summary)
			require.Equal(t, "customerio_dataflow.this", one.Address)
			require.True(t, strings.HasSuffix(one.Detail, `the guide "Replacing a dataflow with the least loss".`), one.Detail) // and no more: no option is lost
		}
	}
}

type diagnostic struct{ Severity, Summary, Detail, Address string }

// diagnostics are those of a plan that was printed as JSON, without the one about the development override.
func diagnostics(t *testing.T, output string) (found []diagnostic) {
	t.Helper()
	for lines := bufio.NewScanner(strings.NewReader(output)); lines.Scan(); {
		var line struct{ Diagnostic *diagnostic }
		require.NoError(t, json.Unmarshal(lines.Bytes(), &line), lines.Text())
		if line.Diagnostic != nil && !strings.Contains(line.Diagnostic.Summary, "development overrides") {
			found = append(found, *line.Diagnostic)
		}
	}
	return found
}
