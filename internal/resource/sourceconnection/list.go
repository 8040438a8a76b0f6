package sourceconnection

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// NewList lists source connections.
func NewList() list.ListResource {
	return managed.NewList(declared(), managed.Listing[flowservice.Client, flowservice.SourceConnection]{
		Related:   "has the connection specification of Customer.io",
		Unrelated: "source connections of other specifications",
		In: func(client *flowservice.Client) *objects.Collection[flowservice.SourceConnection] {
			return &client.SourceConnections.Collection
		},
		Name: func(one *flowservice.SourceConnection) string { return one.Name },
		IsRelated: func(_ context.Context, _ *clients.Set, one *flowservice.SourceConnection) (bool, error) {
			return one.ConnectionSpec.IsCustomerIO(), nil
		},
	})
}
