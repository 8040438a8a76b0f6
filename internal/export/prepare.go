package export

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// preparer decides what the configuration says of each part.
type preparer struct {
	*engine
	fallbacks fallbacks
	functions bool
	// namespace is the tenant's, for schemas that are not among the parts.
	namespace string
}

// prepare returns the pipelines that can be exported. A schema or a dataset that cannot be a resource is referred to by its ID; any other part that
// cannot ends its pipeline, and is told of by refuse. What the provider would not leave as it is, is no such resource, so it plans every part, until
// there is nothing more to find.
func (p *preparer) prepare(ctx context.Context, pipelines []*pipeline, progress func(string, int, int), refuse func(*pipeline, *part)) ([]*pipeline, error) {
	for {
		pipelines = slices.DeleteFunc(pipelines, func(one *pipeline) bool {
			failed := one.failed()
			if failed != nil {
				refuse(one, failed)
			}
			return failed != nil
		})
		parts := partsOf(pipelines)
		if err := p.decide(ctx, pipelines, parts); err != nil {
			return nil, err
		}
		if failed, err := p.planAll(ctx, parts, progress); err != nil || !failed {
			return pipelines, err
		}
	}
}

// failed is the part without which there is no pipeline.
func (p *pipeline) failed() *part {
	for _, one := range []*part{p.flow, p.source, p.target, p.mappingSet} {
		if one.failure != nil {
			return one
		}
	}
	return nil
}

// partsOf are the parts that can be resources, each once, with the pipelines that use them.
func partsOf(pipelines []*pipeline) (parts []*part) {
	for _, p := range pipelines {
		for _, one := range p.parts() {
			one.reset()
		}
	}
	for _, p := range pipelines {
		for _, one := range p.parts() {
			if one.failure == nil && !slices.Contains(parts, one) {
				parts = append(parts, one)
			}
			one.users = append(one.users, p)
		}
	}
	return parts
}

func (p *preparer) decide(ctx context.Context, pipelines []*pipeline, parts []*part) error {
	for _, one := range pipelines {
		one.link()
	}
	for _, one := range parts {
		if err := one.choose(ctx, p.fallbacks); err != nil {
			return err
		}
		if one.kind != mappingSetKind || !p.functions {
			continue
		}
		one.namespace = p.namespace
		if schema, refers := one.references["schema_id"]; refers {
			one.namespace = schema.to.text("tenant_namespace")
		}
		ready, worth, err := p.recognize(ctx, one.namespace, mappingsOf(one.attributes["mappings"]))
		if err != nil {
			return err
		}
		if worth {
			one.ready = &ready
		}
	}
	return nil
}

// planAll plans each part, and tells whether one failed.
func (p *preparer) planAll(ctx context.Context, parts []*part, progress func(string, int, int)) (failed bool, err error) {
	var group errgroup.Group
	group.SetLimit(atOnce)
	var telling sync.Mutex
	done := 0
	for _, one := range parts {
		group.Go(func() error {
			err := p.planOne(ctx, one)
			telling.Lock()
			defer telling.Unlock()
			done++
			progress("Planning resources", done, len(parts))
			failed = failed || one.failure != nil
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return err
		})
	}
	return failed, group.Wait()
}

func (p *preparer) planOne(ctx context.Context, one *part) error {
	planned, err := p.plan(ctx, one.typeName, one.object, one.config())
	switch {
	case err != nil:
		one.failure = err
	case planned.replaces:
		one.failure = fmt.Errorf("the provider would replace it, because of %s", strings.Join(planned.attributes, ", "))
	default:
		one.changes = planned.attributes
	}
	return nil
}
