package simulator

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// resolution is one open or click that a webhook without full resolution is told of once.
type resolution struct {
	webhookID          string
	metric, deliveryID string
}

// emission is an event on its way to one webhook.
type emission struct {
	webhookID string
	event     string
	endpoint  string
	body      []byte
}

// Emit makes Customer.io report an event: to every webhook that subscribed to it and is not disabled, one POST
// each. The members of payload replace those of the sample of the event; without its own, every event gets a new
// event_id and the current timestamp. What a webhook is not to be told of is not among the deliveries.
func (s *Simulator) Emit(ctx context.Context, event string, payload map[string]any) ([]Delivery, error) {
	emitted, err := SampleEvent(event)
	if err != nil {
		return nil, err
	}
	emitted["event_id"], emitted["timestamp"] = newULID(s.now()), s.now().Unix()
	maps.Copy(emitted, payload)

	emissions, err := s.emissions(event, emitted)
	if err != nil {
		return nil, fmt.Errorf("encoding the event %s: %w", event, err)
	}
	deliveries := make([]Delivery, 0, len(emissions))
	for _, emission := range emissions {
		deliveries = append(deliveries, s.deliver(ctx, emission))
	}
	return deliveries, nil
}

// emissions decides with the lock held who gets what; delivering happens without it, as the endpoint may be this
// very simulator.
func (s *Simulator) emissions(event string, emitted map[string]any) ([]emission, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	var emissions []emission
	for _, webhook := range s.account.all(KindReportingWebhook) {
		if !s.wants(webhook, event, emitted) {
			continue
		}
		body, err := json.Marshal(payloadFor(webhook, emitted))
		if err != nil {
			return nil, err
		}
		emissions = append(emissions, emission{
			webhookID: webhook.id,
			event:     event,
			endpoint:  stringMember(webhook.body, "endpoint"),
			body:      body,
		})
	}
	return emissions, nil
}

func (s *Simulator) wants(webhook *object, event string, emitted map[string]any) bool {
	settings := cloneJSON(webhook.body)
	events, _ := settings["events"].([]any)
	if settings["type"] != typeWebhook || settings["disabled"] == true || !slices.Contains(events, any(event)) {
		return false
	}
	return settings["full_resolution"] == true || s.isFirst(webhook.id, emitted)
}

// isFirst tells whether an open or click is the first of its delivery, and remembers it. Documented: without
// full_resolution only unique opens and clicks are reported.
func (s *Simulator) isFirst(webhookID string, emitted map[string]any) bool {
	metric, deliveryID := stringMember(emitted, "metric"), stringMember(emitted, "data", "delivery_id")
	if metric != "opened" && metric != "clicked" || deliveryID == "" {
		return true
	}
	reported := resolution{webhookID: webhookID, metric: metric, deliveryID: deliveryID}
	if s.customerio.resolved[reported] {
		return false
	}
	if s.customerio.resolved == nil {
		s.customerio.resolved = map[resolution]bool{}
	}
	s.customerio.resolved[reported] = true
	return true
}

// payloadFor leaves out what only webhooks with_content get: the message and its headers.
func payloadFor(webhook *object, emitted map[string]any) map[string]any {
	data, hasData := emitted["data"].(map[string]any)
	if webhook.body["with_content"] == true || !hasData {
		return emitted
	}
	data = maps.Clone(data)
	delete(data, "content")
	delete(data, "headers")
	payload := maps.Clone(emitted)
	payload["data"] = data
	return payload
}

const ulidAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newULID makes an id of the form of Customer.io's event ids: ten characters of time, sixteen of chance.
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
