package sourceconnection_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const (
	address    = "customerio_source_connection.this"
	collection = "/flowservice/sourceConnections"

	customerIOSpec = "96479064-7b8a-4d69-b9ed-21c5683837ea"
	pendoSpec      = "6ff5654f-19d5-427d-bd3e-c0ebc802389a"
	httpAPISpec    = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// with is a source connection with exactly the given attributes.
func with(attributes ...string) string {
	return acctest.Resource("customerio_source_connection", attributes...)
}

func subject(world *acctest.World) acctest.Subject {
	return acctest.Subject{
		World: world, Address: address, Kind: simulator.KindSourceConnection, Collection: collection,
		Config:    world.Config(with(`name = "Shop"`)),
		Arguments: func(*testing.T) map[string]any { return map[string]any{"name": "Shop"} },
		Change:    func(body map[string]any) { body["name"], body["description"] = "Renamed", "By hand" },
		Missing:   "4982698b-e6b3-48c2-8dcf-040e20121fd2", Malformed: "42", Message: "must be a UUID such as",
	}
}

func TestStories(t *testing.T) { acctest.TellStories(t, subject) }

func TestDefaultsAreCustomerIOs(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:           world.Config(with(`name = "Shop"`)),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate),
				ConfigStateChecks: append(acctest.InState(address, map[string]string{
					"name": "Shop", "format": "json", "connection_spec.id": customerIOSpec, "connection_spec.version": "1.0",
					"provider_id": "521eee4d-8cbe-4906-bb48-fb6bd4450033",
				}),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("description"), knownvalue.Null()),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("base_connection_id"), knownvalue.Null()),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("params"), knownvalue.Null()),
				),
			},
			acctest.NothingPlanned(world.Config(with(`
  name            = "Shop"
  format          = "json"
  connection_spec = { id = "` + customerIOSpec + `" }
`))),
		},
	})
	require.JSONEq(t, `{"name":"Shop","connectionSpec":{"id":"`+customerIOSpec+`","version":"1.0"},"data":{"format":"json"},
		"providerId":"521eee4d-8cbe-4906-bb48-fb6bd4450033"}`,
		subject(world).RequestBody(t, http.MethodPost))
}

func TestTextsChangeInPlace(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	inPlace := func(patches int, attributes ...string) resource.TestStep {
		return resource.TestStep{
			PreConfig:        world.ResetCalls,
			Config:           world.Config(with(attributes...)),
			ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
			Check: func(*terraform.State) error {
				require.Equal(t, patches, world.CallsTo(http.MethodPatch, collection))
				require.Zero(t, world.CallsTo(http.MethodPost, collection))
				return nil
			},
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(`name = "Shop"`, `description = "Events of the shop"`))},
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			inPlace(1, `name = "Shop EU"`, `description = "Events of the shop"`),
			inPlace(1, `name = "Shop EU"`, `description = "Orders"`),
			inPlace(1, `name = "Shop"`),
			inPlace(0, `name = "Shop"`, `timeouts = { delete = "20m" }`), // the service knows nothing of timeouts
		},
	})
}

func TestEverythingElseReplaces(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	replaced := func(config string) resource.TestStep {
		return resource.TestStep{Config: world.Config(config), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionReplace)}
	}
	onBase := func(name string) string {
		return with(`
  name               = "Shop"
  connection_spec    = { id = "`+httpAPISpec+`" }
  base_connection_id = customerio_base_connection.`+name+`.id
`) + `
resource "customerio_base_connection" "one" {
  name            = "One"
  connection_spec = { id = "` + httpAPISpec + `" }
}
resource "customerio_base_connection" "two" {
  name            = "Two"
  connection_spec = { id = "` + httpAPISpec + `" }
}
`
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(`name = "Shop"`))},
			replaced(with(`name = "Shop"`, `connection_spec = { id = "`+pendoSpec+`" }`)),
			replaced(with(`name = "Shop"`, `connection_spec = { id = "`+pendoSpec+`", version = "1.1" }`)),
			replaced(with(`name = "Shop"`, `provider_id = "0ed90a81-07f4-4586-8190-b40eccef1c5a"`)),
			replaced(with(`name = "Shop"`, `params = jsonencode({ path = "a", depth = { levels = 2 } })`)),
			// Neither the "columns" that the service added nor the spelling count.
			acctest.NothingPlanned(world.Config(with(`
  name   = "Shop"
  params = <<-EOT
    { "path": "a",  "depth": {"levels": 2.0} }
  EOT
`))),
			replaced(with(`name = "Shop"`, `params = "{\"ratio\": 1.0}"`)), // which the service answers as 1
			replaced(with(`name = "Shop"`, `params = jsonencode({ path = "b" })`)),
			replaced(onBase("one")),
			replaced(onBase("two")),
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			replaced(with(`name = "Shop"`)),
		},
	})
}

