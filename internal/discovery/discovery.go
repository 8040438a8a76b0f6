// Package discovery finds out which pipelines a sandbox has: what belongs to each dataflow of the Customer.io source, and what belongs to none.
// It only reads.
package discovery

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// Pipeline is a dataflow of the Customer.io source with all that belongs to it. What is nil it has not, or not any more.
type Pipeline struct {
	// Key is a name for code, such as "customer_io_events". No other pipeline of the sandbox has it.
	Key        string
	Flow       flowservice.Flow
	Source     flowservice.SourceConnection
	Target     *flowservice.TargetConnection
	MappingSet *dataprep.MappingSet // in the version that the dataflow uses
	Newest     *dataprep.MappingSet // nil where the dataflow uses the newest version
	Dataset    *catalog.Dataset
	Schema     *schemaregistry.Schema
	// Webhooks post to the dataflow.
	Webhooks []customerio.ReportingWebhook
}

// Estate is what was found.
type Estate struct {
	// Pipelines are in the order of their keys.
	Pipelines []Pipeline
	// Sources and Targets are connections that no dataflow uses: sources of Customer.io, and targets of any source.
	Sources []flowservice.SourceConnection
	Targets []flowservice.TargetConnection
	// Webhooks post to a dataflow that this sandbox does not have. Another one may have it.
	Webhooks []StrayWebhook
}

// StrayWebhook posts to a dataflow that is not there.
type StrayWebhook struct {
	customerio.ReportingWebhook
	FlowID string
}

// Services are the clients that a discovery needs. CustomerIO is nil where webhooks are not looked for.
type Services struct {
	*clients.Set
	CustomerIO *customerio.Client
	// Progress, if not nil, is told each step before it is taken, such as "dataflows", 3 of 4.
	Progress func(object string, step, of int)
}

func (s Services) tell(object string, step, of int) {
	if s.Progress != nil {
		s.Progress(object, step, of)
	}
}

// Step says what could not be done. It wraps the error of the service.
type Step struct {
	// Verb and Object are such as "list" and "dataflows".
	Verb, Object string
	Err          error
}

func (s *Step) Error() string { return fmt.Sprintf("%s %s: %s", s.Verb, s.Object, s.Err) }
func (s *Step) Unwrap() error { return s.Err }

// Report adds the diagnostic for an error of [Find].
func Report(diags *diag.Diagnostics, err error) {
	attempt := advice.Attempt{Verb: "find", Object: "pipelines"}
	if step, is := errors.AsType[*Step](err); is {
		attempt.Verb, attempt.Object, err = step.Verb, step.Object, step.Err
	}
	attempt.Report(diags, err)
}

// Find finds the pipelines. Errors are a [*Step].
func Find(ctx context.Context, services Services) (*Estate, error) {
	s := &search{services: services}
	steps := []struct {
		object string
		list   func(context.Context) error
	}{
		{"source connections", s.listSources}, {"target connections", s.listTargets}, {"dataflows", s.listFlows}, {"reporting webhooks", s.listWebhooks},
	}
	for i, step := range steps {
		services.tell(step.object, i+1, len(steps))
		if err := step.list(ctx); err != nil {
			return nil, &Step{"list", step.object, err}
		}
	}
	estate := &Estate{}
	for i := range s.flows {
		services.tell("pipelines", i+1, len(s.flows))
		if source, is := s.sourceOf(&s.flows[i]); is {
			pipeline, err := s.complete(ctx, Pipeline{Flow: s.flows[i], Source: source})
			if err != nil {
				return nil, err
			}
			estate.Pipelines = append(estate.Pipelines, pipeline)
		}
	}
	nameAll(estate.Pipelines)
	s.findUnused(estate)
	return estate, nil
}

// search is what the lists say.
type search struct {
	services Services
	flows    []flowservice.Flow
	sources  []flowservice.SourceConnection
	targets  []flowservice.TargetConnection
	webhooks []customerio.ReportingWebhook
}

func (s *search) listSources(ctx context.Context) (err error) {
	s.sources, err = s.services.FlowService.Client.SourceConnections.List(ctx, "")
	s.sources = slices.DeleteFunc(s.sources, func(one flowservice.SourceConnection) bool {
		return !one.ConnectionSpec.IsCustomerIO()
	})
	return err
}

func (s *search) listTargets(ctx context.Context) (err error) {
	s.targets, err = s.services.FlowService.Client.TargetConnections.List(ctx, "")
	return err
}

