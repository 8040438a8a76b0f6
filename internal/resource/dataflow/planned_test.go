package dataflow_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// movable is a pipeline whose parts can be given another schema or sandbox, each by a variable. The dataset of its own is not protected.
const movable = `
variable "mapped" { default = "SCHEMA_ID" }
variable "stored" { default = "SCHEMA_ID" }
variable "source_sandbox" { default = "dev" }
variable "target_sandbox" { default = "dev" }
variable "set_sandbox" { default = "dev" }
variable "flow_sandbox" { default = "dev" }
variable "name" { default = "Shop" }

resource "customerio_target_dataset" "this" {
  name                = "Events"
  schema_id           = var.stored
  sandbox_name        = var.target_sandbox
  deletion_protection = false
}
resource "customerio_source_connection" "this" {
  name         = var.name
  sandbox_name = var.source_sandbox
}
resource "customerio_target_connection" "this" {
  name         = var.name
  dataset_id   = customerio_target_dataset.this.id
  sandbox_name = var.target_sandbox
}
resource "customerio_mapping_set" "this" {
  name         = var.name
  schema_id    = var.mapped
  sandbox_name = var.set_sandbox
  mappings     = { "_acme.email" = { source = "data.identifiers.email" } }
}
resource "customerio_dataflow" "this" {
  name                 = "Shop"
  sandbox_name         = var.flow_sandbox
  source_connection_id = customerio_source_connection.this.id
  target_connection_id = customerio_target_connection.this.id
  mapping_set_id       = customerio_mapping_set.this.id
  mapping_version      = customerio_mapping_set.this.version
}
`

// A plan looks at what it makes of the objects that a dataflow refers to. Nothing of it is carried out if they do not fit.
func TestPlanComparesWhatItMakesOfOthers(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	orders, _ := world.SeedDataset(simulator.DefaultSandbox, "Orders")
	staged, _ := world.SeedDataset("stage", "Events of the stage")
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", acctest.Required+world.Config(movable))
	fits := map[string][]string{
		"another schema for both":    {"-var=mapped=" + orders, "-var=stored=" + orders},
		"other names":                {"-var=name=Outlet"},
		"another sandbox for all":    {"-var=mapped=" + staged, "-var=stored=" + staged, "-var=source_sandbox=stage", "-var=target_sandbox=stage", "-var=set_sandbox=stage", "-var=flow_sandbox=stage"},
		"a replacement of the set":   {"-replace=customerio_mapping_set.this"},
		"a replacement of the store": {"-replace=customerio_target_dataset.this", "-replace=customerio_source_connection.this"},
	}
	const schema, elsewhere = "Mapping set for another schema", " in another sandbox"
	refused := map[string]struct {
		options []string
		summary string
		parts   []string
	}{
		"another schema of the mapping set": {
			[]string{"-var=mapped=" + orders}, schema,
			[]string{`With this plan, the mapping set "Shop" is for the schema ` + orders, `the target connection "Shop" has the schema ` + world.SchemaID},
		},
		"another schema of the dataset": {
			[]string{"-var=stored=" + orders}, schema, []string{"is for the schema " + world.SchemaID, `the target connection "Shop" has the schema ` + orders},
		},
		"another sandbox of the source": {
			[]string{"-var=source_sandbox=stage"}, "Source connection" + elsewhere,
			[]string{`After this plan, the source connection "Shop" would be in the sandbox "stage", and what refers to it here in "dev"`, "Nothing was changed"},
		},
		"another sandbox of the target": {[]string{"-var=target_sandbox=stage", "-var=stored=" + staged}, "Target connection" + elsewhere, nil},
		"another sandbox of the set":    {[]string{"-var=set_sandbox=stage", "-var=mapped=" + staged}, "Mapping set" + elsewhere, nil},
		"another sandbox of the flow":   {[]string{"-var=flow_sandbox=stage"}, "Source connection" + elsewhere, []string{`would be in the sandbox "dev", and what refers to it here in "stage"`}},
	}
	plan := func(name string, options []string) []diagnostic {
		output, _ := w.Try(append([]string{"plan", "-json", "-refresh=false"}, options...)...)
		var errors []diagnostic
		for _, one := range diagnostics(t, output) {
			if one.Severity == "error" {
				errors = append(errors, one)
			}
		}
		t.Log(name, errors)
		return errors
	}
	for _, state := range []string{"nothing exists", "all exists"} {
		if state == "all exists" {
			w.Run("apply", "-auto-approve", "-no-color")
			world.ResetCalls()
		}
		for name, options := range fits {
			require.Empty(t, plan(name, options))
		}
		for name, test := range refused {
			found := plan(name, test.options)
			require.NotEmpty(t, found, "%s, %s", name, state)
			require.Equal(t, test.summary, found[0].Summary)
			require.Equal(t, "customerio_dataflow.this", found[0].Address)
			for _, part := range test.parts {
				require.Contains(t, found[0].Detail, part)
			}
		}
	}

	// The replacement of another object, which would fit, is not taken for that of this one.
	w.Write("other.tf", "resource \"customerio_source_connection\" \"another\" {\n  name = \"Other\"\n}\n")
	w.Run("apply", "-auto-approve", "-no-color")
	two := []string{"-parallelism=1", "-var=source_sandbox=stage", "-replace=customerio_source_connection.another"}
	require.NotEmpty(t, plan("two replacements", two))
	require.Zero(t, world.CallsTo(http.MethodDelete, "")+world.CallsTo(http.MethodPut, "")+world.CallsTo(http.MethodPatch, ""))
}

// The dataset of a target connection that this configuration does not manage may have another schema than the connection says.
func TestPlanComparesTheDatasetOfATargetConnection(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	orders, _ := world.SeedDataset(simulator.DefaultSandbox, "Orders")
	source, target, set := world.MakeSourceConnection(t, "Source"), world.MakeTargetConnection(t, "Target"), world.MakeMappingSet(t, "Mapping")
	require.NoError(t, world.Update(simulator.KindDataSet, world.DatasetID, func(body map[string]any) {
		body["schemaRef"].(map[string]any)["id"] = orders
	}))
	_, found := world.Core(t).Plan(t.Context(), &core.Instance{Type: "customerio_dataflow"}, map[string]any{
		"name": "Shop", "source_connection_id": source, "target_connection_id": target, "mapping_set_id": set, "mapping_version": 0,
	})
	require.Len(t, found, 1)
	require.Equal(t, `AttributeName("mapping_set_id")`, found[0].Attribute.String())
	require.Contains(t, found[0].Detail, `but the dataset "Customer.io events" of the target connection "Target" has the schema `+orders)
}
