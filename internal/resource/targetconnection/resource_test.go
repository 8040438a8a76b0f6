package targetconnection_test

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
	address    = "customerio_target_connection.this"
	collection = "/flowservice/targetConnections"

	dataLakeSpec = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
	amazonS3Spec = "ecadc60c-7455-4d87-84dc-2a0e293d997b"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// config is a target connection with exactly the given attributes.
func config(attributes ...string) string {
	return acctest.Resource("customerio_target_connection", attributes...)
}

// with is a target connection into the world's dataset, with further attributes.
func with(attributes ...string) string {
	return config(append(attributes, `schema_id = "SCHEMA_ID"`, `dataset_id = "DATASET_ID"`)...)
}

func subject(world *acctest.World) acctest.Subject {
	return acctest.Subject{
		World: world, Address: address, Kind: simulator.KindTargetConnection, Collection: collection,
		Config: world.Config(with(`name = "Lake"`)),
		Arguments: func(*testing.T) map[string]any {
			return map[string]any{"name": "Lake", "schema_id": world.SchemaID, "dataset_id": world.DatasetID}
		},
		Change:  func(body map[string]any) { body["name"], body["description"] = "Renamed", "By hand" },
		Missing: "4982698b-e6b3-48c2-8dcf-040e20121fd2", Malformed: "42", Message: "must be a UUID such as",
	}
}

func TestStories(t *testing.T) { acctest.TellStories(t, subject) }

func TestDefaultsAreTheDataLakes(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:           world.Config(with(`name = "Lake"`)),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate),
				ConfigStateChecks: append(acctest.InState(address, map[string]string{
					"name": "Lake", "schema_id": world.SchemaID, "dataset_id": world.DatasetID, "format": "json",
					"schema_version":     "application/vnd.adobe.xed-full+json;version=1",
					"connection_spec.id": dataLakeSpec, "connection_spec.version": "1.0",
				}), statecheck.ExpectKnownValue(address, tfjsonpath.New("description"), knownvalue.Null())),
			},
			acctest.NothingPlanned(world.Config(with(`
  name            = "Lake"
  format          = "json"
  connection_spec = { id = "` + dataLakeSpec + `" }
`))),
			acctest.NothingPlanned(world.Config(with(`name = "Lake"`, `schema_version = "application/vnd.adobe.xed-full+json; version=1"`))),
		},
	})
	require.JSONEq(t, `{"name":"Lake","connectionSpec":{"id":"`+dataLakeSpec+`","version":"1.0"},"data":{"format":"json",
		"schema":{"id":"`+world.SchemaID+`","version":"application/vnd.adobe.xed-full+json;version=1"}},
		"params":{"dataSetId":"`+world.DatasetID+`"}}`,
		subject(world).RequestBody(t, http.MethodPost))
}

// Neither the service's answer without the space is drift, nor is the removal of the space a change.
func TestSpacesInTheSchemaVersionDoNotCount(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	spaced := world.Config(with(`name = "Lake"`, `schema_version = "application/vnd.adobe.xed-full+json; version=1"`))
	lake := subject(world)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: spaced, ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionCreate)},
			acctest.NothingPlanned(lake.Config),
			{
				PreConfig: lake.ChangeElsewhere(t, func(body map[string]any) {
					body["data"].(map[string]any)["schema"].(map[string]any)["version"] = "application/vnd.adobe.xed-full+json;  version=1"
				}),
				Config: spaced, PlanOnly: true,
			},
		},
	})
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
			{Config: world.Config(with(`name = "Lake"`))},
			inPlace(1, `name = "Data lake"`, `description = "Events of the shop"`),
			inPlace(1, `name = "Data lake"`, `description = "Orders"`),
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			inPlace(1, `name = "Data lake"`),
			inPlace(0, `name = "Data lake"`, `timeouts = { delete = "20m" }`), // the service knows nothing of timeouts
		},
	})
}