func TestChangesElsewhereAreRepaired(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	shop := subject(world)
	shop.Config = world.Config(with(`name = "Shop"`, `params = jsonencode({ path = "a" })`))
	repaired := func(action plancheck.ResourceActionType, change func(map[string]any)) resource.TestStep {
		return resource.TestStep{
			PreConfig: shop.ChangeElsewhere(t, change), Config: shop.Config, ConfigPlanChecks: acctest.Planned(address, action),
			ConfigStateChecks: acctest.InState(address, map[string]string{"name": "Shop", "params": `{"path":"a"}`, "connection_spec.id": customerIOSpec}),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: shop.Config},
			repaired(plancheck.ResourceActionUpdate, func(body map[string]any) { body["name"], body["description"] = "Renamed", "By hand" }),
			repaired(plancheck.ResourceActionReplace, func(body map[string]any) { body["params"] = map[string]any{"path": "b"} }),
			repaired(plancheck.ResourceActionReplace, func(body map[string]any) { body["data"] = map[string]any{"format": "delimited"} }),
			repaired(plancheck.ResourceActionReplace, func(body map[string]any) {
				body["connectionSpec"] = map[string]any{"id": pendoSpec, "version": "1.0"}
			}),
			repaired(plancheck.ResourceActionReplace, func(body map[string]any) {
				body["baseConnectionId"] = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
			}),
		},
	})
}

// Right after the delete of a dataflow, the service may still count its connections as used.
func TestDeleteWaitsForADataflowThatIsBeingDeleted(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{DeleteStatus: http.StatusAccepted})
	used := simulator.Fault{
		Method: http.MethodDelete, Path: "*" + collection + "/*", Do: simulator.FaultAnswer, Status: http.StatusBadRequest,
		Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-1447-400","title":"Bad request","status":400,
			"report":{"detailed-message":"Found active flows containing id 1.","request-id":"r-1"}}`,
	}
	aMoment := used
	aMoment.Times = 2
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(`name = "Shop"`))},
			{
				PreConfig: func() { world.AddFault(used) },
				Config:    world.Config(with(`name = "Shop"`)), Destroy: true,
				ExpectError: acctest.Message("Unable to delete source connection", "FLOW-1447-400", "Found active flows", "request ID r-1",
					"Dataflows still use the connection. Delete them first"),
			},
			{
				PreConfig: func() { world.ClearFaults(); world.ResetCalls(); world.AddFault(aMoment) },
				Config:    world.Config(with(`name = "Shop"`)), Destroy: true,
			},
		},
	})
	require.Equal(t, 3, world.CallsTo(http.MethodDelete, collection))
}

func TestRefusalsPointAtTheAttribute(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const spec = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
	base := world.Make(t, "/data/foundation/flowservice/connections", `{"name":"Base","connectionSpec":{"id":"`+httpAPISpec+`","version":"1.0"}}`)
	world.Keep()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:      world.Config(with(`name = "Shop"`, `base_connection_id = "`+base+`"`)),
				ExpectError: acctest.Message("Base connection not allowed", `base_connection_id = "`+base+`"`, "FLOW-1332-400", "Remove `base_connection_id`"),
			},
			{
				Config:      world.Config(with(`name = "Shop"`, `connection_spec = { id = "`+spec+`" }`)),
				ExpectError: acctest.Message("Connection specification not found", "connection_spec = ", "no connection specification with the ID "+spec, "Check the ID"),
			},
			{
				Config:      world.Config(with(`name = "Shop"`, `connection_spec = { id = "`+httpAPISpec+`" }`)),
				ExpectError: acctest.Message("Unable to create source connection", "FLOW-1323-400", "baseConnectionId is empty"),
			},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{
						Method: http.MethodPost, Path: "*" + collection, Do: simulator.FaultAnswer, Status: http.StatusBadRequest,
						Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-1327-400","report":{"detailed-message":"not supported","request-id":"r-2"}}`,
					})
				},
				Config:      world.Config(with(`name = "Shop"`, `format = "json"`)),
				ExpectError: acctest.Message(`format = "json"`, "FLOW-1327-400", "request ID r-2", "the only format of the Customer.io source is `json`"),
			},
		},
	})
	require.Empty(t, world.Alive(simulator.KindSourceConnection))
}

