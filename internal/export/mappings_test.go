package export_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// The mappings of a set come back as a person writes them.
func TestMappings(t *testing.T) {
	const namespace = "customerio_target_schema.this.tenant_namespace"
	for name, code := range map[string]string{
		"adjusted": `provider::customerio::event_mappings(` + namespace + `, "+hash:email", "-cio_id", "+subject")`,
		"chosen":   `provider::customerio::event_mappings(` + namespace + `, "metric", "hash:email")`,
		"with its own": `merge(provider::customerio::event_mappings(` + namespace + `, "+hash:email"), {
    "_acme.channel" = { source = "upper(object_type)", source_type = "EXPRESSION", name = "Channel" }
    "_acme.metric"  = { source = "iif(metric == \"sent\", \"$${x}\", metric)", source_type = "EXPRESSION" }
    "_acme.origin"  = { source = "Customer.io", source_type = "STATIC" }
  })`,
		"others": `{
    "_acme.channel" = { source = "object_type" }
    "_acme.origin"  = { source = "%%{ a }\nb", source_type = "STATIC" }
  }`,
	} {
		t.Run(name, func(t *testing.T) {
			plain := `provider::customerio::event_mappings(` + namespace + `)`
			fields := strings.Replace(completeExample(t), `title = "Customer.io events"
`, `title        = "Customer.io events"
  event_fields = ["cio_id", "email", "event_id", "id", "metric", "object_type", "subject", "timestamp"]
  additional_fields = {
    channel = {
      type = "string"
    }
    origin = {
      title = "Origin \"of\" it"
      type  = "string"
    }
  }
`, 1)
			configuration := strings.Replace(fields, "mappings  = "+plain, "mappings = "+code, 1)
			if !strings.Contains(code, "\n") {
				configuration = strings.Replace(fields, plain, code, 1)
			}
			world := built(t, configuration)
			o := exported(t, world)
			written := o.read(t, "main.tf")
			require.Contains(t, written, code)
			require.Equal(t, lines(configuration), lines(written))
			o.applies(t, world)
		})
	}
}

// lines are those of a text without the spaces by which fmt aligns them, and with lists in one line.
func lines(text string) string {
	var all []string
	for line := range strings.Lines(strings.NewReplacer("[\n", "[", ",\n]", "]", "\",\n    \"", "\", \"").Replace(text)) {
		all = append(all, strings.Join(strings.Fields(strings.NewReplacer("[ ", "[").Replace(line)), " "))
	}
	return strings.Join(all, "\n")
}

// Events are whole categories where a webhook has them.
func TestEvents(t *testing.T) {
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	flow := world.MakeFlow(t, "Shop", world.MakeSourceConnection(t, "Shop"), world.MakeTargetConnection(t, "Shop"), world.MakeMappingSet(t, "Shop"))
	customer := `"customer_subscribed","customer_unsubscribed","customer_subscription_preferences_changed"`
	for name, events := range map[string]string{"all": customer, "more": customer + `,"sms_sent"`, "few": `"sms_sent","email_sent"`} {
		world.Make(t, "/v1/reporting_webhooks", fmt.Sprintf(`{"name":%q,"endpoint":%q,"events":[%s]}`, name, world.Inlet(t, flow)+"?x-adobe-flow-id="+flow, events))
	}
	o := exported(t, world)
	written := o.read(t, "main.tf")
	require.Contains(t, written, `= provider::customerio::events("customer")`)
	require.Contains(t, written, `= setunion(provider::customerio::events("customer"), ["sms_sent"])`)
	require.Contains(t, written, `= ["email_sent", "sms_sent"]`)
	o.applies(t, world)
}
