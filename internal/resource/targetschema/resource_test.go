package targetschema_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const (
	address     = "customerio_target_schema.this"
	schemas     = "/tenant/schemas"
	fieldGroups = "/tenant/fieldgroups"
	descriptors = "/tenant/descriptors"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// with is a schema with exactly the given attributes.
func with(attributes ...string) string {
	return acctest.Resource("customerio_target_schema", attributes...)
}

func subject(world *acctest.World) acctest.Subject {
	return acctest.Subject{
		World: world, Address: address, Kind: simulator.KindSchema, Collection: schemas, Parts: []string{simulator.KindFieldGroup},
		Config:    world.Config(with(`title = "Shop"`)),
		Arguments: func(*testing.T) map[string]any { return map[string]any{"title": "Shop"} },
		Change:    func(body map[string]any) { body["title"] = "Renamed" },
		Missing:   "https://ns.adobe.com/acme/schemas/1", Malformed: "1234", Message: "must be an absolute",
	}
}

func TestStories(t *testing.T) { acctest.TellStories(t, subject) }

// The title of the field group begins with that of the schema, and is as awkward.
func TestLostAnswerToAFieldGroupWithAnAwkwardTitle(t *testing.T) {
	t.Parallel()
	group := subject(acctest.New(t, simulator.Options{}))
	group.Collection = fieldGroups
	group.LosesTheAnswerToAnAwkwardName(t)
}

// dataset follows the schema.
const dataset = `
resource "customerio_target_dataset" "this" {
  name                = "Shop"
  schema_id           = customerio_target_schema.this.id
  schema_version      = customerio_target_schema.this.content_type
  deletion_protection = false
}
`

// verifyImport leaves out what no service holds.
var verifyImport = resource.TestStep{
	ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"allow_irreversible"},
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:           world.Config(with(`title = "Shop"`)),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate),
				ConfigStateChecks: acctest.InState(address, map[string]string{
					"title": "Shop", "version": "1.0", "content_type": "application/vnd.adobe.xed-full+json;version=1", "tenant_namespace": "_acme",
				}),
			},
			acctest.NothingPlanned(world.Config(with(`title = "Shop"`, `event_fields = ["cio_id", "email", "event_id", "id", "metric", "object_type", "timestamp"]`))),
		},
	})
	require.JSONEq(t, `{"type":"object","title":"Shop","description":"","allOf":[{"$ref":"https://ns.adobe.com/xdm/context/experienceevent"},
		{"$ref":"`+groupIn(t, world)+`"}]}`, subject(world).RequestBody(t, http.MethodPost))
}

// groupIn is the $id of the only field group that was created.
func groupIn(t *testing.T, world *acctest.World) string {
	t.Helper()
	for _, call := range world.Calls() {
		if call.Method == http.MethodPost && call.Path == "/data/foundation/schemaregistry"+fieldGroups {
			return acctest.Member(t, call.ResponseBody, "$id")
		}
	}
	require.Fail(t, "no field group was created")
	return ""
}

