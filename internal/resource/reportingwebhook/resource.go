// Package reportingwebhook is the resource customerio_reporting_webhook: which events Customer.io posts to which endpoint.
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
	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

const (
	object = "reporting webhook"
	// deleteTimeout is for what the documents promise nothing about, and no client waits for.
	deleteTimeout = 30 * time.Second
)

type reportingWebhook struct{ services *clients.Set }

var (
	_ resource.ResourceWithConfigure   = &reportingWebhook{}
	_ resource.ResourceWithImportState = &reportingWebhook{}
	_ resource.ResourceWithIdentity    = &reportingWebhook{}
)

// New makes the resource.
func New() resource.Resource { return &reportingWebhook{} }

func (r *reportingWebhook) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_reporting_webhook"
}

func (r *reportingWebhook) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = managed.IdentitySchema("Id of the webhook, a number.")
}

func (r *reportingWebhook) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (r *reportingWebhook) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	settings, diags := plan.toAPI(ctx)
	resp.Diagnostics.Append(diags...)
	client := r.services.CustomerIO.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	webhook, err := client.CreateReportingWebhook(ctx, settings)
	if err != nil {
		operation("create", plan.Name).Report(&resp.Diagnostics, err)
		managed.KeepPending(ctx, err, req, resp)
		return
	}
	plan.ID, plan.Type = types.StringValue(webhook.ID), types.StringValue(webhook.Type)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, plan.ID)...)
	reportEvents(&resp.Diagnostics, settings.Events, webhook.Events)
	if resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(plan.fromAPI(ctx, webhook)...)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *reportingWebhook) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	r.services.Secrets.LearnAll(state.Endpoint.ValueString())
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, state.ID)...)
	client := r.services.CustomerIO.UseForRead(&resp.Diagnostics)
	if resp.Diagnostics.HasError() || client == nil {
		return
	}
	if managed.ReadPending(ctx, operation("read", state.Name), state.ID, resp, left(client, state)) {
		return
	}
	webhook, err := client.ReportingWebhook(ctx, state.ID.ValueString())
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		operation("read", state.ID).Report(&resp.Diagnostics, err)
		return
	}
	if webhook.Type != customerio.WebhookType {
		resp.Diagnostics.AddAttributeError(path.Root("type"), "Webhook of a type that cannot be managed", fmt.Sprintf(
			"The webhook %s (%q) is of the type %q. Those are made by hand in Customer.io, and its API cannot write them. Manage it there.",
			webhook.ID, webhook.Name, webhook.Type))
		return
	}
	resp.Diagnostics.Append(state.fromAPI(ctx, webhook)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *reportingWebhook) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var state, plan model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	r.services.Secrets.LearnAll(state.Endpoint.ValueString()) // the service may speak of the old one
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(managed.SetIdentity(ctx, resp.Identity, plan.ID)...)
	settings, diags := plan.toAPI(ctx)
	resp.Diagnostics.Append(diags...)
	client := r.services.CustomerIO.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	webhook, err := client.UpdateReportingWebhook(ctx, plan.ID.ValueString(), settings)
	if err != nil {
		operation("update", plan.Name).Report(&resp.Diagnostics, err)
		return
	}
	reportEvents(&resp.Diagnostics, settings.Events, webhook.Events)
	if resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(plan.fromAPI(ctx, webhook)...)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *reportingWebhook) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	r.services.Secrets.LearnAll(state.Endpoint.ValueString())
	client := r.services.CustomerIO.Use(&resp.Diagnostics)
	timeout, diags := state.Timeouts.Delete(ctx, deleteTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if !managed.FindPending(ctx, operation("delete", state.Name), resp, &state.ID, left(client, state)) {
		return
	}
	if err := client.DeleteReportingWebhook(ctx, state.ID.ValueString()); err != nil {
		operation("delete", state.Name).Report(&resp.Diagnostics, err)
	}
}

// left looks for what a create with an unknown outcome made.
func left(client *customerio.Client, state model) managed.Finder {
	return func(ctx context.Context, window adopt.Window) (string, error) {
		settings, diags := state.toAPI(ctx)
		if diags.HasError() {
			return "", managed.AsError(diags)
		}
		return client.LeftReportingWebhook(ctx, settings, window)
	}
}

func (r *reportingWebhook) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	managed.ImportByID(ctx, attribute.Number(), req, resp)
}

// reportEvents is an error where the service stored other events than it was asked for: events would be missing from the
// dataset, or arrive unasked, and nothing else would say so.
func reportEvents(diags *diag.Diagnostics, asked, stored []string) {
	dropped, added := difference(asked, stored)
	var texts []string
	if len(dropped) > 0 {
		texts = append(texts, "It dropped: "+advice.Listed(dropped)+".")
	}
	if len(added) > 0 {
		texts = append(texts, "It added: "+advice.Listed(added)+".")
	}
	if len(texts) > 0 {
		diags.AddAttributeError(path.Root("events"), "Customer.io changed the events",
			"The webhook exists, but Customer.io stored other events than it was asked for. "+strings.Join(texts, " ")+
				" Correct the events in the configuration, and apply again.")
	}
}

func operation(verb string, name types.String) advice.Attempt {
	return advice.Attempt{Verb: verb, Object: object, Name: name.ValueString()}
}
