package targetconnection

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// NewList lists target connections.
func NewList() list.ListResource {
	return managed.NewList(declared(), managed.Listing[flowservice.Client, flowservice.TargetConnection]{
		Related:   "a dataflow from Customer.io uses, enabled or disabled",
		Unrelated: "target connections of other dataflows or of none",
		In: func(client *flowservice.Client) *objects.Collection[flowservice.TargetConnection] {
			return &client.TargetConnections.Collection
		},
		Name: func(one *flowservice.TargetConnection) string { return one.Name },
		Used: discovery.TargetIDs,
		Filters: []managed.Filter[flowservice.TargetConnection]{{
			Name: "dataset_id", Description: "Only connections to the dataset with this ID, 24 hexadecimal digits.", Form: attribute.Hex24(),
			Matches: func(_ context.Context, _ *clients.Set, one *flowservice.TargetConnection, id string) (bool, error) {
				return strings.EqualFold(one.Params.DataSetID, id), nil
			},
		}},
	})
}
