package clicked

import "context"

const (
	httpAPISpec       = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
	transformingFlow  = "c1a19761-d2c7-4702-b9fa-fe91f0613e81"
	slackEndpoint     = "https://hooks.example.com/services/reporting"
	streamingAuthName = "Streaming Connection"
)

// leaveOver makes what nobody has cleaned up: a webhook of a dataflow that was deleted, a dataflow without a webhook, and connections without a
// dataflow.
func (b *browser) leaveOver(ctx context.Context, made *Made) (err error) {
	lost, err := b.click(ctx, plan{name: "Old events", into: events, entries: byTheGuide})
	if err != nil {
		return err
	}
	if made.Stray, err = b.makeWebhook(ctx, "Old events", lost.Flow, object{"disabled": false, "events": chosenEvents[0]}); err != nil {
		return err
	}
	if err := b.remove(ctx, lost.Flow); err != nil {
		return err
	}
	made.Lost, made.UnusedSource, made.UnusedTarget = lost.Flow, lost.Source, lost.Target
	if made.Unfed, err = b.click(ctx, plan{name: "Not connected yet", into: messages, entries: forMessages}); err != nil {
		return err
	}
	_, err = b.settled(ctx, made.Unfed.Flow, "enabled")
	return err
}

// workElsewhere makes what has nothing to do with Customer.io's source: a dataflow of the HTTP API, and a webhook to another service.
func (b *browser) workElsewhere(ctx context.Context, made *Made) error {
	connection, err := b.make(ctx, baseConnections, object{
		"name": "Website", "connectionSpec": object{"id": httpAPISpec, "version": "1.0"},
		"auth": object{"specName": streamingAuthName, "params": object{"sourceId": "website", "dataType": "raw", "name": "Website"}},
	})
	if err != nil {
		return err
	}
	p := plan{name: "Website", into: rawEvents, entries: byHand}
	source, err := b.make(ctx, sourceConnections, object{
		"name": "Website", "baseConnectionId": connection, "connectionSpec": object{"id": httpAPISpec, "version": "1.0"}, "data": object{"format": "json"},
	})
	if err != nil {
		return err
	}
	target, err := b.make(ctx, targetConnections, b.targetOf(p))
	if err != nil {
		return err
	}
	set, err := b.make(ctx, mappingSets, b.setOf(p, p.entries()))
	if err != nil {
		return err
	}
	if made.Elsewhere, err = b.make(ctx, flows, object{
		"name": "Website", "flowSpec": object{"id": transformingFlow, "version": "1.0"},
		"sourceConnectionIds": []any{source}, "targetConnectionIds": []any{target},
		"transformations": []any{object{"name": "Mapping", "params": object{"mappingId": set, "mappingVersion": "0"}}},
	}); err != nil {
		return err
	}
	if _, err := b.settled(ctx, made.Elsewhere, "enabled"); err != nil {
		return err
	}
	_, err = b.make(ctx, webhooks, object{"name": "Slack alerts", "endpoint": slackEndpoint, "events": []any{"email_bounced", "email_spammed"}})
	return err
}
