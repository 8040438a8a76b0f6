package customerio_test

import (
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

func client(service *httpscript.Service) *customerio.Client {
	return customerio.New(transport.New(transport.Config{
		Service: customerio.Service, NotFound: customerio.NotFound, BaseURL: service.URL, Timeout: 10 * time.Second, MaxRetries: 2,
		Credentials: customerio.Credentials{AppAPIKey: "1d7c93a0"},
	}), objects.NewRegister())
}

// gone is the answer about a webhook that does not exist.
var gone = httpscript.JSON(404, `{"errors":[{"detail":"The webhook ID does not exist.","status":"404"}]}`)

var settings = customerio.WebhookSettings{
	Name: "aep-source", Endpoint: "https://dcs.adobedc.net/collection/febc?x-adobe-flow-id=439b3fc4",
	Events: []string{"customer_subscribed", "email_sent"},
}

const (
	// sent holds every member: whether the service keeps or resets what is absent is not documented.
	sent = `{"name":"aep-source","endpoint":"https://dcs.adobedc.net/collection/febc?x-adobe-flow-id=439b3fc4",
		"events":["customer_subscribed","email_sent"],"disabled":false,"full_resolution":false,"with_content":false}`
	members = `"name":"aep-source","endpoint":"https://dcs.adobedc.net/collection/febc?x-adobe-flow-id=439b3fc4",
		"events":["customer_subscribed","email_sent"],"disabled":false,"full_resolution":false,"with_content":false`
)

var stored = &customerio.ReportingWebhook{ID: "4", Type: "webhook", WebhookSettings: settings}

func TestCreate(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"flat, as documented": `{"id":4,"type":"webhook",` + members + `}`,
		"id as text":          `{"id":"4","type":"webhook",` + members + `}`,
		"wrapped":             `{"reporting_webhook":{"id":4,"type":"webhook",` + members + `}}`,
		"unknown members":     `{"id":4,"type":"webhook","created_at":1,"signing":{"key":"x"},` + members + `}`,
		"no type":             `{"id":4,` + members + `}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, httpscript.NothingListed(), httpscript.JSON(200, answer))
			webhook, err := client(service).ReportingWebhooks.CreateWithReceipt(t.Context(), settings)
			require.NoError(t, err)
			require.Equal(t, stored, webhook)
			require.Equal(t, []string{"GET /v1/reporting_webhooks", "POST /v1/reporting_webhooks"}, service.Calls())
			require.JSONEq(t, sent, service.Requests()[1].Body)
			require.Equal(t, "Bearer 1d7c93a0", service.Requests()[1].Header.Get("Authorization"))
		})
	}
}

// The webhook is unknown and may be reporting already: the outcome is unknown if it cannot be looked for either.
func TestCreateAnsweredWithoutID(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{`{}`, `{"name":"aep-source"}`, `{"reporting_webhook":{}}`, ``} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, httpscript.NothingListed(), httpscript.JSON(200, answer), httpscript.Answer{Status: 403})
			_, err := client(service).ReportingWebhooks.Create(t.Context(), settings)
			require.ErrorContains(t, err, "it has no ID")
			var unknown *objects.UnknownError
			require.ErrorAs(t, err, &unknown)
			require.Equal(t, []string{"GET /v1/reporting_webhooks", "POST /v1/reporting_webhooks", "GET /v1/reporting_webhooks"}, service.Calls())
		})
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `{"id":9007199254740993,"type":"js","name":"n","endpoint":"e","events":null,"disabled":true}`))
	webhook, err := client(service).ReportingWebhooks.Get(t.Context(), "9007199254740993")
	require.NoError(t, err)
	require.Equal(t, "9007199254740993", webhook.ID)
	require.Equal(t, "js", webhook.Type)
	require.Empty(t, webhook.Events)
	require.True(t, webhook.Disabled)
	require.Equal(t, []string{"GET /v1/reporting_webhooks/9007199254740993"}, service.Calls())
}

func TestReadAnsweredWithoutID(t *testing.T) {
	t.Parallel()
	_, err := client(httpscript.Serve(t, httpscript.JSON(200, `{}`))).ReportingWebhooks.Get(t.Context(), "4")
	var unreadable *transport.UnreadableError
	require.ErrorAs(t, err, &unreadable)
	require.False(t, transport.IsNotFound(err))
}

func TestReadOfWhatIsGone(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, gone)
	_, err := client(service).ReportingWebhooks.Get(t.Context(), "4")
	require.True(t, transport.IsNotFound(err))
}

// The answer to the write is not trusted: what a read says afterwards counts.
func TestUpdateReadsBack(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Status: 204}, httpscript.JSON(200, `{"id":4,"type":"webhook",`+members+`}`))
	webhook, err := client(service).UpdateReportingWebhook(t.Context(), "4", settings)
	require.NoError(t, err)
	require.Equal(t, stored, webhook)
	require.Equal(t, []string{"PUT /v1/reporting_webhooks/4", "GET /v1/reporting_webhooks/4"}, service.Calls())
	require.JSONEq(t, sent, service.Requests()[0].Body)
}

func TestRefusedUpdate(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(422, `{"errors":[{"detail":"no such event","source":{"pointer":"/events"},"status":"422"}]}`))
	_, err := client(service).UpdateReportingWebhook(t.Context(), "4", settings)
	var refused *transport.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "/events", refused.Pointer)
	require.Len(t, service.Calls(), 1)
}

func TestDelete(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 204} {
		service := httpscript.Serve(t, httpscript.Answer{Status: status}, gone)
		require.NoError(t, client(service).ReportingWebhooks.Remove(t.Context(), "4"))
		require.Equal(t, []string{"DELETE /v1/reporting_webhooks/4", "GET /v1/reporting_webhooks/4"}, service.Calls(), "a read has the last word")
	}
	service := httpscript.Serve(t, gone)
	require.NoError(t, client(service).ReportingWebhooks.Remove(t.Context(), "4"))
	require.Len(t, service.Calls(), 4, "a 404 to a DELETE is confirmed by reads")
	err := client(httpscript.Serve(t, httpscript.Answer{Status: 403})).ReportingWebhooks.Remove(t.Context(), "4")
	require.True(t, transport.HasStatus(err, http.StatusForbidden))
}

// 301 is how the API says that the workspace is in the other region; to follow it would turn the POST into a GET.
func TestWrongRegion(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.NothingListed(), httpscript.Answer{Status: 301, Header: map[string]string{"Location": "https://api-eu.customer.io/v1/reporting_webhooks"}})
	_, err := client(service).ReportingWebhooks.Create(t.Context(), settings)
	var refused *transport.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "https://api-eu.customer.io/v1/reporting_webhooks", refused.Location)
	require.Len(t, service.Calls(), 3, "a list before and one after it, since a redirect may be a proxy's")
}

// A 429 may come after the API has acted, so the webhook is looked for before it is sent again.
func TestPerSecondLimitIsWaitedFor(t *testing.T) {
	t.Parallel()
	var posts atomic.Int32
	service := httpscript.Serve(t, httpscript.Answer{Handler: func(w http.ResponseWriter, r *http.Request) {
		answer := `{"reporting_webhooks":[]}`
		if r.Method == http.MethodPost {
			answer = `{"id":4,` + members + `}`
			if posts.Add(1) == 1 {
				w.WriteHeader(http.StatusTooManyRequests)
				answer = `{"errors":[{"detail":"rate limited to 10 requests per 1s (reference a1b2c3)","status":"429"}]}`
			}
		}
		_, _ = io.WriteString(w, answer)
	}})
	_, err := client(service).ReportingWebhooks.Create(t.Context(), settings)
	require.NoError(t, err)
	require.EqualValues(t, 2, posts.Load())
	calls := service.Calls()
	require.Equal(t, "GET /v1/reporting_webhooks", calls[len(calls)-2])
}

func TestBadKeyIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(401, `{"errors":[{"detail":"Unauthorized request.","status":"401","code":"invalid_credentials"}]}`))
	_, err := client(service).ReportingWebhooks.Get(t.Context(), "4")
	require.True(t, transport.HasCode(err, "invalid_credentials"), "%v", err)
	require.Len(t, service.Calls(), 1)
}

func TestEventCatalogue(t *testing.T) {
	t.Parallel()
	for _, event := range []string{"customer_subscription_preferences_changed", "email_deferred", "in_app_undeliverable", "whatsapp_replied"} {
		require.True(t, customerio.IsKnownEvent(event), event)
	}
	for _, event := range []string{"", "email", "Email_sent", "slack_undeliverable", "email_sent "} {
		require.False(t, customerio.IsKnownEvent(event), event)
	}
}

func TestErrorsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	webhook := httpscript.JSON(200, `{"id":4,"type":"webhook",`+members+`}`)
	_, err := client(httpscript.Serve(t, webhook, httpscript.Answer{Status: 403})).DeliveryErrors(t.Context(), "4")
	require.ErrorContains(t, err, "answered GET /v1/reporting_webhooks/4/errors with 403")
}

// The tests use addresses of their own, so nothing else would notice a wrong one.
func TestAddressesOfTheRegions(t *testing.T) {
	t.Parallel()
	require.Equal(t, map[string]string{"us": "https://api.customer.io", "eu": "https://api-eu.customer.io"}, customerio.Regions)
}
