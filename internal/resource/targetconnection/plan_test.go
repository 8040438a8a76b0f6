package targetconnection_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// The service would refuse only the dataflow.
func TestPlanComparesTheSchemaWithTheDatasets(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	_, orders := world.SeedDataset(simulator.DefaultSandbox, "Orders")
	const missing = "https://ns.adobe.com/acme/schemas/1"
	all := world.Objects()
	group := all[slices.IndexFunc(all, func(o simulator.Object) bool { return o.Kind == simulator.KindFieldGroup })].ID
	for name, test := range map[string]struct {
		attributes string
		refused    []string
	}{
		"another schema": {`
  schema_id  = "SCHEMA_ID"
  dataset_id = "` + orders + `"
`, []string{"Not the schema of the dataset", "schema_id =", `The dataset "Orders"`, "1425-400"}},
		"another version": {`
  schema_id      = "SCHEMA_ID"
  dataset_id     = "DATASET_ID"
  schema_version = "application/vnd.adobe.xed-full+json;version=2"
`, []string{"Not the schema version of the dataset", "schema_version =", `The dataset "Customer.io events"`, "version=1", "1425-400"}},
		"the same version, in its short form": {`
  schema_id      = "SCHEMA_ID"
  dataset_id     = "DATASET_ID"
  schema_version = "application/vnd.adobe.xed+json;version=1.0"
`, nil},
		"a schema that does not exist": {`
  schema_id  = "` + missing + `"
  dataset_id = "DATASET_ID"
`, []string{"Schema not found", "schema_id =", "There is no schema with the ID " + missing}},
		"a field group": {`
  schema_id  = "` + group + `"
  dataset_id = "DATASET_ID"
`, []string{"Schema not found", "schema_id =", "It is the ID of a field group. Use that of a schema."}},
		"a dataset that is not known, and no schema": {`
  schema_id  = "` + missing + `"
  dataset_id = terraform_data.dataset.id
}
resource "terraform_data" "dataset" {
`, []string{"Schema not found", "schema_id =", "There is no schema with the ID " + missing}},
		"a dataset that does not exist": {`
  schema_id  = "SCHEMA_ID"
  dataset_id = "63ec807d3f5ce91bd2d06c65"
`, []string{"Dataset not found", "dataset_id =", "There is no dataset with the ID 63ec807d3f5ce91bd2d06c65", "in the sandbox"}},
	} {
		t.Run(name, func(t *testing.T) {
			step := resource.TestStep{Config: world.Config(config(`name = "Lake"`, test.attributes)), PlanOnly: true, ExpectNonEmptyPlan: true}
			if test.refused != nil {
				step.ExpectError = acctest.Message(test.refused...)
			}
			resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.Factories, Steps: []resource.TestStep{step}})
		})
	}
	require.Zero(t, world.CallsTo(http.MethodPost, collection))
}

// A role without access to Catalog can still plan. A plan that changes neither schema nor dataset does not ask Catalog.
func TestPlanGoesOnWhereTheDatasetCannotBeRead(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{Path: "*/catalog/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden})
	lake := subject(world)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: lake.Config},
			{PreConfig: world.ResetCalls, Config: world.Config(with(`name = "Renamed"`))},
		},
	})
	require.Zero(t, world.CallsTo(http.MethodGet, "/catalog/"))
}

// What the dataset says need not be said again, and where it was, it may be left out.
func TestSchemaIsTakenFromTheDataset(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	otherSchema, other := world.SeedDataset(simulator.DefaultSandbox, "Orders")
	taken := world.Config(config(`name = "Lake"`, `dataset_id = "DATASET_ID"`))
	version := "application/vnd.adobe.xed-full+json;version=1"
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(`name = "Lake"`, `schema_version = "`+version+`"`))},
			{PreConfig: world.ResetCalls, Config: taken, ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionNoop)},
			{
				PreConfig: func() { require.Zero(t, world.CallsTo(http.MethodGet, "/catalog/")) },
				Config:    world.Config(config(`name = "Renamed"`, `dataset_id = "DATASET_ID"`)), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
			},
			{
				Config:           world.Config(config(`name = "Renamed"`, `dataset_id = "`+other+`"`)),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionReplace),
				ConfigStateChecks: acctest.InState(address, map[string]string{
					"schema_id": otherSchema, "schema_version": version,
				}),
			},
			acctest.NothingPlanned(world.Config(config(`name = "Renamed"`, `dataset_id = "`+other+`"`))),
		},
	})
}

// The whole pipeline in one apply says each thing once. A replaced dataset takes its connection with it.
func TestSchemaOfADatasetOfTheSameApply(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	pipeline := func(schema string) string {
		return world.Config(`
resource "customerio_target_schema" "one" { title = "One" }
resource "customerio_target_schema" "other" { title = "Other" }
resource "customerio_target_dataset" "this" {
  name                = "Events"
  schema_id           = customerio_target_schema.` + schema + `.id
  deletion_protection = false
}
resource "customerio_mapping_set" "this" {
  schema_id = customerio_target_schema.` + schema + `.id
  mappings  = { "${customerio_target_schema.one.tenant_namespace}.email" = { source = "data.identifiers.email" } }
}
` + config(`name = "Lake"`, `dataset_id = customerio_target_dataset.this.id`))
	}
	same := func(schema string) []statecheck.StateCheck {
		return []statecheck.StateCheck{
			statecheck.CompareValuePairs(address, tfjsonpath.New("schema_id"), "customerio_target_schema."+schema, tfjsonpath.New("id"), compare.ValuesSame()),
			statecheck.CompareValuePairs(address, tfjsonpath.New("schema_version"), "customerio_target_schema."+schema, tfjsonpath.New("content_type"), compare.ValuesSame()),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: pipeline("one"), ConfigStateChecks: same("one")},
			acctest.NothingPlanned(pipeline("one")),
			{Config: pipeline("other"), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionReplace), ConfigStateChecks: same("other")},
			acctest.NothingPlanned(pipeline("other")),
		},
	})
}

// "" is no description, for modules that pass one on.
func TestEmptyDescriptionIsNone(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(`name = "Lake"`, `description = ""`))},
			acctest.NothingPlanned(world.Config(with(`name = "Lake"`, `description = ""`))),
			{Config: world.Config(with(`name = "Lake"`))},
			{Config: world.Config(with(`name = "Lake"`, `description = ""`))},
			acctest.NothingPlanned(world.Config(with(`name = "Lake"`, `description = ""`))),
		},
	})
	require.Zero(t, world.CallsTo(http.MethodPatch, collection))
}
