package sourceconnection_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func lookedUp(t *testing.T) acctest.LookedUp {
	t.Helper()
	world := acctest.New(t, simulator.Options{})
	return acctest.LookedUp{
		World: world, Type: "customerio_source_connection", Object: "source connection", Collection: collection,
		Make:    world.MakeSourceConnection,
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
	base := lookup.World.Make(t, "/data/foundation/flowservice/connections", `{"name":"Base","connectionSpec":{"id":"`+httpAPISpec+`","version":"1.0"},
		"auth":{"specName":"Streaming Connection","params":{"dataType":"raw","name":"d"}}}`)
	lookup.World.Make(t, "/data/foundation/flowservice/sourceConnections", `{"name":"Shop","connectionSpec":{"id":"`+httpAPISpec+`","version":"1.0"},
		"baseConnectionId":"`+base+`","data":{"format":"json"},"params":{"path":"a"}}`)
	plain := lookup.World.MakeSourceConnection(t, "Plain")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: lookup.Both(plain, "Shop"),
			ConfigStateChecks: append(append(acctest.InState(lookup.ByName(), map[string]string{
				"connection_spec.id": httpAPISpec, "connection_spec.version": "1.0", "base_connection_id": base, "format": "json",
				"params": `{"columns":[],"path":"a"}`, // the service adds the columns
			}), acctest.InState(lookup.ByID(), map[string]string{"connection_spec.id": customerIOSpec, "description": "made elsewhere"})...),
				statecheck.ExpectKnownValue(lookup.ByName(), tfjsonpath.New("description"), knownvalue.Null()),
				statecheck.ExpectKnownValue(lookup.ByID(), tfjsonpath.New("base_connection_id"), knownvalue.Null()),
			),
		}},
	})
}
