package targetschema

import (
	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// NewList lists schemas.
func NewList() list.ListResource {
	return managed.NewList(declared(), managed.Listing[schemaregistry.Client, schemaregistry.Schema]{
		Related:       "a dataset of a dataflow from Customer.io uses, enabled or disabled",
		Unrelated:     "all other schemas of the organization in the sandbox",
		NameAttribute: "title",
		In:            func(client *schemaregistry.Client) *objects.Collection[schemaregistry.Schema] { return &client.Schemas },
		Name:          func(one *schemaregistry.Schema) string { return one.Title },
		Used:          discovery.SchemaIDs,
	})
}
