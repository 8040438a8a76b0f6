package core

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/stretchr/testify/require"
)

// Listing is a list block. IncludeResource is what -generate-config-out implies. A Limit of 0 is that of a block without one.
type Listing struct {
	Type            string
	Config          map[string]any
	Limit           int64
	IncludeResource bool
}

// defaultLimit is that of a list block without one: terraform/eval_query.go.
const defaultLimit = 100

// Result is one result of a list. Its State is null unless it was asked for.
type Result struct {
	Name string
	Object
}

// List is a list block in `terraform query`: terraform/node_resource_plan_instance_query.go, and ListResource in plugin6/grpc_provider.go, which
// stops to read at the limit and at an error, and passes over warnings without an object.
func (c *Core) List(ctx context.Context, listing Listing) (results []Result, found Diagnostics) {
	p := c.start(ctx)
	if listing.Config == nil {
		listing.Config = map[string]any{}
	}
	if listing.Limit == 0 {
		listing.Limit = defaultLimit
	}
	config := p.dynamic(Value(c.schemas.ListResourceSchemas[listing.Type].ValueType(), listing.Config))
	lists, is := p.ProviderServer.(tfprotov6.ListResourceServer)
	require.True(c.t, is)
	validated, err := lists.ValidateListResourceConfig(ctx, &tfprotov6.ValidateListResourceConfigRequest{TypeName: listing.Type, Config: config})
	require.NoError(c.t, err)
	if found = validated.Diagnostics; found.Err() != nil {
		return nil, found
	}
	stream, err := lists.ListResource(ctx, &tfprotov6.ListResourceRequest{
		TypeName: listing.Type, Config: config, Limit: listing.Limit, IncludeResource: listing.IncludeResource,
	})
	require.NoError(c.t, err)
	for event := range stream.Results {
		found = append(found, event.Diagnostics...)
		if found.Err() != nil {
			return results, found
		}
		if len(found) > 0 && (event.Identity == nil || event.Identity.IdentityData == nil) {
			continue
		}
		require.NotNil(c.t, event.Identity)
		result := Result{Name: event.DisplayName, Object: Object{State: p.null(listing.Type), Identity: event.Identity}}
		if listing.IncludeResource {
			result.State = p.value(listing.Type, event.Resource)
		}
		if results = append(results, result); int64(len(results)) == listing.Limit {
			break
		}
	}
	return results, found
}
