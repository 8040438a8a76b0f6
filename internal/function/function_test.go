package function_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/versions"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const (
	endpoint = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80"
	flowID   = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
)

// output is a configuration that evaluates an expression with one of the functions.
func output(call string) string {
	return `
output "result" {
  value = provider::customerio::` + call + `
}
`
}

// run evaluates an expression with one of the functions.
func run(t *testing.T, call string, step resource.TestStep) {
	t.Helper()
	acctest.Needs(t, versions.Functions)
	step.Config = output(call)
	resource.Test(t, resource.TestCase{
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
		more["timestamp"] = mapping(`dformat(${timestamp} * 1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX")`, "EXPRESSION")
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
	// with has the default fields but some, and hashed ones instead or in addition.
	with := func(hashed map[string]string, but ...string) map[string]knownvalue.Check {
		mappings := attributes(slices.DeleteFunc(customerio.DefaultEventFields(), func(name string) bool { return slices.Contains(but, name) })...)
		for name, expression := range hashed {
			mappings["_acme."+name] = mapping(expression, "EXPRESSION")
		}
		return mappings
	}
	const hashedEmail = `iif(trim(coalesce(data.identifiers.email, "")) == "", nullify(), sha256(lower(trim(data.identifiers.email)), "UTF-8"))`
	const hashedID = `iif(trim(coalesce(data.identifiers.id, "")) == "", nullify(), sha256(trim(data.identifiers.id), "UTF-8"))`
	slack := []knownvalue.Check{}
	for _, metric := range strings.Fields("drafted attempted sent clicked converted failed") {
		slack = append(slack, text("slack_"+metric))
	}
	for call, want := range map[string]knownvalue.Check{
		`events("slack")`:                                       knownvalue.SetExact(slack),
		`events("slack", "slack")`:                              knownvalue.SetExact(slack),
		`events("customer", "whatsapp")`:                        knownvalue.SetSizeExact(15),
		`event_mappings("_acme")`:                               class(attributes("object_type", "id", "email", "event_id", "cio_id", "metric", "timestamp")),
		`event_mappings("_acme", "-cio_id")`:                    class(with(nil, "cio_id")),
		`event_mappings("_acme", "-cio_id", "-cio_id")`:         class(with(nil, "cio_id")),
		`event_mappings("_acme", "subject", "link_id")`:         class(attributes("subject", "link_id")),
		`event_mappings("_acme", "subject", "-subject")`:        class(attributes()),
		`event_mappings("_acme", "-subject", "+subject")`:       class(with(nil)),
		`event_mappings("_acme", "email", "subject", "-email")`: class(attributes("subject")),
		`event_mappings("_acme", "+subject")`: class(attributes(
			"object_type", "id", "email", "event_id", "cio_id", "metric", "timestamp", "subject")),
		`event_mappings("_acme", "+email")`: class(with(nil)),
		`event_mappings("_acme", "-cio_id", "+subject", "-email")`: class(attributes(
			"object_type", "id", "event_id", "metric", "timestamp", "subject")),
		`event_mappings("_acme", ["email", "subject"]...)`:                    class(attributes("email", "subject")),
		`event_mappings("_acme", "+hash:email")`:                              class(with(map[string]string{"email": hashedEmail})),
		`event_mappings("_acme", "hash:email")`:                               class(with(map[string]string{"email": hashedEmail}, customerio.DefaultEventFields()...)),
		`event_mappings("_acme", "hash:email", "email", "-cio_id", "cio_id")`: class(with(map[string]string{"email": hashedEmail}, customerio.DefaultEventFields()...)),
		`event_mappings("_acme", "+hash:id", "-email")`:                       class(with(map[string]string{"id": hashedID}, "email")),
		`event_mappings("_acme", "+hash:email", "-email")`:                    class(with(nil, "email")),
		`webhook_url("` + endpoint + `", "` + flowID + `")`:                   text(endpoint + "?x-adobe-flow-id=" + flowID),
		`webhook_url("` + endpoint + `?a=1", "` + flowID + `")`:               text(endpoint + "?a=1&x-adobe-flow-id=" + flowID),
		`parse_webhook_url("` + endpoint + `?b=%20&x-adobe-flow-id=` + flowID + `&a=1")`: knownvalue.ObjectExact(map[string]knownvalue.Check{
			"streaming_endpoint_url": text(endpoint + "?b=%20&a=1"), "dataflow_id": text(flowID),
		}),
		`parse_webhook_url("` + endpoint + `?x%2Dadobe-flow-id=` + flowID + `")`: knownvalue.ObjectExact(map[string]knownvalue.Check{
			"streaming_endpoint_url": text(endpoint), "dataflow_id": text(flowID),
		}),
		`parse_webhook_url(provider::customerio::webhook_url("` + endpoint + `?a=1", "` + flowID + `"))`: knownvalue.ObjectExact(map[string]knownvalue.Check{
			"streaming_endpoint_url": text(endpoint + "?a=1"), "dataflow_id": text(flowID),
		}),
		`sample_event("slack_sent")`: text(customerio.SampleEvent("slack_sent")),
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			run(t, call, resource.TestStep{ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("result", want)}})
		})
	}
}