func TestGrowsInPlace(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	inPlace := func(attributes, version string) resource.TestStep {
		return resource.TestStep{
			Config:            world.Config(with(attributes) + dataset),
			ConfigPlanChecks:  acctest.Planned(address, plancheck.ResourceActionUpdate),
			ConfigStateChecks: acctest.InState(address, map[string]string{"version": version}),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(`title = "Shop"`, `event_fields = ["email", "timestamp"]`) + dataset)},
			inPlace(`
  title        = "Shop"
  description  = "Events"
  event_fields = ["email", "timestamp"]
`, "1.1"),
			inPlace(`
  title        = "Store"
  event_fields = ["email", "timestamp", "machine"]
`, "1.2"),
			inPlace(`
  title             = "Store"
  event_fields      = ["email", "timestamp", "machine"]
  additional_fields = { tier = { type = "string" }, seen = { type = "date-time", title = "Seen at" } }
`, "1.2"),
			inPlace(`
  title             = "Store"
  event_fields      = ["email", "timestamp", "machine"]
  additional_fields = { tier = { type = "string", description = "Loyalty" }, seen = { type = "date-time" } }
`, "1.2"),
			verifyImport,
			inPlace(`
  title             = "Store"
  event_fields      = ["email", "timestamp", "machine"]
  additional_fields = { tier = { type = "string", description = "Loyalty" }, seen = { type = "date-time" } }
  primary_identity  = { field = "email", namespace = "Email" }
`, "1.2"),
			verifyImport,
			inPlace(`
  title             = "Store"
  event_fields      = ["email", "timestamp", "machine"]
  additional_fields = { tier = { type = "string", description = "Loyalty" }, seen = { type = "date-time" } }
  primary_identity  = { field = "tier", namespace = "Loyalty" }
`, "1.2"),
			inPlace(`
  title             = "Store"
  event_fields      = ["email", "timestamp", "machine"]
  additional_fields = { tier = { type = "string", description = "Loyalty" }, seen = { type = "date-time" } }
`, "1.2"),
		},
	})
	require.Equal(t, 2, world.CallsTo(http.MethodPost, descriptors))
}

func TestFieldsAreRemovedOnlyWhereNoDatasetFollows(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	both := `
  title             = "Shop"
  event_fields      = ["email", "subject"]
  additional_fields = { tier = { type = "string" } }
`
	without := `
  title             = "Shop"
  event_fields      = ["email"]
  additional_fields = { tier = { type = "long" } }
`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(both) + dataset)},
			{
				Config: world.Config(with(without) + dataset),
				ExpectError: acctest.Message("Fields cannot be removed or retyped", `the schema "Shop": `, "`subject` (removed)",
					"`tier` (from string to long)", "only while no dataset uses it", `used by "Shop" (`),
			},
			{Config: world.Config(with(both))}, // the dataset is destroyed
			{Config: world.Config(with(without)), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionReplace)},
		},
	})
}

func TestProfileNeedsConsentAndStays(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const (
		shop    = `title = "Shop"`
		profile = `profile_enabled = true`
		email   = `primary_identity = { field = "email", namespace = "Email" }`
	)
	enabled := func(attributes ...string) string {
		return world.Config(with(append(attributes, shop, profile, email)...))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{Config: enabled(), PlanOnly: true, ExpectError: acctest.Message("Irreversible change", "profile_enabled = true", "allow_irreversible = true")},
			{Config: enabled(`allow_irreversible = true`), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate)},
			{Config: enabled(), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate)}, // consent is given once
			{Config: world.Config(with(shop, email)), ExpectError: acctest.Message("Profile cannot be disabled")},
			{Config: world.Config(with(shop, profile)), ExpectError: acctest.Message("Primary identity cannot be changed")},
			{Config: enabled(`event_fields = ["email"]`), ExpectError: acctest.Message("Fields cannot be removed or retyped", "cannot be replaced either")},
			{Config: enabled(), Destroy: true, ExpectError: acctest.Message("Unable to delete schema", `Schema "Shop"`, "XDM-1527-400", "terraform state rm")},
			// The registry keeps such a schema for good.
			{Config: world.Config(`
removed {
  from = customerio_target_schema.this
  lifecycle { destroy = false }
}
`)},
		},
	})
	require.Len(t, world.Alive(simulator.KindSchema), 1)
}

// Fields that others add stay. What others remove is added again.
func TestChangesElsewhere(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.Config(with(`title = "Shop"`, `primary_identity = { field = "email", namespace = "Email" }`))
	fields := func(body map[string]any) map[string]any {
		group := body["definitions"].(map[string]any)["customFields"].(map[string]any)["properties"].(map[string]any)
		return group["_acme"].(map[string]any)["properties"].(map[string]any)
	}
	change := func(kind string, change func(body map[string]any)) func() {
		return acctest.Subject{World: world, Kind: kind}.ChangeElsewhere(t, change)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: change(simulator.KindFieldGroup, func(body map[string]any) { fields(body)["theirs"] = map[string]any{"type": "string"} }),
				Config:    config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
			{
				PreConfig: change(simulator.KindFieldGroup, func(body map[string]any) { delete(fields(body), "metric") }),
				Config:    config, ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
			},
			{
				PreConfig: change(simulator.KindSchema, func(body map[string]any) { body["title"] = "Renamed" }),
				Config:    config, ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
			},
			{
				PreConfig: func() {
					require.NoError(t, world.Delete(simulator.KindDescriptor, world.Alive(simulator.KindDescriptor)[0]))
				},
				Config: config, ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
			},
		},
	})
}

