// Package senderipaddresses is the data source customerio_sender_ip_addresses: where Customer.io's webhooks come from.
package senderipaddresses

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

type senderIPAddresses struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &senderIPAddresses{}

// New makes the data source.
func New() datasource.DataSource { return &senderIPAddresses{} }

type model struct {
	IPAddresses []string `tfsdk:"ip_addresses"`
}

func (d *senderIPAddresses) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sender_ip_addresses"
}

func (d *senderIPAddresses) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The IP addresses from which Customer.io sends webhooks, in the region of the provider configuration. Use them for a firewall in " +
			"front of your own endpoint. Adobe's streaming endpoints need no such list. Customer.io changes the addresses from time to time. The provider must have a `customerio.app_api_key`, although this call does not use it.",
		Attributes: map[string]schema.Attribute{
			"ip_addresses": schema.SetAttribute{
				MarkdownDescription: "IP addresses (`ip_addresses`), for example `35.188.196.183`.",
				ElementType:         types.StringType,
				Computed:            true,
			},
		},
	}
}

func (d *senderIPAddresses) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (d *senderIPAddresses) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	client := d.services.CustomerIO.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	addresses, err := client.SenderIPAddresses(ctx)
	if err != nil {
		advice.Attempt{Verb: "read", Object: "sender IP addresses"}.Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model{IPAddresses: addresses})...)
}
