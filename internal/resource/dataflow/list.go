package dataflow

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// NewList lists dataflows.
func NewList() list.ListResource {
	return managed.NewList(declared(), managed.Listing[flowservice.Client, flowservice.Flow]{
		Related:   "has a source connection to Customer.io",
		Unrelated: "dataflows of other sources",
		In: func(client *flowservice.Client) *objects.Collection[flowservice.Flow] {
			return &client.Flows.Collection.Collection
		},
		Name:      func(one *flowservice.Flow) string { return one.Name },
		IsRelated: discovery.IsOfCustomerIO,
		Filters: []managed.Filter[flowservice.Flow]{{
			Name: "state", Description: "Only dataflows in this state: `enabled` or `disabled`.",
			Form: stringvalidator.OneOf(flowservice.StateEnabled, flowservice.StateDisabled),
			Matches: func(_ context.Context, _ *clients.Set, one *flowservice.Flow, state string) (bool, error) {
				return strings.EqualFold(one.State, state), nil
			},
		}, {
			Name: "dataset_id", Description: "Only dataflows that write to the dataset with this ID, 24 hexadecimal digits.", Form: attribute.Hex24(),
			Matches: fills,
		}},
	})
}

// fills tells whether a dataflow fills a dataset.
func fills(ctx context.Context, set *clients.Set, flow *flowservice.Flow, datasetID string) (bool, error) {
	targets, err := discovery.Targets(ctx, set, flow)
	return slices.ContainsFunc(targets, func(one *flowservice.TargetConnection) bool {
		return strings.EqualFold(one.Params.DataSetID, datasetID)
	}), err
}
