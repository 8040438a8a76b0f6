package function_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const (
	endpoint = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80"
	flowID   = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
)

// run evaluates an expression with one of the functions.
func run(t *testing.T, call string, step resource.TestStep) {
	t.Helper()
	step.Config = fmt.Sprintf("output \"result\" {\n  value = provider::customerio::%s\n}\n", call)
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.RequireAbove(tfversion.Version1_8_0)},
		ProtoV6ProviderFactories: acctest.Factories,
		Steps:                    []resource.TestStep{step},
	})
}

func TestResults(t *testing.T) {
	t.Parallel()
	text := knownvalue.StringExact
	mapping := func(source, sourceType string) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{"source": text(source), "source_type": text(sourceType)})
	}
	class := func(more map[string]knownvalue.Check) knownvalue.Check {
		more["_id"] = mapping("event_id", "ATTRIBUTE")
		more["timestamp"] = mapping(`dformat(timestamp * 1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX")`, "EXPRESSION")
		return knownvalue.MapExact(more)
	}
	attributes := func(fields ...string) map[string]knownvalue.Check {
		mappings := map[string]knownvalue.Check{}
		for _, name := range fields {
			field, _ := customerio.FindEventField(name)
			mappings["_acme."+name] = mapping(field.Source, "ATTRIBUTE")
		}
		return mappings
	}
	slack := []knownvalue.Check{}
	for _, metric := range strings.Fields("drafted attempted sent clicked converted failed") {
		slack = append(slack, text("slack_"+metric))
	}
	for call, want := range map[string]knownvalue.Check{
		`events("slack")`:                                       knownvalue.SetExact(slack),
		`events("slack", "slack")`:                              knownvalue.SetExact(slack),
		`events("customer", "whatsapp")`:                        knownvalue.SetSizeExact(15),
		`event_mappings("_acme")`:                               class(attributes("object_type", "id", "email", "event_id", "cio_id", "metric", "timestamp")),
		`event_mappings("_acme", "-cio_id")`:                    class(attributes("object_type", "id", "email", "event_id", "metric", "timestamp")),
		`event_mappings("_acme", "subject", "link_id")`:         class(attributes("subject", "link_id")),
		`event_mappings("_acme", "subject", "-subject")`:        class(attributes()),
		`webhook_url("` + endpoint + `", "` + flowID + `")`:     text(endpoint + "?x-adobe-flow-id=" + flowID),
		`webhook_url("` + endpoint + `?a=1", "` + flowID + `")`: text(endpoint + "?a=1&x-adobe-flow-id=" + flowID),
		`parse_webhook_url("` + endpoint + `?b=%20&x-adobe-flow-id=` + flowID + `&a=1")`: knownvalue.ObjectExact(map[string]knownvalue.Check{
			"streaming_endpoint_url": text(endpoint + "?b=%20&a=1"), "dataflow_id": text(flowID),
		}),
		`sample_event("slack_sent")`: text(customerio.SampleEvent("slack_sent")),
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			run(t, call, resource.TestStep{ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("result", want)}})
		})
	}
}

// A wrong argument is one error that tells what would be right. Those about addresses do not repeat them.
func TestWrongArguments(t *testing.T) {
	t.Parallel()
	for call, message := range map[string]string{
		`events()`:                                   "No category was given. Name at least one of: customer, email, sms, push, in_app, slack, webhook, whatsapp.",
		`events("email", "fax")`:                     `"fax" is no category of events. The categories are: customer, email`,
		`event_mappings("acme")`:                     `"acme" is no tenant namespace, which begins with an underscore`,
		`event_mappings("_acme", "e_mail")`:          `"e_mail" is no field of the events. Did you mean "email"?`,
		`event_mappings("_acme", "-zzz")`:            `"zzz" is no field of the events. Known are: event_id, object_type`,
		`webhook_url("ftp://x/y", "` + flowID + `")`: "The streaming endpoint must be an absolute http:// or https:// URL.",
		`webhook_url("` + endpoint + `?x-adobe-flow-id=1", "` + flowID + `")`:       "The streaming endpoint names a dataflow already",
		`webhook_url("` + endpoint + `", "42")`:                                     `"42" is no id of a dataflow, which is a UUID`,
		`parse_webhook_url("` + endpoint + `")`:                                     "its query does not have the parameter x-adobe-flow-id exactly once",
		`parse_webhook_url("` + endpoint + `?x-adobe-flow-id=1&x-adobe-flow-id=2")`: "its query does not have the parameter x-adobe-flow-id exactly once",
		`parse_webhook_url("dcs.adobedc.net")`:                                      "it is no absolute http:// or https:// URL",
		`parse_webhook_url("https://a b/")`:                                         "it cannot be parsed",
		`sample_event("email_click")`:                                               `"email_click" is no event. Did you mean "email_clicked"?`,
		`sample_event("zzz")`:                                                       `"zzz" is no event. Known are: customer_subscribed`,
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			run(t, call, resource.TestStep{ExpectError: acctest.Message(message)})
		})
	}
}

// Arguments that only an apply yields make the result unknown, nothing else.
func TestUnknownArguments(t *testing.T) {
	t.Parallel()
	for _, call := range []string{
		"events(terraform_data.later.output)", `event_mappings("_acme", terraform_data.later.output)`, "sample_event(terraform_data.later.output)",
		`webhook_url("` + endpoint + `", terraform_data.later.output)`,
	} {
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories,
			Steps: []resource.TestStep{{
				Config: "resource \"terraform_data\" \"later\" {\n  input = \"x\"\n}\n" +
					fmt.Sprintf("output \"result\" {\n  value = provider::customerio::%s\n}\n", call),
				PlanOnly: true, ExpectNonEmptyPlan: true,
			}},
		})
	}
}
