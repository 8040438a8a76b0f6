package dataflow_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const (
	address    = "customerio_dataflow.this"
	mappingSet = "customerio_mapping_set.this"
)

func TestMain(m *testing.M) { acctest.Main(m) }

func subject(world *acctest.World) acctest.Subject {
	return acctest.Subject{
		World: world, Address: address, Kind: simulator.KindFlow, Collection: "/flowservice/flows",
		Config: world.Config(acctest.Pipeline(`name = "Shop"`)),
		Arguments: func(t *testing.T) map[string]any {
			t.Helper()
			return map[string]any{
				"name": "Shop", "mapping_set_id": world.MakeMappingSet(t, "Events"), "mapping_version": 0,
				"source_connection_id": world.MakeSourceConnection(t, "Source"), "target_connection_id": world.MakeTargetConnection(t, "Target"),
			}
		},
		Change: func(body map[string]any) {
			body["state"], body["name"], body["description"] = "disabled", "Renamed", "By hand"
		},
		Missing: "4982698b-e6b3-48c2-8dcf-040e20121fd2", Malformed: "42", Message: "must be a UUID",
	}
}

func TestStories(t *testing.T) { acctest.TellStories(t, subject) }

func value(attribute, text string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), knownvalue.StringExact(text))
}

func TestCreateWaitsForTheStreamingEndpoint(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: 300 * time.Millisecond, DeleteStatus: http.StatusAccepted})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:           world.Config(acctest.Pipeline(`name = "Shop"`)),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					value("state", "enabled"),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("streaming_endpoint_url")),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("webhook_url")),
				},
				Check: func(state *terraform.State) error {
					attributes := state.RootModule().Resources[address].Primary.Attributes
					require.Regexp(t, `/collection/[0-9a-f]{64}$`, attributes["streaming_endpoint_url"])
					require.Equal(t, attributes["streaming_endpoint_url"]+"?x-adobe-flow-id="+attributes["id"], attributes["webhook_url"])
					return nil
				},
			},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/flowservice/flows"))
}

func TestEverythingInPlaceChangesByOnePatchAndOneAction(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	changed := func(attributes ...string) string {
		pipeline := acctest.Pipeline(append(attributes, `name = "Shop EU"`)...)
		return world.Config(strings.Replace(pipeline, "data.identifiers.email", "data.email_address", 1))
	}
	const orders, disabled = `description = "Orders"`, `state = "disabled"`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(acctest.Pipeline(`name = "Shop"`))},
			{
				PreConfig: world.ResetCalls,
				Config:    changed(orders, disabled),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
						plancheck.ExpectResourceAction(mappingSet, plancheck.ResourceActionUpdate),
						plancheck.ExpectUnknownValue(address, tfjsonpath.New("mapping_version")),
					},
					PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				},
				ConfigStateChecks: []statecheck.StateCheck{
					value("name", "Shop EU"), value("description", "Orders"), value("state", "disabled"),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("mapping_version"), knownvalue.Int64Exact(1)),
				},
				Check: func(*terraform.State) error {
					require.Equal(t, 1, world.CallsTo(http.MethodPatch, "/flows/"))
					require.Equal(t, 1, world.CallsTo(http.MethodPost, "/action"))
					return nil
				},
			},
			{
				PreConfig:        world.ResetCalls,
				Config:           changed(orders),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
				Check: func(*terraform.State) error {
					require.Zero(t, world.CallsTo(http.MethodPatch, "/flows/"), "only the state changed")
					return nil
				},
			},
			{
				Config:            changed(),
				ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(address, tfjsonpath.New("description"), knownvalue.Null())},
			},
		},
	})
}

func TestConnectionsAndSpecReplace(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{DeleteStatus: http.StatusAccepted})
	config := acctest.Pipeline(`name = "Shop"`)
	replaced := func(config string) resource.TestStep {
		return resource.TestStep{Config: world.Config(config), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionReplace)}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(config)},
			replaced(strings.Replace(config, `name = "Source"`, `
  name        = "Source"
  provider_id = "521eee4d-8cbe-4906-bb48-fb6bd4450034"
`, 1)),
			replaced(strings.Replace(config, `name       = "Target"`, `
  name       = "Target"
  format     = "parquet_xdm"
`, 1)),
			acctest.OnlyPlanned(world.Config(acctest.Pipeline(`name = "Shop"`, `flow_spec = { id = "d8a6f005-7eaf-4153-983e-e8574508b877" }`)),
				address, plancheck.ResourceActionReplace),
		},
	})
}

func TestDisabledFromTheStart(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{{
			Config:            world.Config(acctest.Pipeline(`name = "Shop"`, `state = "disabled"`)),
			ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionCreate),
			ConfigStateChecks: []statecheck.StateCheck{value("state", "disabled")},
		}},
	})
}

func TestOtherMappingSetAndTimeoutsInPlace(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	other := func(attributes ...string) string {
		return world.Config(strings.NewReplacer(
			"customerio_mapping_set.this.id", "customerio_mapping_set.other.id",
			"customerio_mapping_set.this.version", "customerio_mapping_set.other.version",
		).Replace(acctest.Pipeline(append(attributes, `name = "Shop"`)...)) + `
resource "customerio_mapping_set" "other" {
  schema_id = "SCHEMA_ID"
  mappings  = { "_acme.email" = { source = "data.email_address" } }
}
`)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(acctest.Pipeline(`name = "Shop"`))},
			{
				Config:           other(),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.CompareValuePairs(
					address, tfjsonpath.New("mapping_set_id"), "customerio_mapping_set.other", tfjsonpath.New("id"), compare.ValuesSame())},
			},
			{
				PreConfig:        world.ResetCalls,
				Config:           other(`timeouts = { update = "20m" }`),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
			},
		},
	})
	require.Zero(t, world.CallsTo(http.MethodPatch, "/flows/"), "the service knows nothing of timeouts")
}
