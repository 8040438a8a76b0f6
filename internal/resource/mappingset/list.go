package mappingset

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// NewList lists mapping sets.
func NewList() list.ListResource {
	return managed.NewList(declared(), managed.Listing[dataprep.Client, dataprep.MappingSet]{
		Related:   "a dataflow from Customer.io uses, enabled or disabled",
		Unrelated: "mapping sets of other dataflows or of none",
		In:        func(client *dataprep.Client) *objects.Collection[dataprep.MappingSet] { return &client.MappingSets },
		Name:      func(one *dataprep.MappingSet) string { return one.Name },
		Get: func(client *dataprep.Client, ctx context.Context, id string) (*dataprep.MappingSet, error) {
			return client.NewestMappingSet(ctx, id, "", 0)
		},
		Used: discovery.MappingSetIDs,
	})
}
