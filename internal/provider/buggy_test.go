package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// buggy is a provider that panics wherever the framework calls its code, with a secret at hand.
type buggy struct{ cause any }

func (b buggy) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "buggy"
}
func (b buggy) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (b buggy) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
	panic(b.cause)
}

func (b buggy) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return buggyResource{cause: b.cause} }}
}

func (b buggy) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return buggyDataSource{cause: b.cause} }}
}

func (b buggy) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{func() ephemeral.EphemeralResource { return buggyEphemeral{cause: b.cause} }}
}

func (b buggy) Functions(context.Context) []func() function.Function {
	return []func() function.Function{func() function.Function { return buggyFunction(b) }}
}

func (b buggy) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{func() list.ListResource { return buggyList(b) }}
}

type buggyResource struct {
	resource.Resource
	cause any
}

func (b buggyResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "buggy"
}
func (b buggyResource) Schema(context.Context, resource.SchemaRequest, *resource.SchemaResponse) {}
func (b buggyResource) IdentitySchema(context.Context, resource.IdentitySchemaRequest, *resource.IdentitySchemaResponse) {
}
func (b buggyResource) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {
	secrets := map[string]any{"canary-4f9d": "canary-4f9d"}
	panic(secrets["canary-4f9d"].(error))
}
func (b buggyResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {
	panic(b.cause)
}

type buggyDataSource struct {
	datasource.DataSource
	cause any
}

func (b buggyDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "buggy"
}
func (b buggyDataSource) Schema(context.Context, datasource.SchemaRequest, *datasource.SchemaResponse) {
}
func (b buggyDataSource) Read(context.Context, datasource.ReadRequest, *datasource.ReadResponse) {
	panic(b.cause)
}

type buggyEphemeral struct {
	ephemeral.EphemeralResource
	cause any
}

func (b buggyEphemeral) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "buggy"
}
func (b buggyEphemeral) Schema(context.Context, ephemeral.SchemaRequest, *ephemeral.SchemaResponse) {
}
func (b buggyEphemeral) Open(context.Context, ephemeral.OpenRequest, *ephemeral.OpenResponse) {
	panic(b.cause)
}

type buggyFunction struct{ cause any }

func (b buggyFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "buggy"
}
func (b buggyFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition.Return = function.StringReturn{}
}
func (b buggyFunction) Run(context.Context, function.RunRequest, *function.RunResponse) {
	panic(b.cause)
}

type buggyList struct{ cause any }

func (b buggyList) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "buggy"
}
func (b buggyList) ListResourceConfigSchema(context.Context, list.ListResourceSchemaRequest, *list.ListResourceSchemaResponse) {
}

// List panics when its second result is read.
func (b buggyList) List(_ context.Context, _ list.ListRequest, stream *list.ListResultsStream) {
	stream.Results = func(yield func(list.ListResult) bool) {
		first := list.ListResult{DisplayName: "first"}
		first.Diagnostics.AddError("the first result", "")
		if yield(first) {
			panic(b.cause)
		}
	}
}
