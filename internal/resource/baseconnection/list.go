package baseconnection

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// NewList lists base connections.
func NewList() list.ListResource {
	return managed.NewList(declared(), managed.Listing[flowservice.Client, flowservice.BaseConnection]{
		Related:   "has the connection specification of Customer.io",
		Note:      "The Customer.io source needs no base connection, so set `include_unrelated` to find the others. The parameters of `auth` cannot be read.",
		Unrelated: "base connections of other specifications",
		In: func(client *flowservice.Client) *objects.Collection[flowservice.BaseConnection] {
			return &client.BaseConnections.Collection
		},
		Name: func(one *flowservice.BaseConnection) string { return one.Name },
		IsRelated: func(_ context.Context, _ *clients.Set, one *flowservice.BaseConnection) (bool, error) {
			return one.ConnectionSpec.IsCustomerIO(), nil
		},
	})
}
