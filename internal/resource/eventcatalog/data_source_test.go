package eventcatalog_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

func TestEvents(t *testing.T) {
	t.Parallel()
	all, some := "data.customerio_event_catalog.all", "data.customerio_event_catalog.some"
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: `
data "customerio_event_catalog" "all" {}
data "customerio_event_catalog" "some" {
  categories = ["slack", "customer"]
}
`,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(all, tfjsonpath.New("events"), knownvalue.SetSizeExact(72)),
				statecheck.ExpectKnownValue(all, tfjsonpath.New("events_by_category"), knownvalue.MapSizeExact(8)),
				statecheck.ExpectKnownValue(some, tfjsonpath.New("events"), knownvalue.SetSizeExact(9)),
				statecheck.ExpectKnownValue(some, tfjsonpath.New("events_by_category").AtMapKey("customer"), knownvalue.SetExact([]knownvalue.Check{
					knownvalue.StringExact("customer_subscribed"), knownvalue.StringExact("customer_unsubscribed"),
					knownvalue.StringExact("customer_subscription_preferences_changed"),
				})),
			},
		}},
	})
}

func TestUnknownCategory(t *testing.T) {
	t.Parallel()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config:      acctest.Data("customerio_event_catalog", `categories = ["fax"]`),
			ExpectError: acctest.Message(`categories = ["fax"]`, "value must be one of"),
		}},
	})
}
