package mappingset

import (
	"context"

	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// checkReferences looks for the schema that the mappings fill.
func checkReferences(ctx context.Context, change managed.Change[model]) { change.RefersToSchema(ctx) }
