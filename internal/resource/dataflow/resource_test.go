package dataflow_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

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

func planned(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}
}

// onlyPlanned is for steps that do not apply.
func onlyPlanned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PostApplyPreRefresh: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

func value(attribute, text string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), knownvalue.StringExact(text))
}

func TestCreateWaitsForTheStreamingEndpoint(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: 300 * time.Millisecond})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:           world.Config(acctest.Pipeline(`name = "Shop"`)),
				ConfigPlanChecks: planned(address, plancheck.ResourceActionCreate),
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
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/flowservice/flows"))
}

func TestEverythingInPlaceChangesByOnePatchAndOneAction(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	changed := strings.Replace(acctest.Pipeline("name = \"Shop EU\"\n description = \"Orders\"\n state = \"disabled\""),
		"data.identifiers.email", "data.email_address", 1)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(acctest.Pipeline(`name = "Shop"`))},
			{
				PreConfig: world.ResetCalls,
				Config:    world.Config(changed),
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
				Config:           world.Config(strings.Replace(changed, `state = "disabled"`, "", 1)),
				ConfigPlanChecks: planned(address, plancheck.ResourceActionUpdate),
				Check: func(*terraform.State) error {
					require.Zero(t, world.CallsTo(http.MethodPatch, "/flows/"), "only the state changed")
					return nil
				},
			},
			{
				Config:            world.Config(strings.Replace(changed, "description = \"Orders\"\n state = \"disabled\"", "", 1)),
				ConfigPlanChecks:  planned(address, plancheck.ResourceActionUpdate),
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
		return resource.TestStep{Config: world.Config(config), ConfigPlanChecks: planned(address, plancheck.ResourceActionReplace)}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(config)},
			replaced(strings.Replace(config, `name = "Source"`, "name = \"Source\"\n provider_id = \"521eee4d-8cbe-4906-bb48-fb6bd4450034\"", 1)),
			replaced(strings.Replace(config, `name       = "Target"`, "name = \"Target\"\n format = \"parquet_xdm\"", 1)),
			{
				Config:             world.Config(acctest.Pipeline("name = \"Shop\"\n flow_spec = { id = \"d8a6f005-7eaf-4153-983e-e8574508b877\" }")),
				PlanOnly:           true,
				ExpectNonEmptyPlan: true,
				ConfigPlanChecks:   onlyPlanned(plancheck.ResourceActionReplace),
			},
		},
	})
}

func TestDriftIsSeenAndRepaired(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.Config(acctest.Pipeline(`name = "Shop"`))
	change := func(fn func(flow map[string]any)) func() {
		return func() {
			for _, id := range world.Alive(simulator.KindFlow) {
				require.NoError(t, world.Update(simulator.KindFlow, id, fn))
			}
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: change(func(flow map[string]any) {
					flow["state"], flow["name"], flow["description"] = "disabled", "Renamed", "By hand"
				}),
				Config:            config,
				ConfigPlanChecks:  planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{value("state", "enabled"), value("name", "Shop")},
			},
			{
				PreConfig: func() {
					for _, id := range world.Alive(simulator.KindFlow) {
						require.NoError(t, world.Delete(simulator.KindFlow, id))
					}
				},
				Config:           config,
				ConfigPlanChecks: planned(address, plancheck.ResourceActionCreate),
			},
			{ // and the destroy at the end finds it gone
				PreConfig: func() {
					for _, id := range world.Alive(simulator.KindFlow) {
						require.NoError(t, world.Delete(simulator.KindFlow, id))
					}
				},
				Config: config, Destroy: true,
			},
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
			Config:            world.Config(acctest.Pipeline("name = \"Shop\"\n state = \"disabled\"")),
			ConfigPlanChecks:  planned(address, plancheck.ResourceActionCreate),
			ConfigStateChecks: []statecheck.StateCheck{value("state", "disabled")},
		}},
	})
}

func TestIDIsSavedBeforeTheWait(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{Provisioning: 4 * time.Second})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:      world.Config(acctest.Pipeline("name = \"Shop\"\n timeouts = { create = \"1s\" }")),
				ExpectError: regexp.MustCompile(`(?s)Unable to provision dataflow.*no\s+streaming\s+endpoint\s+yet|Unable to provision dataflow.*the\s+dataflow\s+is`),
			},
			{ // the dataflow that timed out is known, and planned to be replaced, not made a second time
				Config:             world.Config(acctest.Pipeline("name = \"Shop\"\n timeouts = { create = \"1s\" }")),
				PlanOnly:           true,
				ExpectNonEmptyPlan: true,
				ConfigPlanChecks:   onlyPlanned(plancheck.ResourceActionReplace),
			},
		},
	})
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/flowservice/flows"))
}

