// Package senderipaddresses is the data source customerio_sender_ip_addresses: where Customer.io's webhooks come from.
package senderipaddresses

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type model struct {
	IPAddresses []string `tfsdk:"ip_addresses"`
}

// New returns the data source.
func New() datasource.DataSource {
	return lookup.NewDataSource(lookup.DataSource[model, customerio.Client]{
		TypeName: "sender_ip_addresses",
		Client:   clients.CustomerIO,
		MarkdownDescription: "The IP addresses from which Customer.io sends webhooks, in the region of the provider configuration. Use them for a " +
			"firewall in front of your own endpoint. Adobe's streaming endpoints need no such list. Customer.io changes the addresses from time to " +
			"time. The provider must have a `customerio.app_api_key`, although this call does not use it.",
		Attributes: map[string]schema.Attribute{
			"ip_addresses": attribute.ComputedTexts("IP addresses (`ip_addresses`), for example `35.188.196.183`."),
		},
		Read: read,
	})
}

func read(ctx context.Context, call lookup.Call[customerio.Client], m *model) {
	addresses, err := call.Client.SenderIPAddresses(ctx)
	if err != nil {
		call.Report(advice.Attempt{Verb: "read", Object: "sender IP addresses"}, err)
	}
	m.IPAddresses = addresses
}
