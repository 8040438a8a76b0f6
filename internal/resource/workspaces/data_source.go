// Package workspaces is the data source customerio_workspaces: the workspaces of a Customer.io account.
package workspaces

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
	Workspaces []workspaceModel `tfsdk:"workspaces"`
}

// workspaceModel has the fields of [customerio.Workspace].
type workspaceModel struct {
	ID                   string `tfsdk:"id"`
	Name                 string `tfsdk:"name"`
	MessagesSent         int64  `tfsdk:"messages_sent"`
	BillableMessagesSent int64  `tfsdk:"billable_messages_sent"`
	People               int64  `tfsdk:"people"`
	ObjectTypes          int64  `tfsdk:"object_types"`
	Objects              int64  `tfsdk:"objects"`
}

// New returns the data source.
func New() datasource.DataSource {
	return lookup.NewDataSource(lookup.DataSource[model, customerio.Client]{
		TypeName: "workspaces",
		Client:   clients.CustomerIO,
		MarkdownDescription: "All workspaces of the Customer.io account. Every App API key may read them, so this data source also shows whether " +
			"the key and the region are correct. It does not show which workspace the key belongs to.",
		Attributes: map[string]schema.Attribute{
			"workspaces": schema.ListNestedAttribute{
				MarkdownDescription: "Workspaces in the order of their IDs. The counts may be up to two hours old.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id":                     attribute.ComputedText("ID of the workspace, a number."),
					"name":                   attribute.ComputedText("Name of the workspace."),
					"messages_sent":          attribute.ComputedNumber("Number of messages sent."),
					"billable_messages_sent": attribute.ComputedNumber("Number of billable messages sent."),
					"people":                 attribute.ComputedNumber("Number of people."),
					"object_types":           attribute.ComputedNumber("Number of object types."),
					"objects":                attribute.ComputedNumber("Number of objects."),
				}},
			},
		},
		Read: read,
	})
}

func read(ctx context.Context, call lookup.Call[customerio.Client], m *model) {
	listed, err := call.Client.Workspaces(ctx)
	if err != nil {
		call.Report(advice.Attempt{Verb: "list", Object: "workspaces"}, err)
	}
	m.Workspaces = []workspaceModel{}
	for _, one := range listed {
		m.Workspaces = append(m.Workspaces, workspaceModel{
			ID: one.ID.String(), Name: one.Name,
			MessagesSent: int64(one.MessagesSent), BillableMessagesSent: int64(one.BillableMessagesSent),
			People: int64(one.People), ObjectTypes: int64(one.ObjectTypes), Objects: int64(one.Objects),
		})
	}
}
