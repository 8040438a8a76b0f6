package sourceconnection_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// in is a source connection with a sandbox of its own.
func in(sandbox string) map[string]any {
	return map[string]any{"name": "Shop", "sandbox_name": sandbox}
}

func connection() *core.Instance { return &core.Instance{Type: "customerio_source_connection"} }

// sandboxes are those with a source connection in them.
func sandboxes(world *acctest.World) (names []string) {
	for _, object := range world.Objects() {
		if object.Kind == simulator.KindSourceConnection {
			names = append(names, object.Sandbox)
		}
	}
	return names
}

// The provider's sandbox does not matter where the configuration says another.
func TestSandboxOfItsOwn(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	terraform, i := world.Core(t), connection()
	acctest.Applied(t, terraform, i, core.Create, in("stage"))
	require.Equal(t, []string{"stage"}, sandboxes(world))
	require.Equal(t, "stage", i.Text("sandbox_name"))
	require.Equal(t, "stage", i.IdentityText("sandbox_name"))
	for _, other := range []*core.Core{terraform, world.CoreWith(t, "adobe", "sandbox_name", "prod"), world.CoreWith(t, "adobe", "sandbox_name", nil)} {
		change, found := other.Plan(t.Context(), i, in("stage"))
		require.Empty(t, found)
		require.Equal(t, core.NoOp, change.Action)
	}
	acctest.Applied(t, terraform, i, core.Replace, in("prod"))
	require.Equal(t, []string{"prod"}, sandboxes(world))

	_, found := terraform.Plan(t.Context(), i, map[string]any{"name": "Shop"})
	require.ErrorContains(t, found.Err(), `is in the sandbox "prod", and the provider is set to "dev"`)
	acctest.Applied(t, world.CoreWith(t, "adobe", "sandbox_name", "prod"), i, core.NoOp, map[string]any{"name": "Shop"})
	require.Empty(t, terraform.ApplyWithoutRefresh(t.Context(), i, nil))
	require.Empty(t, sandboxes(world))
}

// A refusal of the sandbox names the attribute that names it, whatever is done with the object.
func TestOwnSandboxThatIsGone(t *testing.T) {
	acctest.CountsReads(t) // the fault answers reads by ID
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	terraform, own, byProvider := world.Core(t), connection(), connection()
	for _, sandbox := range []string{"dev", "stage"} { // dev is the provider's too
		acctest.Applied(t, terraform, own, core.Create, in(sandbox))
		acctest.Applied(t, terraform, byProvider, core.Create, map[string]any{"name": "Shop"})
		destroy, found := terraform.Plan(t.Context(), own, nil)
		require.Empty(t, found)
		world.AddFault(simulator.Fault{
			Path: "/data/foundation/flowservice/sourceConnections/*", Times: 3, Do: simulator.FaultAnswer, Status: http.StatusNotFound,
			Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-2103-404","status":404,"errorMessage":"The sandbox is not found."}`,
		})
		require.ErrorContains(t, terraform.Refresh(t.Context(), own).Err(), "Check `sandbox_name`")
		require.ErrorContains(t, terraform.ApplyPlan(t.Context(), own, destroy).Err(), "Check `sandbox_name`")
		require.ErrorContains(t, terraform.Refresh(t.Context(), byProvider).Err(), "Check `adobe.sandbox_name`")
		require.Empty(t, terraform.Apply(t.Context(), own, nil))
		require.Empty(t, terraform.Apply(t.Context(), byProvider, nil))
	}
}

// What was created by default and is written now is the same object.
func TestWritingTheDefaultSandboxChangesNothing(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	terraform, i := world.Core(t), connection()
	acctest.Applied(t, terraform, i, core.Create, map[string]any{"name": "Shop"})
	acctest.Applied(t, terraform, i, core.NoOp, in("dev"))
	older := *i
	older.Object = i.Older()
	require.Empty(t, world.CoreWith(t, "adobe", "sandbox_name", nil).ApplyWithoutRefresh(t.Context(), &older, in("dev")))
	require.Equal(t, "dev", older.Text("sandbox_name"))
	require.Equal(t, i.Text("id"), older.Text("id"))
}

// Terraform drops what a plan without a change notes, so a destroy knows of a written sandbox from the next change on.
func TestAWrittenSandboxIsNotedWithTheNextChange(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	i, elsewhere := connection(), world.CoreWith(t, "adobe", "sandbox_name", "stage")
	acctest.Applied(t, world.Core(t), i, core.Create, map[string]any{"name": "Shop"})
	acctest.Applied(t, elsewhere, i, core.NoOp, in("dev"))
	require.ErrorContains(t, elsewhere.Apply(t.Context(), i, nil).Err(), `is in the sandbox "dev", and the provider is set to "stage"`)

	described := in("dev")
	described["description"] = "EU"
	acctest.Applied(t, elsewhere, i, core.Update, described)
	require.Empty(t, elsewhere.Apply(t.Context(), i, nil))
	require.Empty(t, sandboxes(world))
}

