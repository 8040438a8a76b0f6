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

// with is a dataset of the world's schema that nothing protects, with further attributes, one a line.
func with(attributes string) string {
	return "resource \"customerio_target_dataset\" \"this\" {\nschema_id = \"SCHEMA_ID\"\ndeletion_protection = false\n" + attributes + "\n}\n"
}

func protected(attributes string) string {
	return "resource \"customerio_target_dataset\" \"this\" {\nname = \"Events\"\n" + attributes + "\n}\n"
}

func subject(world *acctest.World) acctest.Subject {
	return acctest.Subject{
		World: world, Address: address, Config: world.Config(with(`name = "Events"`)), Kind: simulator.KindDataSet, Collection: collection,
	}
}

func TestLifecycle(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	inPlace := func(attributes string) resource.TestStep {
		return resource.TestStep{
			PreConfig:        world.ResetCalls,
			Config:           world.Config(with(attributes)),
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
		// Set by an import to what is safe, and to what the configuration then says.
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
			inPlace("name = \"All events\"\ndescription = \"Of the shop\""),
			inPlace("name = \"All events\""),
			inPlace("name = \"All events\"\ntags = { team = [\"crm\", \"data\"], \"a/b~c\" = [\"x\"] }"),
			inPlace("name = \"All events\"\ntags = { team = [\"crm\"] }"),
			inPlace("name = \"All events\"\nerror_diagnostics = true"),
			inPlace("name = \"All events\"\nerror_diagnostics = true\nprofile_enabled = true"),
			verify,
			inPlace("name = \"All events\"\nerror_diagnostics = true"),
		},
	})
}

// The service adds tags of its own, which are neither drift nor lost by a change.
func TestTagsOfOthersStay(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	mine := "name = \"Events\"\ntags = { team = [\"crm\"] }"
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
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(protected(`schema_id = "SCHEMA_ID"`))},
			{
				Config: world.Config(protected(`schema_id = "SCHEMA_ID"`)), Destroy: true,
				ExpectError: acctest.Message("Dataset is protected", `The dataset "Events"`, "was not deleted", "deletion_protection = false first"),
			},
			{
				Config:      world.Config(protected("schema_id = \"" + other + "\"\ndeletion_protection = false")),
				ExpectError: acctest.Message("Dataset is protected", "schema_id", "deleted with its data and made anew"),
			},
			{
				Config: world.Config(protected("schema_id = \"SCHEMA_ID\"\ndeletion_protection = false")),
				Check: func(*terraform.State) error {
					require.Len(t, world.Alive(simulator.KindDataSet), 1)
					require.Zero(t, world.CallsTo(http.MethodDelete, collection))
					return nil
				},
			},
			{
				Config:           world.Config(protected("schema_id = \"" + other + "\"\ndeletion_protection = false")),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionReplace),
			},
		},
	})
}

func TestImportProtects(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.Config(protected(`schema_id = "SCHEMA_ID"`))
	unprotected := world.Config(protected("schema_id = \"SCHEMA_ID\"\ndeletion_protection = false"))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{Config: config, ResourceName: address, ImportState: true, ImportStateId: world.DatasetID, ImportStatePersist: true},
			{
				PreConfig: func() {
					require.NoError(t, world.Update(simulator.KindDataSet, world.DatasetID, func(body map[string]any) {
						body["name"] = "Events"
						body["tags"].(map[string]any)["unifiedProfile"] = []any{"enabled: true"} // spelled as one document does
					}))
				},
				Config: config, ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
			},
			{Config: unprotected},
		},
	})
}

func TestSurvivesDeletionElsewhere(t *testing.T) {
	t.Parallel()
	subject(acctest.New(t, simulator.Options{})).SurvivesDeletionElsewhere(t)
}

func TestGoneBetweenPlanAndDestroy(t *testing.T) {
	t.Parallel()
	subject(acctest.New(t, simulator.Options{})).GoneBetweenPlanAndDestroy(t)
}

func TestIsInStateOnceMade(t *testing.T) {
	t.Parallel()
	subject(acctest.New(t, simulator.Options{})).IsInStateOnceMade(t)
}

func TestImportRefuses(t *testing.T) {
	t.Parallel()
	subject(acctest.New(t, simulator.Options{})).ImportRefuses(t, "63ec807d3f5ce91bd2d06c65", "..", "must be an id: letters, digits")
}

// A patch that removes a tag cannot be repeated: what the second one is refused for is done already.
func TestLostAnswerToTheRemovalOfATag(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with("name = \"Events\"\ntags = { team = [\"crm\"] }"))},
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
	acctest.New(t, simulator.Options{}).Refuses(t, map[string]acctest.BadInput{
		"no name":                              {Config: with(``), Line: `"name" is required`, Message: ""},
		"empty name":                           {Config: with(`name = ""`), Line: `name = ""`, Message: "must not be empty"},
		"padded name":                          {Config: with(`name = "Events "`), Line: `name = "Events "`, Message: "must not be empty, nor begin or end with white space"},
		"schema that is no URL":                {Config: protected(`schema_id = "schemas/1"`), Line: `schema_id = "schemas/1"`, Message: "must be an absolute"},
		"schema version that is no media type": {Config: with("name = \"Events\"\nschema_version = \"1\""), Line: `schema_version = "1"`, Message: "must be a media type with a version"},
		"tag of the profile":                   {Config: with("name = \"Events\"\ntags = { unifiedProfile = [\"enabled:true\"] }"), Line: "tags", Message: "unifiedProfile"},
		"tag without a value":                  {Config: with("name = \"Events\"\ntags = { team = [] }"), Line: "tags", Message: "at least 1 elements"},
	})
}
