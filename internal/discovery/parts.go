package discovery

import (
	"context"
	"iter"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// What follows goes through the pipelines of a sandbox part by part, and reads no more than the caller asks for. Errors are a [*Step]. What a
// dataflow names and the sandbox does not have is left out.

// IsOfCustomerIO tells whether the source of a dataflow is Customer.io.
func IsOfCustomerIO(ctx context.Context, set *clients.Set, flow *flowservice.Flow) (bool, error) {
	for _, id := range flow.SourceConnectionIDs {
		source, err := found(set.FlowService.Client.SourceConnections.GetShared(objects.FromLists(ctx), id))
		if err != nil {
			return false, &Step{"read", "source connection " + id, err}
		}
		if source != nil && source.ConnectionSpec.IsCustomerIO() {
			return true, nil
		}
	}
	return false, nil
}

// Flows goes through the dataflows of the Customer.io source.
func Flows(ctx context.Context, set *clients.Set) iter.Seq2[*flowservice.Flow, error] {
	return func(yield func(*flowservice.Flow, error) bool) {
		for flow, err := range set.FlowService.Client.Flows.Stream(ctx) {
			if err != nil {
				yield(nil, &Step{"list", "dataflows", err})
				return
			}
			is, err := IsOfCustomerIO(ctx, set, flow)
			if !is && err == nil {
				continue
			}
			if !yield(flow, err) || err != nil {
				return
			}
		}
	}
}

// TargetIDs goes through the IDs of the target connections of such dataflows.
func TargetIDs(ctx context.Context, set *clients.Set) iter.Seq2[string, error] {
	return each(Flows(ctx, set), func(flow *flowservice.Flow) ([]string, error) { return flow.TargetConnectionIDs, nil })
}

// MappingSetIDs goes through the IDs of their mapping sets.
func MappingSetIDs(ctx context.Context, set *clients.Set) iter.Seq2[string, error] {
	return each(Flows(ctx, set), func(flow *flowservice.Flow) ([]string, error) {
		mapping, _ := flow.Mapping()
		return []string{mapping.MappingID}, nil
	})
}

// DatasetIDs goes through the IDs of the datasets that they fill.
func DatasetIDs(ctx context.Context, set *clients.Set) iter.Seq2[string, error] {
	return each(Flows(ctx, set), func(flow *flowservice.Flow) (ids []string, err error) {
		targets, err := Targets(ctx, set, flow)
		for _, target := range targets {
			ids = append(ids, target.Params.DataSetID)
		}
		return ids, err
	})
}

// SchemaIDs goes through the IDs of the schemas of these datasets. A target connection has the same schema as its dataset, or Flow Service refuses it.
func SchemaIDs(ctx context.Context, set *clients.Set) iter.Seq2[string, error] {
	return each(Flows(ctx, set), func(flow *flowservice.Flow) (ids []string, err error) {
		targets, err := Targets(ctx, set, flow)
		for _, target := range targets {
			ids = append(ids, target.Data.Schema.ID)
		}
		return ids, err
	})
}

// Targets are the target connections of a dataflow.
func Targets(ctx context.Context, set *clients.Set, flow *flowservice.Flow) (targets []*flowservice.TargetConnection, err error) {
	for _, id := range flow.TargetConnectionIDs {
		target, err := found(set.FlowService.Client.TargetConnections.GetShared(objects.FromLists(ctx), id))
		if err != nil {
			return nil, &Step{"read", "target connection " + id, err}
		}
		if target != nil {
			targets = append(targets, target)
		}
	}
	return targets, nil
}

// each goes through the IDs that each dataflow yields, each once.
func each(flows iter.Seq2[*flowservice.Flow, error], idsOf func(*flowservice.Flow) ([]string, error)) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		seen := map[string]bool{"": true}
		for flow, err := range flows {
			var ids []string
			if err == nil {
				ids, err = idsOf(flow)
			}
			if err != nil {
				yield("", err)
				return
			}
			for _, id := range ids {
				if !seen[id] && !yield(id, nil) {
					return
				}
				seen[id] = true
			}
		}
	}
}
