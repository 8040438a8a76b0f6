package mappingset

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// fieldsOf are the fields of a schema that exists, nil where they cannot be read: a user who maps into a schema need not be allowed to read it.
func fieldsOf(ctx context.Context, set *clients.Set, schema, version types.String) *schemaregistry.Tree {
	if set == nil || set.SchemaRegistry.Client == nil || schema.ValueString() == "" {
		return nil
	}
	tree, _ := set.SchemaRegistry.Client.Fields(ctx, schema.ValueString(), version.ValueString())
	return tree
}

// lacks tells whether a schema certainly has no such field.
func lacks(tree *schemaregistry.Tree, destination string) bool {
	_, found := tree.Find(xdm.Steps(destination))
	return !found
}

func notInSchema(tree *schemaregistry.Tree, destination, schemaID string) string {
	if whole := withoutIndex(destination); whole != destination {
		if !lacks(tree, whole) {
			return fmt.Sprintf("The schema %s has no field %q, because %q is no array. Remove the index.", schemaID, destination, whole)
		}
	}
	next := "Correct the key, or add the field to the schema."
	if near := advice.NearestPath(destination, tree.Paths()); near != "" {
		next = fmt.Sprintf("The nearest is %q. %s", near, next)
	}
	return fmt.Sprintf("The schema %s has no field %q. %s", schemaID, destination, next)
}
