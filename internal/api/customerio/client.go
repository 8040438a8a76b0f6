// Package customerio calls Customer.io's App API, and knows the events that it reports.
package customerio

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// Service is the name in errors and logs.
	Service = "Customer.io App API"
	// DefaultRequestsPerSecond is the documented limit of the App API.
	DefaultRequestsPerSecond = 10

	reportingWebhooks = "/v1/reporting_webhooks"
)

// Regions are Customer.io's data centres and the addresses of their App API (documented).
var Regions = map[string]string{
	"us": "https://api.customer.io",
	"eu": "https://api-eu.customer.io",
}

// Credentials is an App API key.
type Credentials struct{ AppAPIKey string }

// Apply adds the key.
func (c Credentials) Apply(_ context.Context, request *http.Request) error {
	request.Header.Set("Authorization", "Bearer "+c.AppAPIKey)
	return nil
}

// Renew tells that there is no other key.
func (c Credentials) Renew(*http.Request) bool { return false }

// Client calls the App API of one workspace: the one that its key belongs to.
type Client struct{ transport *transport.Client }

// New builds a client.
func New(client *transport.Client) *Client { return &Client{transport: client} }

// WebhookType is the only type that the API can create. The other one, "js", is made by hand.
const WebhookType = "webhook"

// ReportingWebhook tells Customer.io to report events to an endpoint.
type ReportingWebhook struct {
	ID   string
	Type string
	WebhookSettings
}

// WebhookSettings is everything that can be written. None of it is ever left out of a request: whether the service keeps or
// resets what is absent is not documented.
type WebhookSettings struct {
	Name     string   `json:"name"`
	Endpoint string   `json:"endpoint"`
	Events   []string `json:"events"`
	Disabled bool     `json:"disabled"`
	// FullResolution reports every open and click, not only the first of each.
	FullResolution bool `json:"full_resolution"`
	// WithContent adds the message's content to "sent" events.
	WithContent bool `json:"with_content"`
}

// webhookAnswer is flat as documented; a wrapper that some clients expect is read too.
type webhookAnswer struct {
	ID   jsonvalue.Integer `json:"id"`
	Type string            `json:"type"`
	WebhookSettings
	Wrapped *webhookAnswer `json:"reporting_webhook"`
}

func (a *webhookAnswer) webhook() (*ReportingWebhook, error) {
	if a.ID == 0 && a.Wrapped != nil {
		a = a.Wrapped
	}
	if a.ID == 0 {
		return nil, fmt.Errorf("the answer holds no id")
	}
	webhook := &ReportingWebhook{
		ID: strconv.FormatInt(int64(a.ID), 10), Type: a.Type, WebhookSettings: a.WebhookSettings,
	}
	if webhook.Type == "" {
		webhook.Type = WebhookType
	}
	return webhook, nil
}

// CreateReportingWebhook returns the webhook as the service stored it. It reports events at once unless it is disabled.
func (c *Client) CreateReportingWebhook(ctx context.Context, settings WebhookSettings) (*ReportingWebhook, error) {
	request := transport.Request{Method: http.MethodPost, Path: reportingWebhooks, Body: settings}
	var answer webhookAnswer
	if _, err := c.transport.Do(ctx, request, &answer); err != nil {
		return nil, err
	}
	webhook, err := answer.webhook()
	if err != nil {
		return nil, &transport.AmbiguousError{Service: Service, Method: request.Method, Path: request.Path, Cause: err}
	}
	return webhook, nil
}

// ReportingWebhook reads a webhook.
func (c *Client) ReportingWebhook(ctx context.Context, id string) (*ReportingWebhook, error) {
	request := transport.Request{Method: http.MethodGet, Path: reportingWebhooks + "/" + id}
	var answer webhookAnswer
	if _, err := c.transport.Do(ctx, request, &answer); err != nil {
		return nil, err
	}
	webhook, err := answer.webhook()
	if err != nil {
		return nil, unreadable(request, err.Error())
	}
	return webhook, nil
}

func unreadable(request transport.Request, reason string) error {
	return &transport.UnreadableError{
		Service: Service, Method: request.Method, Path: request.Path, Status: http.StatusOK, Reason: reason,
	}
}

// ListReportingWebhooks lists all webhooks of the workspace, those of the type "js" too. The list has no pages and no filter
// (documented), and is null where there are none.
func (c *Client) ListReportingWebhooks(ctx context.Context) ([]ReportingWebhook, error) {
	request := transport.Request{Method: http.MethodGet, Path: reportingWebhooks}
	var answer struct {
		Webhooks []webhookAnswer `json:"reporting_webhooks"`
	}
	if _, err := c.transport.Do(ctx, request, &answer); err != nil {
		return nil, err
	}
	var found []ReportingWebhook
	for _, one := range answer.Webhooks {
		webhook, err := one.webhook()
		if err != nil {
			return nil, unreadable(request, "a webhook in it holds no id")
		}
		found = append(found, *webhook)
	}
	return found, nil
}

// UpdateReportingWebhook replaces all settings and returns the webhook as the service stored it.
func (c *Client) UpdateReportingWebhook(ctx context.Context, id string, settings WebhookSettings) (*ReportingWebhook, error) {
	request := transport.Request{Method: http.MethodPut, Path: reportingWebhooks + "/" + id, Body: settings}
	if _, err := c.transport.Do(ctx, request, nil); err != nil {
		return nil, err
	}
	return c.ReportingWebhook(ctx, id)
}

// DeleteReportingWebhook deletes a webhook; one that is gone already is deleted.
func (c *Client) DeleteReportingWebhook(ctx context.Context, id string) error {
	request := transport.Request{Method: http.MethodDelete, Path: reportingWebhooks + "/" + id}
	if _, err := c.transport.Do(ctx, request, nil); !transport.IsNotFound(err) {
		return err
	}
	return nil
}
