package baseconnection_test

import (
	"net/http"
	"strings"
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
	address    = "customerio_base_connection.this"
	collection = "/flowservice/connections"

	customerIOSpec = "96479064-7b8a-4d69-b9ed-21c5683837ea"
	httpAPISpec    = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
	amazonS3Spec   = "ecadc60c-7455-4d87-84dc-2a0e293d997b"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// with is a base connection with exactly the given attributes.
func with(attributes ...string) string {
	return acctest.Resource("customerio_base_connection", attributes...)
}

// streaming is a base connection of the HTTP API source, whose only authentication is "Streaming Connection", with further
// attributes of auth.
func streaming(auth ...string) string {
	return with(`
  name            = "Account"
  connection_spec = { id = "` + httpAPISpec + `" }
  auth = {
    spec_name = "Streaming Connection"
    ` + strings.Join(auth, "\n") + `
  }`)
}

func subject(world *acctest.World) acctest.Subject {
	return acctest.Subject{
		World: world, Address: address, Kind: simulator.KindConnection, Collection: collection,
		Config:    world.Config(with(`name = "Account"`)),
		Arguments: func(*testing.T) map[string]any { return map[string]any{"name": "Account"} },
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
				Config:           world.Config(with(`name = "Account"`)),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate),
				ConfigStateChecks: append(acctest.InState(address, map[string]string{
					"name": "Account", "connection_spec.id": customerIOSpec, "connection_spec.version": "1.0",
				}),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("description"), knownvalue.Null()),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("provider_id"), knownvalue.Null()),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("auth"), knownvalue.Null()),
				),
			},
			acctest.NothingPlanned(world.Config(with(`name = "Account"`, `connection_spec = { id = "`+customerIOSpec+`" }`))),
		},
	})
	require.JSONEq(t, `{"name":"Account","connectionSpec":{"id":"`+customerIOSpec+`","version":"1.0"}}`,
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
			{Config: world.Config(with(`name = "Account"`))},
			inPlace(1, `name = "Account EU"`, `description = "Of the shop"`),
			inPlace(1, `name = "Account EU"`, `description = "Of the outlet"`),
			inPlace(1, `name = "Account EU"`),
			inPlace(0, `name = "Account EU"`, `timeouts = { delete = "20m" }`), // the service knows nothing of timeouts
		},
	})
}

func TestEverythingButTextsAndParamsReplaces(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	replaced := func(config string) resource.TestStep {
		return resource.TestStep{Config: world.Config(config), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionReplace)}
	}
	const (
		account   = `name = "Account"`
		ofHTTPAPI = `connection_spec = { id = "` + httpAPISpec + `" }`
	)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(account))},
			replaced(with(account, `connection_spec = { id = "`+customerIOSpec+`", version = "1.1" }`)),
			replaced(with(account, `provider_id = "521eee4d-8cbe-4906-bb48-fb6bd4450033"`)),
			replaced(with(account, ofHTTPAPI)),
			replaced(streaming(`params = jsonencode({ dataType = "xdm" })`)), // auth is added
			acctest.OnlyPlanned(world.Config(strings.Replace(streaming(`params = jsonencode({ dataType = "xdm" })`), "Streaming Connection", "Basic", 1)),
				address, plancheck.ResourceActionReplace),
			replaced(with(account, ofHTTPAPI)), // and removed
		},
	})
}

func TestChangesElsewhereAreRepaired(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	account := subject(world)
	account.Config = world.Config(streaming(`params = jsonencode({ dataType = "xdm" })`))
	repaired := func(action plancheck.ResourceActionType, change func(map[string]any)) resource.TestStep {
		return resource.TestStep{
			PreConfig: account.ChangeElsewhere(t, change), Config: account.Config, ConfigPlanChecks: acctest.Planned(address, action),
			ConfigStateChecks: acctest.InState(address, map[string]string{"name": "Account", "auth.spec_name": "Streaming Connection"}),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: account.Config},
			repaired(plancheck.ResourceActionUpdate, func(body map[string]any) { body["name"], body["description"] = "Renamed", "By hand" }),
			repaired(plancheck.ResourceActionReplace, func(body map[string]any) { body["auth"].(map[string]any)["specName"] = "Basic" }),
			repaired(plancheck.ResourceActionNoop, func(body map[string]any) { delete(body, "auth") }), // an answer without it does not tell
			repaired(plancheck.ResourceActionReplace, func(body map[string]any) {
				body["connectionSpec"] = map[string]any{"id": amazonS3Spec, "version": "1.0"}
			}),
		},
	})
}

