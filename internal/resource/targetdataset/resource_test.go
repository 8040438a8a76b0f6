package targetdataset_test

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
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const (
	address    = "customerio_target_dataset.this"
	collection = "/catalog/dataSets"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// config is a dataset with exactly the given attributes, which is protected by default.
func config(attributes ...string) string {
	return acctest.Resource("customerio_target_dataset", attributes...)
}

// with is a dataset of the world's schema that nothing protects, with further attributes.
func with(attributes ...string) string {
	return config(append(attributes, `schema_id = "SCHEMA_ID"`, `deletion_protection = false`)...)
}

func subject(world *acctest.World) acctest.Subject {
	return acctest.Subject{
		World: world, Address: address, Kind: simulator.KindDataSet, Collection: collection,
		Config: world.Config(with(`name = "Events"`)),
		Arguments: func(*testing.T) map[string]any {
			return map[string]any{"name": "Events", "schema_id": world.SchemaID, "deletion_protection": false}
		},
		Change:   func(body map[string]any) { body["name"], body["description"] = "Renamed", "By hand" },
		Settings: []string{"deletion_protection"},
		Missing:  "63ec807d3f5ce91bd2d06c65", Malformed: "..", Message: "must be 24 hexadecimal digits",
	}
}

func TestStories(t *testing.T) { acctest.TellStories(t, subject) }

func TestLifecycle(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	inPlace := func(attributes ...string) resource.TestStep {
		return resource.TestStep{
			PreConfig:        world.ResetCalls,
			Config:           world.Config(with(attributes...)),
			ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
			Check: func(*terraform.State) error {
				require.Equal(t, 1, world.CallsTo(http.MethodPatch, collection))
				require.Zero(t, world.CallsTo(http.MethodPost, collection))
				return nil
			},
		}
	}
	verify := resource.TestStep{
		ResourceName: address, ImportState: true, ImportStateVerify: true,
		// An import sets the protection, and does not know which tags are managed.
		ImportStateVerifyIgnore: []string{"deletion_protection", "tags"},
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:           world.Config(with(`name = "Events"`)),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate),
				ConfigStateChecks: append(acctest.InState(address, map[string]string{
					"name": "Events", "schema_id": world.SchemaID, "schema_version": "application/vnd.adobe.xed-full+json;version=1",
				}), statecheck.ExpectKnownValue(address, tfjsonpath.New("tags"), knownvalue.Null())),
			},
			verify,
			inPlace(`name = "All events"`, `description = "Of the shop"`),
			inPlace(`name = "All events"`),
			inPlace(`name = "All events"`, `tags = { team = ["crm", "data"], "a/b~1c" = ["x"] }`),
			inPlace(`name = "All events"`, `tags = { team = ["crm"] }`),
			inPlace(`name = "All events"`, `error_diagnostics = true`),
			inPlace(`name = "All events"`, `error_diagnostics = true`, `profile_enabled = true`),
			verify,
			inPlace(`name = "All events"`, `error_diagnostics = true`),
		},
	})
}

// The service adds tags of its own, which are neither drift nor lost by a change.
func TestTagsOfOthersStay(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	mine := `
  name = "Events"
  tags = { team = ["crm"] }
`
	change := subject(world).ChangeElsewhere(t, func(body map[string]any) {
		body["tags"].(map[string]any)["theirs"] = []any{"x"}
		delete(body["tags"].(map[string]any), "team")
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(mine)), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate)},
			{PreConfig: change, Config: world.Config(with(mine)), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate)},
			{
				Config: world.Config(with(`name = "Events"`)),
				Check: func(*terraform.State) error {
					subject(world).ChangeElsewhere(t, func(body map[string]any) {
						tags := body["tags"].(map[string]any)
						require.Equal(t, []any{"x"}, tags["theirs"])
						require.Contains(t, tags, "adobe/pqs/table")
						require.NotContains(t, tags, "team")
					})()
					return nil
				},
			},
		},
	})
}