// Whichever part cannot be created, those created before are in the state, and the next apply starts from there.
func TestEveryPartIsInStateOnceCreated(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path  string
		known []string
	}{
		"schema":     {"*" + schemas, []string{"field_group_id"}},
		"descriptor": {"*" + descriptors, []string{"field_group_id", "id"}},
		"profile":    {"*" + schemas + "/*", []string{"field_group_id", "id", "identity_descriptor_id"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			world.AddFault(simulator.Fault{Path: test.path, Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: `{"message":"not now"}`})
			plain := []string{`title = "Shop"`, `primary_identity = { field = "email", namespace = "Email" }`}
			enabled := append(slices.Clone(plain), `profile_enabled = true`, `allow_irreversible = true`)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				CheckDestroy:             world.NothingLeft,
				Steps: []resource.TestStep{
					{Config: world.Config(with(enabled...)), ExpectError: acctest.Message("Unable to create schema", "403", "not now")},
					{
						PreConfig: world.ClearFaults, Config: world.Config(with(plain...)),
						ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{knownBefore{t, test.known}}},
					},
				},
			})
		})
	}
}

// knownBefore wants the state before a plan to hold exactly these IDs.
type knownBefore struct {
	t   *testing.T
	ids []string
}

func (check knownBefore) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, _ *plancheck.CheckPlanResponse) {
	require.NotNil(check.t, req.Plan.PriorState, "nothing is in the state")
	resources := req.Plan.PriorState.Values.RootModule.Resources
	require.Len(check.t, resources, 1)
	var known []string
	for _, attribute := range []string{"field_group_id", "id", "identity_descriptor_id"} {
		if resources[0].AttributeValues[attribute] != nil {
			known = append(known, attribute)
		}
	}
	require.Equal(check.t, check.ids, known)
}

// The plan looks at the titles of schemas alone.
func TestTitleOfAFieldGroup(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	all := world.Objects()
	title := all[slices.IndexFunc(all, func(o simulator.Object) bool { return o.Kind == simulator.KindFieldGroup })].Name
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:      world.Config(with(fmt.Sprintf("title = %q", title))),
				ExpectError: acctest.Message("Unable to create schema", fmt.Sprintf("title = %q", title), "XDM-1521-400", "Choose another title"),
			},
		},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	bad := func(attribute, line, message string) acctest.BadInput {
		return acctest.BadInput{Config: with(`title = "Shop"`, attribute), Line: line, Message: message}
	}
	acctest.New(t, simulator.Options{}).Refuses(t, map[string]acctest.BadInput{
		"no title":              {Config: with(), Line: `"title" is required`, Message: ""},
		"padded title":          {Config: with(`title = " Shop"`), Line: `title = " Shop"`, Message: "must not be empty, nor begin or end with white space"},
		"unknown event field":   bad(`event_fields = ["e_mail"]`, "event_fields", `the nearest is "email"`),
		"field of unknown type": bad(`additional_fields = { tier = { type = "text" } }`, "type", "value must be one of"),
		"field with a bad name": bad(`additional_fields = { "1st" = { type = "string" } }`, "additional_fields", "must begin with a letter"),
		"field defined twice":   bad(`additional_fields = { Email = { type = "string" } }`, "Email = {", "ignores upper and lower case"),
		"identity that is no field": bad(`primary_identity = { field = "phone", namespace = "Phone" }`, "phone",
			"neither in event_fields nor in additional_fields"),
	})
}
