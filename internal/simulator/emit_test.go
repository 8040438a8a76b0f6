package simulator

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// receiver is an endpoint that remembers what was posted to it.
type receiver struct {
	*httptest.Server
	bodies  [][]byte
	headers []http.Header
}

func newReceiver(t *testing.T, status int) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			panic(err)
		}
		r.bodies, r.headers = append(r.bodies, body), append(r.headers, request.Header)
		w.WriteHeader(status)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) event(t *testing.T, number int) map[string]any {
	t.Helper()
	require.Greater(t, len(r.bodies), number)
	var event map[string]any
	require.NoError(t, json.Unmarshal(r.bodies[number], &event))
	return event
}

// subscribe makes a webhook that is on, and changes it as the test needs.
func (a account) subscribe(endpoint string, change func(webhook map[string]any)) {
	a.t.Helper()
	webhook := aepWebhook()
	webhook["endpoint"] = endpoint
	webhook["disabled"] = false
	if change != nil {
		change(webhook)
	}
	a.appAPI(http.MethodPost, webhooksPath, webhook).requireStatus(http.StatusOK)
}

func (a account) emit(event string, payload map[string]any) []Delivery {
	a.t.Helper()
	deliveries, err := a.Emit(context.Background(), event, payload)
	require.NoError(a.t, err)
	return deliveries
}

func TestEventGoesToEveryWebhookThatWantsIt(t *testing.T) {
	account, endpoint := newAccount(t, Options{}), newReceiver(t, http.StatusOK)
	account.subscribe(endpoint.URL+"/collection/febc", nil)
	account.subscribe(endpoint.URL, func(w map[string]any) { w["events"] = []any{"sms_sent"} })
	account.subscribe(endpoint.URL, func(w map[string]any) { w["disabled"] = true })
	account.subscribe(endpoint.URL, nil)
	account.AddJSWebhook("made in the UI")

	host, err := url.Parse(endpoint.URL)
	require.NoError(t, err)
	require.Equal(t, []Delivery{
		{WebhookID: "1", Event: "email_sent", Endpoint: host.Host, Status: http.StatusOK},
		{WebhookID: "4", Event: "email_sent", Endpoint: host.Host, Status: http.StatusOK},
	}, account.emit("email_sent", nil))
	require.Equal(t, endpoint.bodies[0], endpoint.bodies[1])
}

func TestEveryEventHasItsOwnIDAndTime(t *testing.T) {
	account, endpoint := newAccount(t, Options{}), newReceiver(t, http.StatusOK)
	account.subscribe(endpoint.URL, nil)
	account.emit("email_sent", nil)
	account.emit("email_sent", nil)
	account.emit("email_sent", map[string]any{"event_id": "01E4C4CT6YDC7Y5M7FE1GWWPQJ", "timestamp": 1613063089})

	first, second, third := endpoint.event(t, 0), endpoint.event(t, 1), endpoint.event(t, 2)
	require.Regexp(t, "^[0-9A-HJKMNP-TV-Z]{26}$", first["event_id"])
	require.NotEqual(t, first["event_id"], second["event_id"])
	require.NotEqualValues(t, 1613063089, first["timestamp"])
	require.Equal(t, "01E4C4CT6YDC7Y5M7FE1GWWPQJ", third["event_id"])
	require.EqualValues(t, 1613063089, third["timestamp"])
	require.Equal(t, "sent", third["metric"], "what the payload leaves out comes from the sample")
}

func TestDeliveriesAreSigned(t *testing.T) {
	account, endpoint := newAccount(t, Options{}), newReceiver(t, http.StatusOK)
	account.subscribe(endpoint.URL, nil)
	account.emit("email_sent", nil)
	timestamp := endpoint.headers[0].Get("X-CIO-Timestamp")
	require.Regexp(t, "^[0-9]{10}$", timestamp)
	require.Equal(t, hmacOf("v0:"+timestamp+":"+string(endpoint.bodies[0])), endpoint.headers[0].Get("X-CIO-Signature"))
	require.Equal(t, "application/json", endpoint.headers[0].Get("Content-Type"))
}

// hmacOf is the documented signature, in hexadecimal.
func hmacOf(text string) string {
	mac := hmac.New(sha256.New, []byte(SigningKey))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

func TestSignatureIsTheDocumentedHMAC(t *testing.T) {
	// echo -n 'v0:1613063089:{}' | openssl dgst -sha256 -hmac simulated-webhook-signing-key
	require.Equal(t, "719959b72a65b1cc024f3bdff74089eb024fa2ed9ce641fcd8511165e850b197", hmacOf("v0:1613063089:{}"))
}

func TestOnlyWebhooksWithContentGetTheMessage(t *testing.T) {
	account, with, without := newAccount(t, Options{}), newReceiver(t, http.StatusOK), newReceiver(t, http.StatusOK)
	account.subscribe(with.URL, nil)
	account.subscribe(without.URL, func(w map[string]any) { w["with_content"] = false })
	account.emit("email_sent", nil)
	require.Contains(t, with.event(t, 0)["data"], "content")
	require.Contains(t, with.event(t, 0)["data"], "headers")
	require.NotContains(t, without.event(t, 0)["data"], "content")
	require.NotContains(t, without.event(t, 0)["data"], "headers")
}

func TestWithoutFullResolutionOnlyTheFirstOpenIsReported(t *testing.T) {
	account, unique, every := newAccount(t, Options{}), newReceiver(t, http.StatusOK), newReceiver(t, http.StatusOK)
	account.subscribe(unique.URL, nil)
	account.subscribe(every.URL, func(w map[string]any) { w["full_resolution"] = true })
	account.emit("email_opened", nil)
	account.emit("email_opened", nil)
	require.Len(t, unique.bodies, 1)
	require.Len(t, every.bodies, 2)

	other, err := SampleEvent("email_opened")
	require.NoError(t, err)
	other["data"].(map[string]any)["delivery_id"] = "ZAILAgUBcRhIBqSfeiIwdIYJKxTY"
	account.emit("email_opened", map[string]any{"data": other["data"]})
	require.Len(t, unique.bodies, 2, "the open of another delivery")

	account.emit("email_sent", nil)
	account.emit("email_sent", nil)
	require.Len(t, unique.bodies, 4, "only opens and clicks are meant")
}

func TestDeliveriesThatFailAreReported(t *testing.T) {
	account, refusing := newAccount(t, Options{}), newReceiver(t, http.StatusNotFound)
	closed := newReceiver(t, http.StatusOK)
	closed.Close()
	account.subscribe(refusing.URL+"/collection/secret", nil)
	account.subscribe(closed.URL+"/collection/secret", nil)
	account.subscribe("https://dcs.adobedc.net/collection/secret", nil)

	deliveries := account.emit("email_sent", nil)
	require.Equal(t, http.StatusNotFound, deliveries[0].Status)
	require.Equal(t, "the endpoint answered 404", deliveries[0].Error)
	require.Zero(t, deliveries[1].Status)
	require.Contains(t, deliveries[1].Error, "connection refused")
	require.Equal(t, "dcs.adobedc.net", deliveries[2].Endpoint)
	require.Contains(t, deliveries[2].Error, "not on loopback")
	encoded, err := json.Marshal(deliveries)
	require.NoError(t, err)
	require.NotContains(t, string(encoded), "secret", "an endpoint is as good as a password")
}

func TestUnknownEventsAreNotEmitted(t *testing.T) {
	_, err := newAccount(t, Options{}).Emit(context.Background(), "email_teleported", nil)
	require.ErrorContains(t, err, "email_teleported")
}