func TestProtectionHoldsBackDestroyAndReplacement(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	other, _ := world.SeedDataset(simulator.DefaultSandbox, "Other")
	events := func(attributes ...string) string {
		return world.Config(config(append(attributes, `name = "Events"`)...))
	}
	const schema, unprotected = `schema_id = "SCHEMA_ID"`, `deletion_protection = false`
	otherSchema := `schema_id = "` + other + `"`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: events(schema)},
			{
				Config: events(schema), Destroy: true,
				ExpectError: acctest.Message("Dataset is protected", `The plan deletes the dataset "Events"`, "apply `deletion_protection = false` first, with `-target` on the dataset"),
			},
			{
				Config:      events(otherSchema, unprotected),
				ExpectError: acctest.Message("Dataset is protected", "schema_id", "with its data and create another one"),
			},
			{
				Config: events(schema, unprotected),
				Check: func(*terraform.State) error {
					require.Len(t, world.Alive(simulator.KindDataSet), 1)
					require.Zero(t, world.CallsTo(http.MethodDelete, collection))
					return nil
				},
			},
			{Config: events(otherSchema, unprotected), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionReplace)},
		},
	})
}

// Nobody has said yet that an imported dataset may be deleted.
func TestImportProtects(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	imported := config(`name = "Customer.io events"`, `schema_id = "SCHEMA_ID"`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{
				Config: world.Config(imported), ResourceName: address, ImportState: true, ImportStateId: world.DatasetID, ImportStatePersist: true,
				ImportStateCheck: func(states []*terraform.InstanceState) error {
					require.Len(t, states, 1)
					require.Equal(t, "true", states[0].Attributes["deletion_protection"])
					return nil
				},
			},
			acctest.NothingPlanned(world.Config(imported)),
			{
				Config: world.Config(imported), Destroy: true,
				ExpectError: acctest.Message("Dataset is protected", `The plan deletes the dataset "Customer.io events"`),
			},
			{Config: world.Config(with(`name = "Customer.io events"`))}, // so that the test can destroy it
		},
	})
}

// One of Adobe's documents writes the tag with a space.
func TestProfileTagWithASpace(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	enabled := world.Config(with(`name = "Events"`, `profile_enabled = true`))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: enabled},
			{
				PreConfig: subject(world).ChangeElsewhere(t, func(body map[string]any) {
					body["tags"].(map[string]any)["unifiedProfile"] = []any{"enabled: true"}
				}),
				Config: enabled, PlanOnly: true,
			},
		},
	})
}

// What somebody else changes after the plan is not overwritten.
func TestNameThatIsChangedElsewhereDuringTheApply(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	events := subject(world)
	between := acctest.During(events.ChangeElsewhere(t, func(body map[string]any) { body["name"] = "Theirs" }))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: events.Config},
			{
				Config:           world.Config(with(`name = "Mine"`)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{between}},
				ExpectError:      acctest.Message("Unable to update dataset", `its name was "Events" when this change to "Mine"`, `is "Theirs" now`, "Plan again"),
			},
			{
				PreConfig: events.ChangeElsewhere(t, func(body map[string]any) { require.Equal(t, "Theirs", body["name"]) }),
				Config:    world.Config(with(`name = "Mine"`)), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
			},
		},
	})
}

// The removal of a tag cannot be repeated: the service refuses the second one, since the first was carried out.
func TestLostAnswerToTheRemovalOfATag(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(`name = "Events"`, `tags = { team = ["crm"] }`))},
			{
				PreConfig: func() {
					world.AddFault(simulator.Fault{Method: http.MethodPatch, Path: "*" + collection + "/*", Do: simulator.FaultResetAfter, Times: 1})
				},
				Config:           world.Config(with(`name = "Events"`)),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
			},
		},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	bad := func(line, message string) acctest.BadInput {
		return acctest.BadInput{Config: with(`name = "Events"`, line), Line: line, Message: message}
	}
	acctest.New(t, simulator.Options{}).Refuses(t, map[string]acctest.BadInput{
		"no name":                              {Config: with(), Line: `"name" is required`, Message: ""},
		"empty name":                           {Config: with(`name = ""`), Line: `name = ""`, Message: "must not be empty"},
		"padded name":                          {Config: with(`name = "Events "`), Line: `name = "Events "`, Message: "must not be empty, nor begin or end with white space"},
		"schema that is no URL":                {Config: config(`name = "Events"`, `schema_id = "schemas/1"`), Line: `schema_id = "schemas/1"`, Message: "must be an absolute"},
		"schema version that is no media type": bad(`schema_version = "1"`, "must be a media type with a version"),
		"tag of the profile":                   bad(`tags = { unifiedProfile = ["enabled:true"] }`, "unifiedProfile"),
		"tag without a value":                  bad(`tags = { team = [] }`, "at least 1 elements"),
	})
}