// A wrong argument is one error on its parameter, and says what would be right.
func TestWrongArguments(t *testing.T) {
	t.Parallel()
	for call, want := range map[string]struct{ parameter, message string }{
		`events("email", "fax")`: {
			"categories", `"fax" is not a category of events. The categories are: customer, email, sms, push, in_app, slack, webhook, whatsapp.`,
		},
		`events("emial")`:        {"categories", `"emial" is not a category of events; the nearest is "email". The categories are: customer, email`},
		`events("sms", "InApp")`: {"categories", `"InApp" is not a category of events; the nearest is "in_app". The categories are: customer, email`},
		`events("email", "in_app_sent")`: {
			"categories", `"in_app_sent" is not a category of events: it is an event of the category "in_app". Write single events into the list themselves, ` +
				`without this function. The categories are: customer, email`,
		},
		`event_mappings("acme")`: {
			"tenant_namespace", `"acme" is not a tenant namespace, which begins with an underscore, such as _acme. customerio_target_schema.….tenant_namespace has it.`,
		},
		`event_mappings("_acme", "subject", "e_mail")`: {
			"fields", `"e_mail" is not a field of the events; the nearest is "email". Known are: event_id, object_type`,
		},
		`event_mappings("_acme", "-zzz")`:       {"fields", `"zzz" is not a field of the events. Known are: event_id, object_type`},
		`event_mappings("_acme", "+emial")`:     {"fields", `"emial" is not a field of the events; the nearest is "email". Known are: event_id, object_type`},
		`event_mappings("_acme", "hash:emial")`: {"fields", `"emial" is not a field of the events; the nearest is "email". Known are: event_id, object_type`},
		`event_mappings("_acme", "-subject")`: {
			"fields", `"-subject" removes nothing. Without it, the fields are: object_type, id, email, event_id, cio_id, metric, timestamp.`,
		},
		`event_mappings("_acme", "-failure_message", "+push_failure_message")`: {
			"fields", `"-failure_message" removes nothing; the nearest is "-push_failure_message". Without it, the fields are: object_type, id, email, event_id`,
		},
		`event_mappings("_acme", "subject", "-cio_id")`: {"fields", `"-cio_id" removes nothing. Without it, the fields are: subject.`},
		`event_mappings("_acme", "subject", "+href")`: {
			"fields", `"+href" adds to the default fields, but the bare name "subject" replaces them. Write + before each name to add, or before none to replace.`,
		},
		`event_mappings("_acme", "hash:email", "+hash:id")`: {"fields", `"+hash:id" adds to the default fields, but the bare name "email" replaces them.`},
		`event_mappings("_acme", "-hash:email")`:            {"fields", `"-hash:email" hashes a field and removes it. To remove it, write "-email".`},
		`event_mappings("_acme", "+hash:campaign_id")`:      {"fields", `"campaign_id" cannot be hashed: it is of the type integer, and only strings have a hash.`},
		`event_mappings("_acme", "")`:                       {"fields", `"" is not a field of the events. Known are: event_id, object_type`},
		`webhook_url("${var.url}", "42")`:                   {"dataflow_id", "This is not the ID of a dataflow, a UUID such as"},
		`webhook_url("${var.url}", var.url)`:                {"dataflow_id", "This is not the ID of a dataflow, a UUID such as"},
		`webhook_url("ftp://${var.url}", var.id)`: {
			"streaming_endpoint_url", "This is not a streaming endpoint: it is not an absolute http:// or https:// URL. Use streaming_endpoint_url of a",
		},
		`webhook_url("${var.url}#f", var.id)`:                                   {"streaming_endpoint_url", "it has a fragment (#), which is never sent"},
		`webhook_url("${var.url}?a=%zz", var.id)`:                               {"streaming_endpoint_url", "its query cannot be parsed"},
		`webhook_url("${var.url}?x-adobe-flow-id=${var.id}", var.id)`:           {"streaming_endpoint_url", "it names a dataflow already"},
		`webhook_url("${var.url}?x-adobe-flow-id=1&x-adobe-flow-id=2", var.id)`: {"streaming_endpoint_url", "it names a dataflow already"},
		`webhook_url("${var.url}?x-adobe-flow-id=", var.id)`:                    {"streaming_endpoint_url", "it names a dataflow already"},
		`parse_webhook_url(var.url)`:                                            {"url", "its query does not have the parameter x-adobe-flow-id exactly once."},
		`parse_webhook_url("${var.url}?x-adobe-flow-id=1&x-adobe-flow-id=2")`:   {"url", "its query does not have the parameter x-adobe-flow-id exactly once."},
		`parse_webhook_url("${var.url}?x-adobe-flow-id=")`:                      {"url", "its query does not have the parameter x-adobe-flow-id exactly once."},
		`parse_webhook_url("${var.url}?x-adobe-flow-id=42")`:                    {"url", "the ID in it is not a UUID such as"},
		`parse_webhook_url("${var.url}?x-adobe-flow-id=${var.id}#f")`:           {"url", "it has a fragment (#), which is never sent"},
		`parse_webhook_url("/${var.url}")`:                                      {"url", "it is not an absolute http:// or https:// URL."},
		`parse_webhook_url("${var.url} :// %")`:                                 {"url", "it cannot be parsed."},
		`sample_event("email_click")`:                                           {"event", `"email_click" is not a known event. The nearest are: email_clicked`},
		`sample_event("zzz")`:                                                   {"event", `"zzz" is not a known event. Known are: customer_subscribed`},
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			requireError(t, call, fmt.Sprintf("Invalid value for %q parameter:", want.parameter), want.message)
		})
	}
}

