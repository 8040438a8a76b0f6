// Package provider is the Terraform provider: its configuration and the list of what it offers.
package provider

import (
	"context"
	"encoding/json"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	tffunction "github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/function"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/adobeaccesstoken"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/baseconnection"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/dataflow"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/dataflowruns"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/eventcatalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/mappingset"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/pipelines"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/reportingwebhook"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/senderipaddresses"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/sourceconnection"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/sourcespecification"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/streamingendpoint"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/targetconnection"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/targetdataset"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/targetschema"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/webhookerrors"
	"github.com/customerio-source/terraform-provider-customerio/internal/resource/workspaces"
)

// TypeName is the prefix of all resources and data sources.
const TypeName = "customerio"

type customerIOProvider struct {
	version string
	// services is nil until the provider is configured.
	services atomic.Pointer[clients.Set]
}

var (
	_ provider.ProviderWithEphemeralResources = &customerIOProvider{}
	_ provider.ProviderWithFunctions          = &customerIOProvider{}
	_ provider.ProviderWithListResources      = &customerIOProvider{}
	_ provider.ProviderWithValidateConfig     = &customerIOProvider{}
)

// New returns a function that makes the provider, as the plugin server wants it.
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &customerIOProvider{version: version} }
}

func (p *customerIOProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = TypeName
	resp.Version = p.version
}

// holds notes an object of the state.
func (p *customerIOProvider) holds(state []byte) {
	var object struct{ ID, Title string }
	if services := p.services.Load(); services != nil && json.Unmarshal(state, &object) == nil {
		services.Hold(object.ID, object.Title)
	}
}

func (p *customerIOProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		baseconnection.New,
		sourceconnection.New,
		targetschema.New,
		targetdataset.New,
		targetconnection.New,
		mappingset.New,
		dataflow.New,
		reportingwebhook.New,
	}
}

// ListResources are the lists of all resources.
func (p *customerIOProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		baseconnection.NewList,
		sourceconnection.NewList,
		targetschema.NewList,
		targetdataset.NewList,
		targetconnection.NewList,
		mappingset.NewList,
		dataflow.NewList,
		reportingwebhook.NewList,
	}
}

func (p *customerIOProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		targetschema.NewDataSource,
		targetdataset.NewDataSource,
		sourceconnection.NewDataSource,
		targetconnection.NewDataSource,
		mappingset.NewDataSource,
		mappingset.NewPreview,
		dataflow.NewDataSource,
		reportingwebhook.NewDataSource,
		streamingendpoint.New,
		dataflowruns.New,
		webhookerrors.New,
		eventcatalog.New,
		sourcespecification.New,
		senderipaddresses.New,
		workspaces.New,
		pipelines.New,
	}
}

func (p *customerIOProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		adobeaccesstoken.New,
	}
}

func (p *customerIOProvider) Functions(context.Context) []func() tffunction.Function {
	return []func() tffunction.Function{
		function.NewEvents,
		function.NewEventMappings,
		function.NewWebhookURL,
		function.NewParseWebhookURL,
		function.NewSampleEvent,
	}
}
