package targetconnection_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func lookedUp(t *testing.T) acctest.LookedUp {
	t.Helper()
	world := acctest.New(t, simulator.Options{})
	return acctest.LookedUp{
		World: world, Type: "customerio_target_connection", Object: "target connection", Collection: "/flowservice/targetConnections",
		Make:    world.MakeTargetConnection,
		Missing: "4982698b-e6b3-48c2-8dcf-040e20121fd2", Malformed: "42", Message: "must be a UUID",
	}
}

func TestLookupByIDAndName(t *testing.T)      { t.Parallel(); lookedUp(t).IsFoundByIDAndName(t) }
func TestLookupOfNoneAndSeveral(t *testing.T) { t.Parallel(); lookedUp(t).FailsOnNoneAndOnSeveral(t) }
func TestLookupWantsIDOrName(t *testing.T)    { t.Parallel(); lookedUp(t).WantsIDOrName(t) }
func TestLookupByAwkwardName(t *testing.T)    { t.Parallel(); lookedUp(t).IsFoundByAwkwardName(t) }
func TestLookupOnAnyPage(t *testing.T)        { t.Parallel(); lookedUp(t).IsFoundOnAnyPage(t) }

func TestLookupReadsEverything(t *testing.T) {
	t.Parallel()
	lookup := lookedUp(t)
	id := lookup.World.Make(t, "/data/foundation/flowservice/targetConnections", `{"name":"Lake","description":"Events",
		"connectionSpec":{"id":"c604ff05-7f1a-43c0-8e18-33bf874cb11c","version":"1.0"},
		"data":{"format":"parquet_xdm","schema":{"id":"SCHEMA_ID","version":"application/vnd.adobe.xed-full+json; version=1"}},
		"params":{"dataSetId":"DATASET_ID"}}`)
	read := map[string]string{
		"id": id, "name": "Lake", "description": "Events", "connection_spec.id": "c604ff05-7f1a-43c0-8e18-33bf874cb11c",
		"connection_spec.version": "1.0", "dataset_id": lookup.World.DatasetID, "schema_id": lookup.World.SchemaID,
		"schema_version": "application/vnd.adobe.xed-full+json;version=1", "format": "parquet_xdm",
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config:            lookup.Both(id, "Lake"),
			ConfigStateChecks: append(acctest.InState(lookup.ByID(), read), acctest.InState(lookup.ByName(), read)...),
		}},
	})
}
