// Package lookup owns the read of a data source, from the configuration to the state, and finds the object that it reads by ID or by
// name. A data source declares what it is and how its service is called.
package lookup

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// DataSource declares a data source. M is its model, and C the client of its service.
type DataSource[M, C any] struct {
	// TypeName comes without the provider's prefix: "workspaces".
	TypeName string
	// MarkdownDescription describes the data source, and Attributes are its schema.
	MarkdownDescription string
	Attributes          map[string]schema.Attribute
	// Timeouts is the attribute timeouts of a data source that waits for its service. Otherwise it is nil.
	Timeouts func(context.Context) schema.Attribute
	// Client chooses the client of the service. It is nil for a data source that calls none.
	Client func(*clients.Set) clients.Optional[C]
	// Read completes the model, which holds the configuration. It becomes the state unless an error was reported.
	Read func(ctx context.Context, call Call[C], model *M)
}

// Call is one read of a data source.
type Call[C any] struct {
	Client *C
	// Clients are those of all services, for what another one tells.
	Clients *clients.Set
	Config  tfsdk.Config
	// Place is where the objects are, as messages say it: "in the sandbox …".
	Place string
	// Diagnostics take warnings and errors.
	Diagnostics *diag.Diagnostics

	inOwnSandbox bool // not in the provider's
}

// Report reports an error.
func (c Call[C]) Report(attempt advice.Attempt, err error) {
	attempt.InOwnSandbox = c.inOwnSandbox
	attempt.Report(c.Diagnostics, err)
}

// dataSource is a DataSource as the framework wants it.
type dataSource[M, C any] struct {
	DataSource[M, C]
	clients *clients.Set
}

// NewDataSource returns the data source that is declared.
func NewDataSource[M, C any](declared DataSource[M, C]) datasource.DataSource {
	return &dataSource[M, C]{DataSource: declared}
}

func (d *dataSource[M, C]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.TypeName
}

func (d *dataSource[M, C]) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{MarkdownDescription: d.MarkdownDescription, Attributes: maps.Clone(d.Attributes)}
	if sandboxOf(new(M)) != nil {
		resp.Schema.Attributes[attribute.SandboxName] = attribute.SandboxOfDataSource()
	}
	if d.Timeouts != nil {
		resp.Schema.Attributes["timeouts"] = d.Timeouts(ctx)
	}
}

func (d *dataSource[M, C]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.clients = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource[M, C]) ValidateConfig(_ context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	resp.Diagnostics.Append(attribute.RefuseNulls(req.Config.Raw)...)
}

func (d *dataSource[M, C]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model M
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	call, set := Call[C]{Config: req.Config, Diagnostics: &resp.Diagnostics, Place: inWorkspace}, d.clients
	if sandbox := sandboxOf(&model); sandbox != nil {
		set, call.inOwnSandbox = set.InSandbox(sandbox.ValueString()), !sandbox.IsNull()
		*sandbox = types.StringValue(set.SandboxName())
		call.Place = fmt.Sprintf("in the sandbox %q", set.SandboxName())
	}
	call.Clients = set
	if d.Client != nil {
		call.Client = d.Client(set).Use(call.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	d.DataSource.Read(objects.FromLists(ctx), call, &model)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
	}
}

// sandboxOf is the name of the sandbox in a model, nil for one that is in none.
func sandboxOf(model any) *types.String {
	if in, is := model.(interface{ Sandbox() *types.String }); is {
		return in.Sandbox()
	}
	return nil
}