func TestEverythingElseReplaces(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	otherSchema, otherDataset := world.SeedDataset(simulator.DefaultSandbox, "Orders")
	replaced := func(attributes string) resource.TestStep {
		return resource.TestStep{
			Config: world.Config(config(`name = "Lake"`, attributes)), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionReplace),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(`name = "Lake"`))},
			replaced(`
  schema_id  = "` + otherSchema + `"
  dataset_id = "` + otherDataset + `"
`),
			replaced(`
  schema_id      = "SCHEMA_ID"
  dataset_id     = "DATASET_ID"
  schema_version = "application/vnd.adobe.xed-full+json;version=1.0"
`),
			replaced(`
  schema_id  = "SCHEMA_ID"
  dataset_id = "DATASET_ID"
  format     = "parquet_xdm"
`),
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			replaced(`
  schema_id       = "SCHEMA_ID"
  dataset_id      = "DATASET_ID"
  connection_spec = { id = "` + dataLakeSpec + `", version = "1.1" }
`),
			acctest.OnlyPlanned(world.Config(with(`name = "Lake"`, `connection_spec = { id = "`+amazonS3Spec+`", version = "1.1" }`)),
				address, plancheck.ResourceActionReplace),
		},
	})
}

func TestChangesElsewhereAreRepaired(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	otherSchema, otherDataset := world.SeedDataset(simulator.DefaultSandbox, "Orders")
	lake := subject(world)
	repaired := func(action plancheck.ResourceActionType, change func(map[string]any)) resource.TestStep {
		return resource.TestStep{
			PreConfig: lake.ChangeElsewhere(t, change), Config: lake.Config, ConfigPlanChecks: acctest.Planned(address, action),
			ConfigStateChecks: acctest.InState(address, map[string]string{"name": "Lake", "dataset_id": world.DatasetID, "schema_id": world.SchemaID}),
		}
	}
	data := func(body map[string]any) map[string]any { return body["data"].(map[string]any) }
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: lake.Config},
			repaired(plancheck.ResourceActionUpdate, func(body map[string]any) { body["name"], body["description"] = "Renamed", "By hand" }),
			repaired(plancheck.ResourceActionReplace, func(body map[string]any) { body["params"] = map[string]any{"dataSetId": otherDataset} }),
			repaired(plancheck.ResourceActionReplace, func(body map[string]any) { data(body)["schema"].(map[string]any)["id"] = otherSchema }),
			repaired(plancheck.ResourceActionReplace, func(body map[string]any) {
				data(body)["schema"].(map[string]any)["version"] = "application/vnd.adobe.xed-full+json; version=2"
			}),
			repaired(plancheck.ResourceActionReplace, func(body map[string]any) { data(body)["format"] = "parquet_xdm" }),
			repaired(plancheck.ResourceActionReplace, func(body map[string]any) {
				body["connectionSpec"] = map[string]any{"id": amazonS3Spec, "version": "1.0"}
			}),
		},
	})
}

// A client of the real service found the schema's ID under another name.
func TestSchemaIDUnderItsOtherName(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	lake := subject(world)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: lake.Config},
			{
				PreConfig: lake.ChangeElsewhere(t, func(body map[string]any) {
					schema := body["data"].(map[string]any)["schema"].(map[string]any)
					schema["schemaId"] = schema["id"]
					delete(schema, "id")
				}),
				Config: lake.Config, PlanOnly: true,
			},
		},
	})
}

