package export

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/sync/errgroup"

	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
)

// part is an object that becomes a resource.
type part struct {
	*kind
	id string
	// name is what people know it by.
	name string
	*object
	// references are the attributes that are another part's.
	references map[string]reference
	// departures are the attributes that are not what the provider would take from another object.
	departures []string
	// written are the attributes that the configuration has. The values are the state's.
	written []string
	// ready is the call of event_mappings that makes the mappings of a mapping set, nil if they are others. namespace is the tenant's.
	ready     *ready
	namespace string
	// changes are the attributes that the first apply changes.
	changes []string
	// users are the pipelines that it is a part of.
	users []*pipeline
	// label is the name of the resource.
	label string
	// warnings are what the provider says of the object.
	warnings []string
	// failure is why it cannot be a resource.
	failure error
}

// reference is an attribute of another part.
type reference struct {
	to        *part
	attribute string
}

// pipeline is one that is exported. schema and dataset may be parts that cannot be resources, and then IDs stand for them.
type pipeline struct {
	discovery.Pipeline
	schema, dataset, source, target, mappingSet, flow *part
	webhooks                                          []*part
}

// parts are in the order in which a person writes them.
func (p *pipeline) parts() []*part {
	return slices.Concat([]*part{p.schema, p.dataset, p.source, p.target, p.mappingSet, p.flow}, p.webhooks)
}

// own are the parts that no other pipeline has, and that can be resources.
func (p *pipeline) own() []*part {
	return slices.DeleteFunc(p.parts(), func(one *part) bool { return one.failure != nil || one.isShared() })
}

// reset forgets what was decided of a part.
func (p *part) reset() {
	p.references, p.departures, p.written, p.users, p.ready, p.changes = map[string]reference{}, nil, nil, nil, nil, nil
}

func (p *part) isShared() bool { return len(p.users) > 1 }

func (p *part) address() string { return p.typeName + "." + p.label }

func (p *part) text(attribute string) string { return textOf(p.attributes[attribute]) }

// textOf is "" for what is no text.
func textOf(value tftypes.Value) string {
	var text string
	if value.Type() != nil && value.Type().Is(tftypes.String) && value.IsKnown() && !value.IsNull() {
		_ = value.As(&text)
	}
	return text
}

// gather makes a part of each object of the pipelines, one for those that several have.
func gather(found []discovery.Pipeline) (pipelines []*pipeline, parts []*part) {
	known := map[string]*part{}
	for _, one := range found {
		p := &pipeline{Pipeline: one}
		take := func(kind *kind, id, name string) *part {
			key := kind.typeName + " " + strings.ToLower(id)
			if known[key] == nil {
				known[key] = &part{kind: kind, id: id, name: name}
				parts = append(parts, known[key])
			}
			return known[key]
		}
		p.schema = take(schemaKind, one.Schema.ID, one.Schema.Title)
		p.dataset = take(datasetKind, one.Dataset.ID, one.Dataset.Name)
		p.source = take(sourceKind, one.Source.ID, one.Source.Name)
		p.target = take(targetKind, one.Target.ID, one.Target.Name)
		p.mappingSet = take(mappingSetKind, one.MappingSet.ID, one.MappingSet.Name)
		p.flow = take(flowKind, one.Flow.ID, one.Flow.Name)
		for _, webhook := range one.Webhooks {
			p.webhooks = append(p.webhooks, take(webhookKind, webhook.ID, webhook.Name))
		}
		pipelines = append(pipelines, p)
	}
	return pipelines, parts
}

// atOnce is how many objects are read at the same time, as many as Terraform reads.
const atOnce = 10

// readAll reads the parts as imports do. What the provider refuses is the part's failure; only an interruption is an error.
func (e *engine) readAll(ctx context.Context, parts []*part, progress func(object string, step, of int)) error {
	var group errgroup.Group
	group.SetLimit(atOnce)
	var done atomic.Int64
	var telling sync.Mutex
	for _, one := range parts {
		group.Go(func() error {
			one.read(ctx, e)
			telling.Lock()
			defer telling.Unlock()
			progress("objects", int(done.Add(1)), len(parts))
			return ctx.Err()
		})
	}
	return group.Wait()
}

func (p *part) read(ctx context.Context, e *engine) {
	found, warnings, err := e.read(ctx, p.typeName, p.id)
	if err != nil {
		p.failure = err
		return
	}
	p.object = found
	for _, warning := range warnings {
		p.warnings = append(p.warnings, warning.Summary+": "+warning.Detail)
	}
}

// link replaces IDs by references, where the values are the same to the letter, and finds what the provider would take from elsewhere.
func (p *pipeline) link() {
	refer(p.dataset, "schema_id", p.schema, "id")
	refer(p.target, "dataset_id", p.dataset, "id")
	refer(p.target, "schema_id", p.schema, "id")
	refer(p.mappingSet, "schema_id", p.schema, "id")
	refer(p.flow, "source_connection_id", p.source, "id")
	refer(p.flow, "target_connection_id", p.target, "id")
	refer(p.flow, "mapping_set_id", p.mappingSet, "id")
	refer(p.flow, "mapping_version", p.mappingSet, "version")
	for _, webhook := range p.webhooks {
		if refer(webhook, "endpoint", p.flow, "webhook_url") {
			webhook.departs("endpoint")
		}
	}
	if p.target.text("schema_id") != p.Dataset.SchemaRef.ID {
		p.target.departs("schema_id")
	}
	for _, one := range []*part{p.dataset, p.target, p.mappingSet} {
		if one.failure == nil && majorOf(one.text("schema_version")) != majorOf(p.Schema.Version) {
			one.departs("schema_version")
		}
	}
}

// refer makes a reference of an attribute if it is one.
func refer(from *part, attribute string, to *part, target string) bool {
	is := from.failure == nil && to.failure == nil && !from.attributes[attribute].IsNull() && from.attributes[attribute].Equal(to.attributes[target])
	if is {
		from.references[attribute] = reference{to, target}
	}
	return is
}

func (p *part) departs(attribute string) { p.departures = append(p.departures, attribute) }

// majorOf is the major number of a version, which may stand at the end of a media type.
func majorOf(version string) string {
	major, _, _ := strings.Cut(version[strings.LastIndex(version, "=")+1:], ".")
	return major
}

// choose decides which attributes the configuration has: those with a value that is not the default.
func (p *part) choose(ctx context.Context, fallback fallbacks) error {
	for _, name := range p.order {
		value := p.attributes[name]
		if value.IsNull() || slices.Contains(p.taken, name) && !slices.Contains(p.departures, name) {
			continue
		}
		if usual := fallback[p.typeName][name]; usual != nil {
			is, err := usual.Type(ctx).ValueFromTerraform(ctx, value)
			if err != nil {
				return fmt.Errorf("%s.%s: %w", p.typeName, name, err)
			}
			if usual.Equal(is) {
				continue
			}
		}
		p.written = append(p.written, name)
	}
	return nil
}

// config is the configuration as Terraform evaluates it.
func (p *part) config() map[string]tftypes.Value {
	config := maps.Clone(p.attributes)
	for name, value := range config {
		if !slices.Contains(p.written, name) {
			config[name] = tftypes.NewValue(value.Type(), nil)
		}
	}
	return config
}