func TestRefusalsSayWhatToDo(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const created = "Unable to create base connection"
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config: world.Config(with(`name = "Account"`, `auth = { spec_name = "OAuth", params = jsonencode({ token = "t-1" }) }`)),
				ExpectError: acctest.Message(created, `Base connection "Account":`, "400 (Bad Request), code FLOW-1415-400",
					"The auth spec OAuth is not found", "(request ID", "For the Customer.io source, remove `auth`"),
			},
			{
				Config:      world.Config(with(`name = "Account"`, `connection_spec = { id = "4982698b-e6b3-48c2-8dcf-040e20121fd2" }`)),
				ExpectError: acctest.Message("Connection specification not found", "connection_spec =", "no connection specification with the ID 4982698b"),
			},
			{ // a plan that may not read specifications leaves it to the service
				PreConfig: func() {
					world.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*/connectionSpecs/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden})
				},
				Config: world.Config(with(`name = "Account"`, `connection_spec = { id = "4982698b-e6b3-48c2-8dcf-040e20121fd2" }`)),
				ExpectError: acctest.Message(created, "FLOW-1413-400", "The given spec ID 4982698b-e6b3-48c2-8dcf-040e20121fd2 is invalid", "(request ID",
					"Your organization does not have this specification"),
			},
			{ // the schema of the authentication specification refuses it, without a code
				Config:      world.Config(streaming(`params = jsonencode({ sourceId = "shop" })`)),
				ExpectError: acctest.Message(created, "400 (Bad Request): auth.params: required property 'dataType' not found"),
			},
		},
	})
	require.Empty(t, world.Alive(simulator.KindConnection))
}

// A source connection of Customer.io's specification takes no base connection.
func TestSourceOfCustomerIOTakesNoBaseConnection(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{{
			Config: world.Config(with(`name = "Account"`) + `
resource "customerio_source_connection" "this" {
  name               = "Shop"
  base_connection_id = customerio_base_connection.this.id
}`),
			ExpectError: acctest.Message("Base connection not allowed", "base_connection_id = customerio_base_connection.this.id", "FLOW-1332-400",
				"Remove `base_connection_id`"),
		}},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	const trimmed = "must not be empty, nor begin or end with white space"
	bad := func(line, message string) acctest.BadInput {
		return acctest.BadInput{Config: with(`name = "Account"`, line), Line: line, Message: message}
	}
	// Terraform quotes no line within an object, so only the message names the attribute.
	nested := func(config, message string) acctest.BadInput {
		return acctest.BadInput{Config: config, Line: "with " + address, Message: message}
	}
	auth := func(message string, attributes ...string) acctest.BadInput {
		return nested(streaming(attributes...), message)
	}
	acctest.New(t, simulator.Options{}).Refuses(t, map[string]acctest.BadInput{
		"no name":          {Config: with(), Line: `resource "customerio_base_connection" "this"`, Message: `The argument "name" is required`},
		"empty name":       {Config: with(`name = ""`), Line: `name = ""`, Message: "Attribute name " + trimmed},
		"padded name":      {Config: with(`name = " Account"`), Line: `name = " Account"`, Message: "Attribute name " + trimmed},
		"provider no UUID": bad(`provider_id = "adobe"`, "Attribute provider_id must be a UUID such as"),
		"spec no UUID":     nested(with(`name = "Account"`, `connection_spec = { id = "x" }`), "Attribute connection_spec.id must be a UUID such as"),

		"auth without a spec": bad(`auth = { params = "{}" }`, `attribute "spec_name" is required`),
		"empty spec name":     nested(with(`name = "Account"`, `auth = { spec_name = "" }`), "Attribute auth.spec_name "+trimmed),
		"params no object":    auth("Attribute auth.params must be a JSON object, as jsonencode({…}) makes it", `params = "[1]"`),
		"params and params_wo": auth(`Attribute "auth.params_wo" cannot be specified when "auth.params" is specified`,
			`params = "{}"`, `params_wo = "{}"`, `params_wo_version = 1`),
		"params_wo without version": auth(`Attribute "auth.params_wo_version" must be specified when "auth.params_wo" is specified`, `params_wo = "{}"`),
		"version without params_wo": auth(`Attribute "auth.params_wo" must be specified when "auth.params_wo_version" is specified`, `params_wo_version = 1`),
		"params_wo no object":       auth("Attribute auth.params_wo must be a JSON object", `params_wo = "null"`, `params_wo_version = 1`),
	})
}
