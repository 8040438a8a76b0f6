package clicked

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	customerIOSpec = "96479064-7b8a-4d69-b9ed-21c5683837ea"
	dataLakeSpec   = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
	streamingFlow  = "e77fde5a-22a8-11ed-861d-0242ac120002"
)

// plan is what somebody had in mind.
type plan struct {
	name    string
	into    int
	entries func() []entry
	// old is for mappings in the older syntax.
	old bool
	// source, target, set, flow and hook are what the consoles add, or people fill in, beside what every pipeline has.
	source, target, set, flow, hook object
	// disabled, paused and behind say what became of the pipeline: its dataflow was disabled, its webhook paused, or its mappings have a newer
	// version than the dataflow uses.
	disabled, paused, behind bool
}

var (
	described = object{"description": "Made by the CRM team.\nAsk before you change anything!"}
	labelled  = object{"labels": []any{"core/C12"}, "options": object{"errorDiagnosticsEnabled": true, "isSampleDataflow": false}}
	scheduled = object{"policy": object{"fields": []any{object{"name": "email"}}}, "scheduleParams": object{"startTime": "1700000000"}}
	asParquet = object{"format": "parquet_xdm"}
	sampled   = object{"inputSchema": object{"schemaRef": object{"id": "sample", "contentType": "application/vnd.adobe.xed-full+json;version=1"}}, "tags": object{}}
	withAll   = object{"full_resolution": true, "with_content": true}
	nameless  = object{"name": nil}
)

// plans are pipelines under the names that people gave them: some the same, or almost, and some in other alphabets.
var plans = []plan{
	{name: "Customer.io events", into: events, entries: byTheGuide, flow: described, hook: withAll},
	{name: "Customer.io events", into: events, entries: byTheGuide, old: true, set: nameless},
	{name: "customer.io events", into: rawEvents, entries: byHand, paused: true},
	{name: "Copy of Customer.io events", into: rawEvents, entries: byTheGuide, disabled: true, paused: true, source: described},
	{name: "Shop – purchases (EU)", into: commerce, entries: forCommerce, target: asParquet},
	{name: "Магазин", into: commerce, entries: forCommerce, old: true, target: described},
	{name: "メール配信", into: messages, entries: forMessages, set: sampled},
	{name: "Événements d’e-mail", into: messages, entries: forMessages, behind: true},
	{name: "Größe & Maße", into: events, entries: byHand, flow: labelled},
	{name: "100% opens", into: events, entries: byTheGuide, old: true, flow: scheduled},
	{name: "2024 winback / Q3", into: rawEvents, entries: byTheGuide, disabled: true},
	{name: "${brand} test %{if}", into: rawEvents, entries: byHand, paused: true, source: described},
	{name: `Newsletter "weekly"`, into: messages, entries: forMessages, set: nameless, hook: withAll},
	{name: "SMS", into: messages, entries: byTheGuide},
	{name: "sms", into: messages, entries: byTheGuide, behind: true, old: true},
	{name: "Push: iOS + Android", into: messages, entries: forMessages, target: asParquet},
	{name: "الرسائل", into: events, entries: byTheGuide, flow: described},
	{name: "🚀 launch", into: events, entries: byHand, hook: withAll},
	{name: `C:\temp\new`, into: rawEvents, entries: byTheGuide},
	{name: "Loyalty_programme-v2.final(3)", into: commerce, entries: forCommerce, flow: labelled, behind: true},
	{name: "test", into: rawEvents, entries: byHand},
	{name: "Test", into: rawEvents, entries: byTheGuide, disabled: true, old: true},
	{name: "TEST ", into: rawEvents, entries: byTheGuide, paused: true},
	{name: strings.Repeat("Every message that we send, with opens and clicks; ", 3), into: messages, entries: forMessages, target: asParquet},
	{name: "Reporting webhook → AEP", into: commerce, entries: byTheGuide, source: described, target: described, flow: described},
}

// planned is the plan of the n-th pipeline, from 0.
func planned(n int) plan {
	p := plans[n%len(plans)]
	if again := n / len(plans); again > 0 {
		p.name = fmt.Sprintf("%s %d", strings.TrimSpace(p.name), again+1)
	}
	return p
}

func (b *browser) makePipelines(ctx context.Context, made *Made, number int) error {
	for n := range number {
		pipeline, err := b.click(ctx, planned(n))
		if err != nil {
			return err
		}
		made.Pipelines = append(made.Pipelines, pipeline)
	}
	return nil
}