func TestStaleEtagIsReadAnew(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	conflict := simulator.Fault{
		Method: http.MethodPatch, Path: "*/flows/*", Do: simulator.FaultAnswer, Status: http.StatusPreconditionFailed,
		Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-1404-412","title":"Precondition failed","status":412,"report":{"detailed-message":"Version mismatch","request-id":"r-1"}}`,
	}
	once, always := conflict, conflict
	once.Times = 1
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(acctest.Pipeline(`name = "Shop"`))},
			{PreConfig: func() { world.AddFault(once) }, Config: world.Config(acctest.Pipeline(`name = "Shop 2"`))},
			{
				PreConfig:   func() { world.AddFault(always) },
				Config:      world.Config(acctest.Pipeline(`name = "Shop 3"`)),
				ExpectError: regexp.MustCompile(`(?s)Unable to update dataflow.*FLOW-1404-412.*request\s+id\s+r-1.*Somebody\s+else`),
			},
			{PreConfig: world.ClearFaults, Config: world.Config(acctest.Pipeline(`name = "Shop 3"`))},
		},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	for name, test := range map[string]struct{ attributes, message string }{
		"empty name":         {`name = ""`, `(?s)name = "".*Attribute\s+name\s+must\s+not\s+be\s+empty`},
		"padded name":        {`name = " Shop"`, `(?s)Attribute\s+name\s+must\s+not\s+be\s+empty,\s+nor\s+begin\s+or\s+end\s+with\s+white\s+space`},
		"empty description":  {"name = \"Shop\"\n description = \"\"", `(?s)Attribute\s+description\s+must\s+not\s+be\s+empty`},
		"unknown state":      {"name = \"Shop\"\n state = \"paused\"", `(?s)Attribute\s+state\s+value\s+must\s+be\s+one\s+of`},
		"flow spec no UUID":  {"name = \"Shop\"\n flow_spec = { id = \"x\" }", `(?s)Attribute\s+flow_spec\.id\s+must\s+be\s+a\s+UUID`},
		"malformed duration": {"name = \"Shop\"\n timeouts = { create = \"soon\" }", `(?s)"soon"\s+must\s+be\s+a\s+string\s+containing\s+a\s+sequence\s+of\s+decimal\s+numbers`},
	} {
		t.Run(name, func(t *testing.T) {
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps: []resource.TestStep{{
					Config: world.Config(acctest.Pipeline(test.attributes)), PlanOnly: true, ExpectError: regexp.MustCompile(test.message),
				}},
			})
		})
	}
	t.Run("ids that are no UUIDs", func(t *testing.T) {
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories,
			Steps: []resource.TestStep{{
				Config: world.Config(`resource "customerio_dataflow" "this" {
  name                 = "Shop"
  source_connection_id = "abc"
  target_connection_id = "abc"
  mapping_set_id       = "59c0e53a2dc84f7791ecc1b3d6e51d5e"
  mapping_version      = -1
}`),
				PlanOnly:    true,
				ExpectError: regexp.MustCompile(`(?s)source_connection_id\s+must\s+be\s+a\s+UUID.*target_connection_id\s+must\s+be\s+a\s+UUID.*mapping_version\s+value\s+must\s+be\s+at\s+least\s+0`),
			}},
		})
	})
}

func TestRefusalsPointAtTheAttribute(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := acctest.Pipeline(`name = "Shop"`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:      world.Config(strings.Replace(config, "customerio_mapping_set.this.version", "7", 1)),
				ExpectError: regexp.MustCompile(`(?s)mapping_version\s+=\s+7.*1412-400.*request\s+id.*has\s+no\s+such\s+version`),
			},
			{
				Config:      world.Config(strings.Replace(config, "customerio_mapping_set.this.id", `"59c0e53a2dc84f7791ecc1b3d6e51d5e"`, 1)),
				ExpectError: regexp.MustCompile(`(?s)mapping_set_id\s+=.*1419-400`),
			},
		},
	})
}

func TestImportOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	step := func(id, message string) resource.TestStep {
		return resource.TestStep{
			Config: world.Config(acctest.Pipeline(`name = "Shop"`)), ResourceName: address, ImportState: true, ImportStateId: id,
			ExpectError: regexp.MustCompile(message),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			step("4982698b-e6b3-48c2-8dcf-040e20121fd2", `(?s)Cannot import non-existent remote object`),
			step("42", `(?s)must\s+be\s+a\s+UUID`),
		},
	})
}