// Terraform plans a tainted object as if there were none, so only the configuration can keep it in its sandbox.
func TestATaintedObjectIsReplacedWhereTheConfigurationSays(t *testing.T) {
	t.Parallel()
	for sandbox, config := range map[string]map[string]any{"dev": {"name": "Shop"}, "stage": in("stage")} {
		world := acctest.New(t, simulator.Options{})
		i := connection()
		acctest.Applied(t, world.Core(t), i, core.Create, in("stage"))
		i.Tainted = true
		acctest.Applied(t, world.Core(t), i, core.Replace, config)
		require.Equal(t, []string{sandbox}, sandboxes(world))
	}
}

// Of a state that does not say where its object is, a warning says that it may be somewhere else.
func TestOlderStateOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	i := connection()
	acctest.Applied(t, world.Core(t), i, core.Create, map[string]any{"name": "Shop"})
	i.Object = i.Older()
	found := world.CoreWith(t, "adobe", "sandbox_name", "stage").Refresh(t.Context(), i)
	require.NoError(t, found.Err())
	require.Len(t, found, 1)
	require.Contains(t, found[0].Detail, `is not in the sandbox "stage". The state is of an older version`)
}

func TestImportFromAnotherSandbox(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	terraform, i, imported := world.Core(t), connection(), connection()
	acctest.Applied(t, terraform, i, core.Create, in("stage"))
	id := i.Text("id")
	require.Error(t, terraform.Import(t.Context(), imported, id).Err())
	require.ErrorContains(t, terraform.Import(t.Context(), imported, id+"@Stage").Err(), "must be the name of a sandbox")
	require.Empty(t, terraform.Import(t.Context(), imported, id+"@stage"))
	require.Equal(t, "stage", imported.Text("sandbox_name"))
	acctest.Applied(t, terraform, imported, core.NoOp, in("stage"))
}

// One configuration and one provider block serve several sandboxes, and the provider needs none of its own.
func TestOneConfigurationForSeveralSandboxes(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config: world.ConfigWithoutSandbox(`
resource "customerio_source_connection" "dev" {
  name         = "Shop"
  sandbox_name = "dev"
}

resource "customerio_source_connection" "stage" {
  name         = customerio_source_connection.dev.name
  sandbox_name = "stage"
}

data "customerio_source_connection" "stage" {
  name         = customerio_source_connection.stage.name
  sandbox_name = customerio_source_connection.stage.sandbox_name
}
`),
				Check: resource.ComposeTestCheckFunc(
					resource.TestCheckResourceAttrPair("data.customerio_source_connection.stage", "id", "customerio_source_connection.stage", "id"),
					resource.TestCheckResourceAttr("data.customerio_source_connection.stage", "sandbox_name", "stage"),
				),
			},
			{
				Config:      world.ConfigWithoutSandbox(`data "customerio_source_connection" "this" { name = "Shop" }`),
				ExpectError: acctest.Message("Provider configuration incomplete", "adobe.sandbox_name"),
			},
			{
				Config:      world.ConfigWithoutSandbox(`data "customerio_source_connection" "this" {` + "\n" + `name = "Nothing"` + "\n" + `sandbox_name = "stage"` + "\n}"),
				ExpectError: acctest.Message(`no source connection with the name "Nothing" in the sandbox "stage"`),
			},
		},
	})
}

// Nothing is looked for in the provider's sandbox as long as the sandbox is not known.
func TestSandboxThatThePlanDoesNotKnow(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	schema, dataset := world.SeedDataset("stage", "Events of the stage")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: world.Config(fmt.Sprintf(`
resource "terraform_data" "sandbox" {
  input = "stage"
}
resource "customerio_target_connection" "this" {
  name         = "Data lake"
  dataset_id   = %q
  sandbox_name = terraform_data.sandbox.output
}
resource "customerio_mapping_set" "this" {
  name         = "Mappings"
  schema_id    = %q
  mappings     = { "_acme.email" = { source = "data.identifiers.email" } }
  sandbox_name = terraform_data.sandbox.output
}
`, dataset, schema)),
			Check: resource.ComposeTestCheckFunc(
				resource.TestCheckResourceAttr("customerio_target_connection.this", "schema_id", schema),
				resource.TestCheckResourceAttr("customerio_mapping_set.this", "sandbox_name", "stage"),
			),
		}},
	})
}