func TestEventsOfNoCategory(t *testing.T) {
	t.Parallel()
	requireError(t, "events()", "No category was given. Name at least one of: customer, email, sms, push, in_app, slack, webhook, whatsapp.")
}

// requireError evaluates an expression with the sensitive variables url and id. Terraform hides these where it quotes the
// configuration, so the error holds the address only if the function repeats it.
func requireError(t *testing.T, call string, parts ...string) {
	t.Helper()
	var told string
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		ErrorCheck: func(err error) error {
			told = err.Error()
			return nil
		},
		Steps: []resource.TestStep{{PlanOnly: true, Config: fmt.Sprintf(`
variable "url" {
  sensitive = true
  default   = %q
}
variable "id" {
  sensitive = true
  default   = %q
}
output "result" {
  sensitive = true
  value     = provider::customerio::%s
}
`, endpoint, flowID, call)}},
	})
	require.Regexp(t, acctest.Message(parts...), told)
	require.Equal(t, 1, strings.Count(told, "Error: "), told)
	require.NotContains(t, told, "e75dcb5247eb65e7385df30270192e80", "a part of the address")
	require.NotRegexp(t, `[.?!]\.(\s|$)`, told, "Terraform adds the last full stop")
}

// Arguments that are known after the apply make the result unknown. They are no error.
func TestUnknownArguments(t *testing.T) {
	t.Parallel()
	for _, call := range []string{
		"events(terraform_data.later.output)", `event_mappings("_acme", terraform_data.later.output)`, "sample_event(terraform_data.later.output)",
		`webhook_url("` + endpoint + `", terraform_data.later.output)`, "parse_webhook_url(terraform_data.later.output)",
	} {
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories,
			Steps: []resource.TestStep{{
				Config: `
resource "terraform_data" "later" {
  input = "x"
}
` + output(call),
				PlanOnly: true, ExpectNonEmptyPlan: true,
			}},
		})
	}
}
