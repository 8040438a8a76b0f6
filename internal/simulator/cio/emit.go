package cio

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
)

// emission is an event on its way to one webhook.
type emission struct {
	Delivery
	endpoint string
	body     []byte
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
		delivery := deliver(ctx, emission)
		s.Store.Do(func() { s.recordError(emission, delivery) })
		deliveries = append(deliveries, delivery)
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
			Delivery: Delivery{WebhookID: webhook.ID, Event: event},
			endpoint: document.Text(webhook.Body, "endpoint"),
			body:     body,
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

// ulid is the encoding of Customer.io's event IDs.
var ulid = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// newULID sorts by time, as Customer.io's event IDs do: its first six bytes are milliseconds, the other ten are random.
func newULID(moment time.Time) string {
	id := binary.BigEndian.AppendUint64(nil, uint64(moment.UnixMilli())<<16)[:6]
	random := make([]byte, 10)
	// Documented: Read never fails.
	_, _ = rand.Read(random)
	return ulid.EncodeToString(append(id, random...))
}

const (
	// SigningKey signs all deliveries. Customer.io shows the key in its UI only, never over the API.
	SigningKey = "simulated-webhook-signing-key"

	// deliveryTimeout is documented; an endpoint that takes longer is tried again later.
	deliveryTimeout = 4 * time.Second
)

// Delivery is what came of one POST of an event to a webhook's endpoint.
type Delivery struct {
	WebhookID string `json:"webhookId"`
	Event     string `json:"event"`
	// Endpoint is the host alone: whoever knows the whole URL can post to an inlet.
	Endpoint string `json:"endpoint"`
	// Status is what the endpoint answered, or 0 when it did not.
	Status int    `json:"status"`
	Error  string `json:"error,omitempty"`
}

// deliveryClient never goes through a proxy, and takes a redirect as the answer it is.
var deliveryClient = &http.Client{
	Timeout:   deliveryTimeout,
	Transport: &http.Transport{},
	CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	},
}

// deliver posts once. The retries of up to seven days that Customer.io documents are not simulated.
func deliver(ctx context.Context, e emission) Delivery {
	delivery := e.Delivery
	endpoint, err := url.Parse(e.endpoint)
	if err != nil {
		delivery.Error = "the endpoint is not a URL"
		return delivery
	}
	delivery.Endpoint = endpoint.Host
	if !isLoopback(endpoint.Hostname()) {
		delivery.Error = fmt.Sprintf("not sent: %s is not on loopback, and the simulator posts nowhere else", endpoint.Host)
		return delivery
	}
	delivery.Status, err = post(ctx, e)
	switch {
	case err != nil:
		delivery.Error = err.Error()
	case delivery.Status/100 != 2:
		delivery.Error = "the endpoint answered " + strconv.Itoa(delivery.Status)
	}
	return delivery
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

func post(ctx context.Context, e emission) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.endpoint, bytes.NewReader(e.body))
	if err != nil {
		return 0, withoutURL(err)
	}
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-CIO-Timestamp", timestamp)
	request.Header.Set("X-CIO-Signature", signature(timestamp, e.body))
	response, err := deliveryClient.Do(request)
	if err != nil {
		return 0, withoutURL(err)
	}
	defer func() { _ = response.Body.Close() }()
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, err
}

// signature is documented: the HMAC of version, timestamp and body, in hexadecimal.
func signature(timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(SigningKey))
	mac.Write([]byte("v0:" + timestamp + ":"))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// withoutURL keeps the endpoint's path out of error messages, for the same reason as Delivery.Endpoint.
func withoutURL(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}
