package reportingwebhook_test

import (
	"context"
	"regexp"
	"strconv"
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
	for name, test := range map[string]struct{ name, endpoint, events, message string }{
		"empty name":  {"", endpoint, oneEvent, `(?s)name     = "".*Attribute\s+name\s+must\s+not\s+be\s+empty`},
		"padded name": {"aep-source ", endpoint, oneEvent, `(?s)name     = "aep-source ".*nor\s+begin\s+or\s+end\s+with\s+white\s+space`},
		"endpoint that is no URL": {
			"aep-source", "dcs.adobedc.net/collection", oneEvent,
			`(?s)endpoint = .*Attribute\s+endpoint\s+must\s+be\s+an\s+absolute\s+http://\s+or\s+https://\s+URL`,
		},
		"endpoint without a host": {"aep-source", "https:///collection", oneEvent, `(?s)endpoint = .*Attribute\s+endpoint.*it\s+has\s+no\s+host`},
		"endpoint of another scheme": {
			"aep-source", "ftp://dcs.adobedc.net", oneEvent, `(?s)endpoint = .*Attribute\s+endpoint.*its\s+scheme\s+is\s+"ftp"`,
		},
		"no events": {
			"aep-source", endpoint, `[]`, `(?s)events   = \[\].*Attribute\s+events\s+set\s+must\s+contain\s+at\s+least\s+1\s+elements`,
		},
		"event in upper case": {
			"aep-source", endpoint, `["Email_Sent"]`, `(?s)events   = .*Attribute\s+events\[Value\("Email_Sent"\)\]\s+must\s+be\s+an\s+event\s+such\s+as\s+email_sent`,
		},
		"event without an object type": {
			"aep-source", endpoint, `["sent"]`, `(?s)events   = .*Attribute\s+events\[Value\("sent"\)\]\s+must\s+be\s+an\s+event\s+such\s+as\s+email_sent`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps: []resource.TestStep{{
					Config:   world.Config(webhook(test.name, test.endpoint, test.events, "")),
					PlanOnly: true, ExpectError: regexp.MustCompile(test.message),
				}},
			})
		})
	}
	require.Empty(t, world.Calls())
}

// The test harness of Terraform cannot read warnings, so this calls the validators.
func TestUnknownEventIsAWarning(t *testing.T) {
	t.Parallel()
	require.Empty(t, diagnosticsOf(t, "email_sent", "whatsapp_replied"))

	diags := diagnosticsOf(t, "email_sent", "fax_sent", "email_teleported")
	require.Len(t, diags, 1)
	require.Equal(t, diag.SeverityWarning, diags[0].Severity())
	require.Contains(t, diags[0].Detail(), "email_teleported, fax_sent")
	attribute, ok := diags[0].(diag.DiagnosticWithPath)
	require.True(t, ok)
	require.Equal(t, path.Root("events"), attribute.Path())
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
