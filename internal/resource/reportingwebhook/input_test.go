package reportingwebhook_test

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/reportingwebhook"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestBadInput(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const oneEvent = `["email_sent"]`
	failures := map[string]acctest.Failure{}
	for name, test := range map[string]struct {
		name, endpoint, events string
		message                []string
	}{
		"empty name":  {"", endpoint, oneEvent, []string{`name     = ""`, `Attribute name must not be empty`}},
		"padded name": {"aep-source ", endpoint, oneEvent, []string{`name     = "aep-source "`, `nor begin or end with white space`}},
		"too long a name": {
			strings.Repeat("ü", 191), endpoint, oneEvent, []string{`name     = "ü`, `Attribute name UTF-8 character count must be at most 190, got: 191`},
		},
		"endpoint that is no URL": {
			"aep-source", "dcs.adobedc.net/collection", oneEvent,
			[]string{`endpoint = `, `Attribute endpoint must be an absolute https:// URL`},
		},
		"endpoint without a host": {"aep-source", "https:///collection", oneEvent, []string{`endpoint = `, `Attribute endpoint`, `it has no host`}},
		"endpoint of another scheme": {
			"aep-source", "ftp://dcs.adobedc.net", oneEvent, []string{`endpoint = `, `Attribute endpoint`, `its scheme is "ftp"`},
		},
		"endpoint over plain http": {
			"aep-source", "http://hooks.example.com/a", oneEvent, []string{`endpoint = `, `Attribute endpoint`, `its scheme is http, which is allowed on loopback only`},
		},
		"no events": {
			"aep-source", endpoint, `[]`, []string{`events   = []`, `Attribute events set must contain at least 1 elements`},
		},
		"event in upper case": {
			"aep-source", endpoint, `["Email_Sent"]`, []string{`events   = `, `"Email_Sent" is no event`, `in lower case. The nearest is "email_sent".`},
		},
		"event without an object type": {
			"aep-source", endpoint, `["sent"]`, []string{`events   = `, `"sent" is no event. One such as email_sent has an object type and a metric`},
		},
	} {
		failures[name] = acctest.Failure{Config: world.Config(webhook(test.name, test.endpoint, test.events, "")), Message: test.message}
	}
	acctest.PlansFail(t, failures)
	require.Empty(t, world.Calls())
}

// The test harness of Terraform cannot read warnings, so this calls the validators. Each wrong name is one diagnostic.
func TestUnknownEventIsAWarning(t *testing.T) {
	t.Parallel()
	require.Empty(t, diagnosticsOf(t, "email_sent", "whatsapp_replied"))

	const next = " Customer.io may refuse or ignore what it does not know. If the name is right, and newer than this version of the provider, apply it as it is."
	wanted := []struct{ event, detail string }{
		{"Email_Sent", `"Email_Sent" is no event. One such as email_sent has an object type and a metric, in lower case. The nearest is "email_sent".`},
		{"emial_clicked", `"emial_clicked" is not a known event. The nearest is "email_clicked".` + next},
		{"fax_sent", `"fax_sent" is not a known event.` + next},
	}
	diags := diagnosticsOf(t, "email_sent", "fax_sent", "emial_clicked", "Email_Sent")
	require.Len(t, diags, len(wanted))
	for i, want := range wanted {
		require.Equal(t, i > 0, diags[i].Severity() == diag.SeverityWarning)
		require.Equal(t, want.detail, diags[i].Detail())
		attribute, ok := diags[i].(diag.DiagnosticWithPath)
		require.True(t, ok)
		require.Equal(t, path.Root("events").AtSetValue(types.StringValue(want.event)), attribute.Path())
	}
}

func diagnosticsOf(t *testing.T, events ...string) diag.Diagnostics {
	t.Helper()
	ctx := context.Background()
	var described fwresource.SchemaResponse
	reportingwebhook.New().Schema(ctx, fwresource.SchemaRequest{}, &described)
	attribute, ok := described.Schema.Attributes["events"].(schema.SetAttribute)
	require.True(t, ok)
	value, diags := types.SetValueFrom(ctx, types.StringType, events)
	require.Empty(t, diags)
	var found diag.Diagnostics
	for _, v := range attribute.Validators {
		resp := validator.SetResponse{}
		v.ValidateSet(ctx, validator.SetRequest{Path: path.Root("events"), ConfigValue: value}, &resp)
		found.Append(resp.Diagnostics...)
	}
	return found
}

func TestImportOfWhatCannotBeManaged(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	js := strconv.Itoa(world.AddJSWebhook("Made by hand"))
	step := func(id, message string) resource.TestStep {
		return resource.TestStep{
			Config: world.Config(aepSource()), ResourceName: address, ImportState: true, ImportStateId: id, ExpectError: regexp.MustCompile(message),
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			step(js, `(?s)Webhook of a type that cannot be managed.*"Made\s+by\s+hand".*has\s+the\s+type\s+"js"`),
		},
	})
	require.Equal(t, []string{js}, world.Alive(simulator.KindReportingWebhook))
}
