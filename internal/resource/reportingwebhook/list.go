package reportingwebhook

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// NewList lists reporting webhooks.
func NewList() list.ListResource {
	return managed.NewList(declared(), managed.Listing[customerio.Client, customerio.ReportingWebhook]{
		Related: "posts to a dataflow, even one that no longer exists",
		Note: "It lists the webhooks of the workspace of the App API key, without their endpoints, which are secret. It leaves out webhooks of the type " +
			"`js`, which the provider cannot manage.",
		Unrelated: "webhooks that post somewhere else",
		Untimed:   true,
		In: func(client *customerio.Client) *objects.Collection[customerio.ReportingWebhook] {
			return &client.ReportingWebhooks
		},
		Name:      func(one *customerio.ReportingWebhook) string { return one.Name },
		IsForeign: func(one *customerio.ReportingWebhook) bool { return one.Type != customerio.WebhookType },
		IsRelated: func(_ context.Context, _ *clients.Set, one *customerio.ReportingWebhook) (bool, error) {
			id, _ := flowservice.FlowOf(one.Endpoint)
			return id != "", nil
		},
		Filters: []managed.Filter[customerio.ReportingWebhook]{{
			Name: "dataflow_id", Description: "Only webhooks that post to the dataflow with this ID, a UUID.", Form: attribute.UUID(),
			Matches: func(_ context.Context, _ *clients.Set, one *customerio.ReportingWebhook, id string) (bool, error) {
				names, _ := flowservice.FlowOf(one.Endpoint)
				return strings.EqualFold(names, id), nil
			},
		}},
	})
}