func (s *search) listFlows(ctx context.Context) (err error) {
	s.flows, err = s.services.FlowService.Client.Flows.List(ctx, "")
	return err
}

func (s *search) listWebhooks(ctx context.Context) (err error) {
	if s.services.CustomerIO != nil {
		s.webhooks, err = s.services.CustomerIO.ReportingWebhooks.List(ctx, "")
	}
	return err
}

// sourceOf is the connection of a dataflow to Customer.io, if it has one.
func (s *search) sourceOf(flow *flowservice.Flow) (source flowservice.SourceConnection, is bool) {
	i := slices.IndexFunc(s.sources, func(one flowservice.SourceConnection) bool { return slices.Contains(flow.SourceConnectionIDs, one.ID) })
	if i < 0 {
		return source, false
	}
	return s.sources[i], true
}

// complete adds what belongs to a dataflow.
func (s *search) complete(ctx context.Context, p Pipeline) (Pipeline, error) {
	if i := slices.IndexFunc(s.targets, func(one flowservice.TargetConnection) bool {
		return slices.Contains(p.Flow.TargetConnectionIDs, one.ID)
	}); i >= 0 {
		p.Target = &s.targets[i]
	}
	for _, webhook := range s.webhooks {
		if flowID, is := flowOf(webhook); is && strings.EqualFold(flowID, p.Flow.ID) {
			p.Webhooks = append(p.Webhooks, webhook)
		}
	}
	var err error
	if mapping, mapped := p.Flow.Mapping(); mapped {
		if p.MappingSet, p.Newest, err = s.mappingSet(ctx, mapping); err != nil {
			return p, &Step{"read", "mapping set " + mapping.MappingID, err}
		}
	}
	if p.Target == nil {
		return p, nil
	}
	if p.Dataset, err = found(s.services.Catalog.Client.Datasets.GetShared(ctx, p.Target.Params.DataSetID)); err != nil {
		return p, &Step{"read", "dataset " + p.Target.Params.DataSetID, err}
	}
	if p.Dataset == nil {
		return p, nil
	}
	if p.Schema, err = found(s.services.SchemaRegistry.Client.Schemas.GetShared(ctx, p.Dataset.SchemaRef.ID)); err != nil {
		return p, &Step{"read", "schema " + p.Dataset.SchemaRef.ID, err}
	}
	return p, nil
}

// mappingSet reads the version of a mapping set that a dataflow uses, and so one call more where that is not the newest.
func (s *search) mappingSet(ctx context.Context, mapping flowservice.MappingRef) (used, newest *dataprep.MappingSet, err error) {
	client := s.services.DataPrep.Client
	set, err := found(client.MappingSets.Get(ctx, mapping.MappingID))
	if set == nil || set.Version == int64(mapping.MappingVersion) {
		return set, nil, err
	}
	used, err = found(client.MappingSetVersion(ctx, mapping.MappingID, int64(mapping.MappingVersion)))
	return used, set, err
}

// found takes an object that is not there for none, and one that cannot be there because its ID is none.
func found[T any](object *T, err error) (*T, error) {
	if _, is := errors.AsType[*objects.IdentifierError](err); is || transport.IsNotFound(err) {
		return nil, nil
	}
	return object, err
}

// flowOf is the dataflow that a webhook posts to.
func flowOf(webhook customerio.ReportingWebhook) (id string, is bool) {
	_, id, err := flowservice.ParseWebhookURL(webhook.Endpoint)
	return id, err == nil
}

// findUnused adds what belongs to no dataflow.
func (s *search) findUnused(estate *Estate) {
	var flows, used []string
	for _, flow := range s.flows {
		flows = append(flows, strings.ToLower(flow.ID))
		used = append(append(used, flow.SourceConnectionIDs...), flow.TargetConnectionIDs...)
	}
	for _, source := range s.sources {
		if !slices.Contains(used, source.ID) {
			estate.Sources = append(estate.Sources, source)
		}
	}
	for _, target := range s.targets {
		if !slices.Contains(used, target.ID) {
			estate.Targets = append(estate.Targets, target)
		}
	}
	for _, webhook := range s.webhooks {
		if flowID, is := flowOf(webhook); is && !slices.Contains(flows, strings.ToLower(flowID)) {
			estate.Webhooks = append(estate.Webhooks, StrayWebhook{webhook, flowID})
		}
	}
}
