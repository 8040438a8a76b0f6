// Package workspaces is the data source customerio_workspaces: the workspaces of a Customer.io account.
package workspaces

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

type workspaces struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &workspaces{}

// New makes the data source.
func New() datasource.DataSource { return &workspaces{} }

type model struct {
	Workspaces []workspaceModel `tfsdk:"workspaces"`
}

type workspaceModel struct {
	ID                   types.String `tfsdk:"id"`
	Name                 types.String `tfsdk:"name"`
	MessagesSent         types.Int64  `tfsdk:"messages_sent"`
	BillableMessagesSent types.Int64  `tfsdk:"billable_messages_sent"`
	People               types.Int64  `tfsdk:"people"`
	ObjectTypes          types.Int64  `tfsdk:"object_types"`
	Objects              types.Int64  `tfsdk:"objects"`
}

func (d *workspaces) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_workspaces"
}

func (d *workspaces) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All workspaces of the Customer.io account. Every App API key may read them, so this data source also shows whether the key and " +
			"the region are correct. It does not show which workspace the key belongs to.",
		Attributes: map[string]schema.Attribute{
			"workspaces": schema.ListNestedAttribute{
				MarkdownDescription: "Workspaces in the order of their IDs. The counts may be up to two hours old.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id":                     attribute.ComputedText("ID of the workspace, a number."),
					"name":                   attribute.ComputedText("Name of the workspace."),
					"messages_sent":          count("Number of messages sent."),
					"billable_messages_sent": count("Number of billable messages sent."),
					"people":                 count("Number of people."),
					"object_types":           count("Number of object types."),
					"objects":                count("Number of objects."),
				}},
			},
		},
	}
}

func count(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Computed: true}
}

func (d *workspaces) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (d *workspaces) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	client := d.services.CustomerIO.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	listed, err := client.Workspaces(ctx)
	if err != nil {
		advice.Attempt{Verb: "list", Object: "workspaces"}.Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, modelOf(listed))...)
}

func modelOf(listed []customerio.Workspace) model {
	read := model{Workspaces: []workspaceModel{}}
	for _, one := range listed {
		read.Workspaces = append(read.Workspaces, workspaceModel{
			ID: types.StringValue(one.ID), Name: types.StringValue(one.Name),
			MessagesSent: types.Int64Value(one.MessagesSent), BillableMessagesSent: types.Int64Value(one.BillableMessagesSent),
			People: types.Int64Value(one.People), ObjectTypes: types.Int64Value(one.ObjectTypes), Objects: types.Int64Value(one.Objects),
		})
	}
	return read
}