// click makes a pipeline without its webhook.
func (b *browser) click(ctx context.Context, p plan) (made Pipeline, err error) {
	made.Name, made.Dataset = p.name, b.datasets[p.into].id
	if made.Source, err = b.make(ctx, sourceConnections, with(object{
		"name": p.name, "connectionSpec": object{"id": customerIOSpec, "version": "1.0"}, "data": object{"format": "json"},
	}, p.source)); err != nil {
		return made, err
	}
	if made.Target, err = b.make(ctx, targetConnections, b.targetOf(p)); err != nil {
		return made, err
	}
	if made.MappingSet, err = b.make(ctx, mappingSets, b.setOf(p, p.entries())); err != nil {
		return made, err
	}
	made.Flow, err = b.make(ctx, flows, with(object{
		"name": p.name, "flowSpec": object{"id": streamingFlow, "version": "1.0"},
		"sourceConnectionIds": []any{made.Source}, "targetConnectionIds": []any{made.Target},
		"transformations": []any{object{"name": "Mapping", "params": object{"mappingId": made.MappingSet, "mappingVersion": 0}}},
	}, p.flow))
	if err != nil {
		return made, err
	}
	// Two dataflows of one name are told apart by their age.
	return made, wait(ctx, 2*time.Millisecond)
}

func (b *browser) targetOf(p plan) object {
	into, format := b.datasets[p.into], "json"
	if asked, has := p.target["format"].(string); has {
		format = asked
	}
	body := with(object{"name": p.name + " (data lake)"}, p.target, object{
		"connectionSpec": object{"id": dataLakeSpec, "version": "1.0"},
		"data":           object{"format": format, "schema": object{"id": into.schema, "version": contentType}},
		"params":         object{"dataSetId": into.id},
	})
	delete(body, "format")
	return body
}

// setOf is a mapping set of a plan, with given mappings.
func (b *browser) setOf(p plan, entries []entry) object {
	written := []any{}
	for i, one := range entries {
		one.destination = strings.Replace(one.destination, "TENANT", b.tenant, 1)
		body := one.written()
		if p.old {
			body = one.writtenOld()
		}
		if i == 0 && p.set == nil {
			body["name"], body["description"] = "Event ID", "ULID of Customer.io"
		}
		written = append(written, body)
	}
	body := with(object{"name": "Mapping of " + p.name}, p.set, object{
		"outputSchema": object{"schemaRef": object{"id": b.datasets[p.into].schema, "contentType": contentType}}, "mappings": written,
	})
	maps.DeleteFunc(body, func(_ string, value any) bool { return value == nil })
	return body
}

// makeWebhooks pastes the streaming endpoint of each dataflow into a webhook.
func (b *browser) makeWebhooks(ctx context.Context, made *Made) (err error) {
	for n := range made.Pipelines {
		pipeline, p := &made.Pipelines[n], planned(n)
		pipeline.Webhook, err = b.makeWebhook(ctx, p.name, pipeline.Flow, with(object{"disabled": p.paused, "events": chosenEvents[n%len(chosenEvents)]}, p.hook))
		if err != nil {
			return err
		}
	}
	return nil
}

var chosenEvents = [][]any{
	{"email_sent", "email_delivered", "email_opened", "email_clicked", "email_bounced"},
	{"customer_subscribed", "customer_unsubscribed"},
	{"sms_sent", "sms_delivered", "push_sent", "push_opened"},
}

func (b *browser) makeWebhook(ctx context.Context, name, flow string, body object) (id string, err error) {
	inlet, err := b.settled(ctx, flow, "enabled")
	if err != nil {
		return "", err
	}
	return b.make(ctx, webhooks, with(object{"name": name, "endpoint": inlet + "?x-adobe-flow-id=" + flow}, body))
}

// goOn is what people did to their pipelines later.
func (b *browser) goOn(ctx context.Context, made *Made) error {
	for n := range made.Pipelines {
		pipeline, p := &made.Pipelines[n], planned(n)
		if p.behind {
			newer := b.setOf(p, append(p.entries()[:3:3], entry{"upper(metric)", "TENANT.metric", expression}))
			if err := b.call(ctx, http.MethodPut, mappingSets.path+"/"+pipeline.MappingSet, newer, nil); err != nil {
				return err
			}
			pipeline.Newest++
		}
		if p.disabled {
			if err := b.call(ctx, http.MethodPost, flows.path+"/"+pipeline.Flow+"/action?op=disable", nil, nil); err != nil {
				return err
			}
			if _, err := b.settled(ctx, pipeline.Flow, "disabled"); err != nil {
				return err
			}
		}
	}
	return nil
}

// with is an object with the members of others over its own.
func with(base object, others ...object) object {
	merged := maps.Clone(base)
	for _, one := range slices.DeleteFunc(others, func(one object) bool { return one == nil }) {
		maps.Copy(merged, one)
	}
	return merged
}