func TestRefusalsPointAtTheAttribute(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const created = "Unable to create target connection"
	refused := func(code, message string) func() {
		return func() {
			world.ClearFaults()
			world.AddFault(simulator.Fault{
				Method: http.MethodPost, Path: "*" + collection, Do: simulator.FaultAnswer, Status: http.StatusBadRequest,
				Body: `{"type":"https://ns.adobe.com/aep/errors/FLOW-` + code + `","report":{"detailed-message":"` + message + `","request-id":"r-1"}}`,
			})
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{ // the older form of the service's errors has no code, and the plan cannot look the dataset up
				PreConfig: func() {
					world.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*/dataSets/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden})
				},
				Config: world.Config(config(`
  name       = "Lake"
  schema_id  = "SCHEMA_ID"
  dataset_id = "62a9a55a5b3b0d1949b6ba93"
`)),
				ExpectError: acctest.Message(created, `Target connection "Lake":`, "400 (Bad Request): The dataset 62a9a55a5b3b0d1949b6ba93 does not exist", "(request ID"),
			},
			{
				Config: world.Config(with(`name = "Lake"`, `connection_spec = { id = "`+amazonS3Spec+`" }`)),
				ExpectError: acctest.Message(created, `connection_spec = { id = "`+amazonS3Spec+`" }`, "FLOW-1307-400", "(request ID",
					"The target must be the data lake. Remove `connection_spec`"),
			},
			{
				PreConfig:   refused("1325-400", "dataSetId is missing"),
				Config:      world.Config(with(`name = "Lake"`)),
				ExpectError: acctest.Message(created, "dataset_id =", "FLOW-1325-400", "request ID r-1", "Set `dataset_id` to the ID of an existing dataset"),
			},
			{
				PreConfig: refused("1425-400", "Schemas differ"),
				Config:    world.Config(with(`name = "Lake"`)),
				ExpectError: acctest.Message(created, "schema_id =", "FLOW-1425-400", "request ID r-1",
					"Mapping set, dataset and target connection must have the same schema in the same version"),
			},
		},
	})
	require.Empty(t, world.Alive(simulator.KindTargetConnection))
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	const (
		trimmed = "must not be empty, nor begin or end with white space"
		lake    = `name = "Lake"`
		schema  = `schema_id = "SCHEMA_ID"`
		dataset = `dataset_id = "DATASET_ID"`
		block   = `resource "customerio_target_connection" "this"`
	)
	exactly := func(line, message string, attributes ...string) acctest.BadInput {
		return acctest.BadInput{Config: config(attributes...), Line: line, Message: message}
	}
	bad := func(line, message string) acctest.BadInput {
		return acctest.BadInput{Config: with(lake, line), Line: line, Message: message}
	}
	// Terraform quotes no line within an object, so only the message names the attribute.
	nested := func(line, message string) acctest.BadInput {
		return acctest.BadInput{Config: with(lake, line), Line: "with " + address, Message: message}
	}
	acctest.New(t, simulator.Options{}).Refuses(t, map[string]acctest.BadInput{
		"nothing":            exactly(block, `The argument "dataset_id" is required`),
		"no dataset":         exactly(block, `The argument "dataset_id" is required`, lake, schema),
		"empty name":         exactly(`name = ""`, "Attribute name "+trimmed+`; leave an optional attribute out where there is no value, got "": it is empty`, `name = ""`, schema, dataset),
		"padded name":        exactly(`name = "\tLake"`, "Attribute name "+trimmed, `name = "\tLake"`, schema, dataset),
		"empty dataset":      exactly(`dataset_id = ""`, "Attribute dataset_id must be 24 hexadecimal digits", lake, schema, `dataset_id = ""`),
		"padded dataset":     exactly(`dataset_id = " 62a9"`, "Attribute dataset_id must be 24 hexadecimal digits", lake, schema, `dataset_id = " 62a9"`),
		"schema no URI":      exactly(`schema_id = "_acme.schemas.1"`, "Attribute schema_id must be an absolute", lake, dataset, `schema_id = "_acme.schemas.1"`),
		"version no type":    bad(`schema_version = "1.0"`, "Attribute schema_version must be a media type with a version"),
		"type sans version":  bad(`schema_version = "application/vnd.adobe.xed-full+json"`, "Attribute schema_version must be a media type with a version"),
		"unknown format":     bad(`format = "delimited"`, `Attribute format value must be one of: ["json" "parquet_xdm"], got: "delimited"`),
		"spec no UUID":       nested(`connection_spec = { id = "lake" }`, "Attribute connection_spec.id must be a UUID such as"),
		"malformed duration": nested(`timeouts = { delete = "10" }`, `must be a duration above zero, such as 30s or 10m, got "10": it is not a duration, as it has no unit; write 10s`),
	})
}
