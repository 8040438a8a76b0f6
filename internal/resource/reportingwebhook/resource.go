// Package reportingwebhook is the resource customerio_reporting_webhook: which events Customer.io reports to which endpoint.
package reportingwebhook

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type call = managed.Call[customerio.Client]

// New returns the resource.
func New() resource.Resource { return managed.New(declared()) }

// declared is the resource. How long a delete takes is not documented.
func declared() managed.Resource[model, customerio.Client] {
	return managed.Resource[model, customerio.Client]{
		TypeName: "reporting_webhook",
		Object:   "reporting webhook",
		ID:       "ID that Customer.io assigned, a number.",
		IDForm:   attribute.Number(),
		Schema:   resourceSchema,
		Waits:    managed.Waits{Delete: managed.Wait{Default: 30 * time.Second, Until: "until the webhook is deleted"}},
		Client:   clients.CustomerIO,
		Name:     func(m *model) types.String { return m.Name },
		Create: func(ctx context.Context, call call, plan *model) error {
			settings := plan.toAPI()
			webhook, err := call.Client.ReportingWebhooks.CreateWithReceipt(ctx, settings)
			if err != nil {
				return err
			}
			plan.ID, plan.Type, plan.DataflowID = types.StringValue(webhook.ID), types.StringValue(webhook.Type), dataflowOf(plan.Endpoint)
			if changed := changedSettings(settings, webhook.Over(settings)); changed != nil {
				plan.fromAPI(webhook)
				call.Save()
				return changed
			}
			return nil
		},
		FindCreated: func(ctx context.Context, call call, state *model, window objects.Window) error {
			return state.Assign(call.Client.ReportingWebhooks.FindCreated(ctx, state.toAPI(), window))
		},
		Read: read,
		Update: func(ctx context.Context, call call, state, plan *model) error {
			settings := plan.toAPI()
			webhook, err := call.Client.UpdateReportingWebhook(ctx, plan.ID.ValueString(), settings)
			if err != nil {
				return err
			}
			changed := changedSettings(settings, webhook.Over(settings))
			if changed != nil {
				*state = *plan
				state.fromAPI(webhook)
			}
			return changed
		},
		Delete: func(ctx context.Context, call call, state *model) error {
			return call.Client.ReportingWebhooks.Remove(ctx, state.ID.ValueString())
		},
		Secrets:    func(m *model) any { return m.Endpoint.ValueString() },
		ModifyPlan: checkEndpoint,
	}
}

func read(ctx context.Context, call call, state *model) error {
	webhook, err := call.Client.ReportingWebhooks.Get(ctx, state.ID.ValueString())
	if err != nil {
		return err
	}
	if webhook.Type != customerio.WebhookType {
		return managed.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("type"), "Webhook of a type that cannot be managed", fmt.Sprintf(
			"The webhook %s (%q) has the type %q. Such webhooks are created by hand in Customer.io, and its API cannot write them. Manage it there.",
			webhook.ID, webhook.Name, webhook.Type))}
	}
	state.fromAPI(webhook)
	return nil
}

// changedSettings is an error where the service stored other events or flags than it was asked for. Events would be missing from the dataset,
// or arrive unasked, and nothing else would say so.
func changedSettings(asked, stored customerio.WebhookSettings) error {
	var diags diag.Diagnostics
	var texts []string
	if dropped := without(asked.Events, stored.Events); len(dropped) > 0 {
		texts = append(texts, "It dropped: "+advice.Listed(dropped)+".")
	}
	if added := without(stored.Events, asked.Events); len(added) > 0 {
		texts = append(texts, "It added: "+advice.Listed(added)+".")
	}
	if len(texts) > 0 {
		diags.AddAttributeError(path.Root("events"), "Customer.io changed the events",
			"The webhook exists, but Customer.io stored other events than those in the configuration. "+strings.Join(texts, " ")+
				" Correct `events`, then apply again.")
	}
	for _, flag := range []struct {
		name          string
		asked, stored bool
	}{
		{"disabled", asked.Disabled, stored.Disabled},
		{"full_resolution", asked.FullResolution, stored.FullResolution},
		{"with_content", asked.WithContent, stored.WithContent},
	} {
		if flag.asked != flag.stored {
			diags.AddAttributeError(path.Root(flag.name), "Customer.io changed a flag", fmt.Sprintf(
				"The webhook exists, but Customer.io stored `%s = %t` and not %t. Correct `%s`, or the webhook in Customer.io, then apply again.",
				flag.name, flag.stored, flag.asked, flag.name))
		}
	}
	return managed.Check(diags)
}
