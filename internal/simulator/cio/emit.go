package cio

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
)

// emission is an event on its way to one webhook.
type emission struct {
	webhookID string
	event     string
	endpoint  string
	body      []byte
}

// Emit reports an event to every webhook that subscribed to it and is not disabled, one POST each. The members of
// payload replace those of the sample of the event. Without its own, every event gets a new event_id and the current
// timestamp. Webhooks that are not to be told of the event are not among the deliveries.
//
// Who gets what is decided in one step of the store. The deliveries happen outside of it, because the endpoint may be
// an inlet of the same simulator.
func (s *Service) Emit(ctx context.Context, event string, payload map[string]any) ([]Delivery, error) {
	emitted, err := SampleEvent(event)
	if err != nil {
		return nil, err
	}
	var emissions []emission
	s.Store.Do(func() {
		emitted["event_id"], emitted["timestamp"] = newULID(s.Store.Now()), s.Store.Now().Unix()
		maps.Copy(emitted, payload)
		emissions, err = s.emissions(event, emitted)
	})
	if err != nil {
		return nil, fmt.Errorf("encoding the event %s: %w", event, err)
	}
	deliveries := make([]Delivery, 0, len(emissions))
	for _, emission := range emissions {
		deliveries = append(deliveries, deliver(ctx, emission))
	}
	return deliveries, nil
}

func (s *Service) emissions(event string, emitted map[string]any) (emissions []emission, err error) {
	for _, webhook := range s.Store.Outside.All(store.KindReportingWebhook) {
		if !wants(webhook, event, emitted) {
			continue
		}
		body, err := json.Marshal(payloadFor(webhook, emitted))
		if err != nil {
			return nil, err
		}
		emissions = append(emissions, emission{
			webhookID: webhook.ID,
			event:     event,
			endpoint:  document.Text(webhook.Body, "endpoint"),
			body:      body,
		})
	}
	return emissions, nil
}

func wants(webhook *store.Object, event string, emitted map[string]any) bool {
	settings := document.Clone(webhook.Body)
	if settings["type"] != typeWebhook || settings["disabled"] == true ||
		!slices.Contains(document.List(settings, "events"), any(event)) {
		return false
	}
	return settings["full_resolution"] == true || isFirst(webhook, emitted)
}

// isFirst tells whether an open or click is the first of its delivery, and remembers it. Documented: without
// full_resolution only unique opens and clicks are reported.
func isFirst(webhook *store.Object, emitted map[string]any) bool {
	metric, deliveryID := document.Text(emitted, "metric"), document.Text(emitted, "data", "delivery_id")
	if metric != "opened" && metric != "clicked" || deliveryID == "" {
		return true
	}
	_, reported := webhook.Hidden[metric+deliveryID]
	webhook.Hidden[metric+deliveryID] = true
	return !reported
}

// payloadFor leaves out what only webhooks with_content get: the message and its headers.
func payloadFor(webhook *store.Object, emitted map[string]any) map[string]any {
	data := document.Object(emitted, "data")
	if webhook.Body["with_content"] == true || data == nil {
		return emitted
	}
	payload := maps.Clone(emitted)
	data = maps.Clone(data)
	delete(data, "content")
	delete(data, "headers")
	payload["data"] = data
	return payload
}

const ulidAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newULID looks like Customer.io's event IDs: ten characters of time, sixteen of chance.
func newULID(moment time.Time) string {
	id := make([]byte, 26)
	milliseconds := moment.UnixMilli()
	for i := 9; i >= 0; i-- {
		id[i] = ulidAlphabet[milliseconds%32]
		milliseconds /= 32
	}
	// Documented: Read never fails.
	_, _ = rand.Read(id[10:])
	for i := 10; i < len(id); i++ {
		id[i] = ulidAlphabet[id[i]%32]
	}
	return string(id)
}