// A base connection that does not exist, or is none, is refused in the plan.
func TestBaseConnectionIsLookedForInThePlan(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const missing = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
	source := world.MakeSourceConnection(t, "Other")
	failure := func(base, detail string) acctest.Failure {
		return acctest.Failure{
			Config:  world.Config(with(`name = "Shop"`, `base_connection_id = "`+base+`"`, `connection_spec = { id = "`+httpAPISpec+`" }`)),
			Message: []string{"Base connection not found", `base_connection_id = "` + base + `"`, "There is no base connection with the ID " + base + ". " + detail},
		}
	}
	acctest.PlansFail(t, map[string]acctest.Failure{
		"missing": failure(missing, "Check the ID"), "another kind": failure(source, "It is the ID of a source connection. Use that of a base connection."),
	})
}

func TestUpdateRefused(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(`name = "Shop"`))},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{
						Method: http.MethodPatch, Path: "*" + collection + "/*", Do: simulator.FaultAnswer, Status: http.StatusBadRequest,
						Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-1445-400","report":{"detailed-message":"PATCH is not enabled","request-id":"r-3"}}`,
					})
				},
				Config:      world.Config(with(`name = "Shop EU"`)),
				ExpectError: acctest.Message(`Unable to update source connection`, "FLOW-1445-400", "request ID r-3", "terraform apply -replace="),
			},
			{ // the refused change is planned again
				PreConfig:         world.ClearFaults,
				Config:            world.Config(with(`name = "Shop EU"`)),
				ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: acctest.InState(address, map[string]string{"name": "Shop EU"}),
			},
		},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	bad := func(line, message string) acctest.BadInput {
		return acctest.BadInput{Config: with(`name = "Shop"`, line), Line: line, Message: message}
	}
	named := func(line, message string) acctest.BadInput {
		return acctest.BadInput{Config: with(line), Line: line, Message: message}
	}
	// Terraform quotes no line within an object, so only the message names the attribute.
	nested := func(line, message string) acctest.BadInput {
		return acctest.BadInput{Config: with(`name = "Shop"`, line), Line: "with " + address, Message: message}
	}
	const trimmed = "must not be empty, nor begin or end with white space"
	acctest.New(t, simulator.Options{}).Refuses(t, map[string]acctest.BadInput{
		"no name":              named(``, `The argument "name" is required`),
		"empty name":           named(`name = ""`, "Attribute name "+trimmed),
		"padded name":          named(`name = "Shop "`, "Attribute name "+trimmed),
		"padded description":   bad(`description = " x"`, "Attribute description "+trimmed),
		"spec no UUID":         nested(`connection_spec = { id = "customerio" }`, "Attribute connection_spec.id must be a UUID such as"),
		"spec without id":      bad(`connection_spec = { version = "1.0" }`, `attribute "id" is required`),
		"empty spec version":   nested(`connection_spec = { id = "`+customerIOSpec+`", version = "" }`, "Attribute connection_spec.version "+trimmed),
		"provider no UUID":     bad(`provider_id = "adobe"`, "Attribute provider_id must be a UUID such as"),
		"base no UUID":         bad(`base_connection_id = "abc"`, "Attribute base_connection_id must be a UUID such as"),
		"format not json":      bad(`format = "parquet"`, `Attribute format value must be one of: ["json"], got: "parquet"`),
		"params no object":     bad(`params = "[]"`, "Attribute params must be a JSON object"),
		"params no JSON":       bad(`params = "{path}"`, "not valid JSON string format"),
		"malformed duration":   nested(`timeouts = { delete = "soon" }`, `must be a duration above zero, such as 30s or 10m, got "soon": it is not a duration`),
		"id is not to be set":  bad(`id = "4982698b-e6b3-48c2-8dcf-040e20121fd2"`, "Cannot set value for this attribute as the provider has marked it as read-only"),
		"attribute of another": bad(`dataset_id = "62a9a55a5b3b0d1949b6ba93"`, `An argument named "dataset_id" is not expected here`),
	})
}

// Somebody else may have given a name with a blank at its end, or a description that ends with a line break. They are imported as they are, and
// only a new text has to do without.
func TestPaddedTextsAreImportedAsTheyAre(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	id := world.MakeSourceConnection(t, "Shop ")
	require.NoError(t, world.Update(simulator.KindSourceConnection, id, func(body map[string]any) { body["description"] = "Made by hand.\nAsk Bob.\n" }))
	terraform, i := world.Core(t), &core.Instance{Type: "customerio_source_connection"}
	require.Empty(t, terraform.Import(t.Context(), i, id))
	arguments := map[string]any{"name": "Shop ", "description": "Made by hand.\nAsk Bob.\n"}
	planned, found := terraform.Plan(t.Context(), i, arguments)
	require.Empty(t, found)
	require.Equal(t, core.NoOp, planned.Action)
	arguments["name"] = "Store "
	_, found = terraform.Plan(t.Context(), i, arguments)
	require.ErrorContains(t, found.Err(), `Attribute name must not be empty, nor begin or end with white space`)
}
