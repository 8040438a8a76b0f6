package targetdataset

import (
	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// NewList lists datasets.
func NewList() list.ListResource {
	return managed.NewList(declared(), managed.Listing[catalog.Client, catalog.Dataset]{
		Related:   "a dataflow from Customer.io writes to, enabled or disabled",
		Unrelated: "all other datasets of the sandbox",
		In:        func(client *catalog.Client) *objects.Collection[catalog.Dataset] { return &client.Datasets },
		Name:      func(one *catalog.Dataset) string { return one.Name },
		Used:      discovery.DatasetIDs,
	})
}
