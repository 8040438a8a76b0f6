// Package customerio calls Customer.io's App API, and knows the events that it reports.
package customerio

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/poll"
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
type Client struct {
	transport *transport.Client
	register  *adopt.Register
}

// New builds a client.
func New(client *transport.Client) *Client {
	return &Client{transport: client, register: adopt.NewRegister()}
}

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
	var made *ReportingWebhook
	found := map[string]*ReportingWebhook{}
	id, err := c.register.Create(ctx, c.transport, adopt.Creation{
		Object: "reporting webhook", Alike: adopt.Alike(reportingWebhooks, settings),
		Post: func(ctx context.Context) (string, error) {
			var err error
			if made, err = c.post(ctx, settings); err != nil {
				return "", err
			}
			return made.ID, nil
		},
		Find: c.webhooksLike(settings, found),
	})
	if adopted := found[id]; adopted != nil {
		return adopted, err
	}
	return made, err
}

// LeftReportingWebhook finds what a create with an unknown outcome made, and returns "" where that is nothing.
func (c *Client) LeftReportingWebhook(ctx context.Context, settings WebhookSettings, window adopt.Window) (string, error) {
	return c.register.Find(ctx, "reporting webhook", c.webhooksLike(settings, map[string]*ReportingWebhook{}), window)
}

// webhooksLike notes those that it finds, by id.
func (c *Client) webhooksLike(settings WebhookSettings, found map[string]*ReportingWebhook) adopt.Finder {
	return adopt.Among(c.ListReportingWebhooks,
		func(one *ReportingWebhook) (string, time.Time) { return one.ID, time.Time{} }, // the service keeps no times
		func(one *ReportingWebhook) bool {
			found[one.ID] = one
			return settings.isLike(one)
		},
	)
}

// isLike allows for events that the service dropped or added, in any order.
func (s WebhookSettings) isLike(other *ReportingWebhook) bool {
	return other.Type == WebhookType && s.Name == other.Name && s.Endpoint == other.Endpoint && s.Disabled == other.Disabled &&
		s.FullResolution == other.FullResolution && s.WithContent == other.WithContent &&
		(includes(s.Events, other.Events) || includes(other.Events, s.Events))
}

func includes(events, some []string) bool {
	return !slices.ContainsFunc(some, func(event string) bool { return !slices.Contains(events, event) })
}

func (c *Client) post(ctx context.Context, settings WebhookSettings) (*ReportingWebhook, error) {
	request := transport.Request{Method: http.MethodPost, Path: reportingWebhooks, Body: settings}
	var answer webhookAnswer
	if _, err := c.transport.Do(ctx, request, &answer); err != nil {
		return nil, err
	}
	webhook, err := answer.webhook()
	if err != nil {
		return nil, transport.WithoutID(Service, request.Method, request.Path)
	}
	return webhook, nil
}

// ReportingWebhook reads a webhook.
func (c *Client) ReportingWebhook(ctx context.Context, id string) (*ReportingWebhook, error) {
	c.register.Own(id) // who asks for it has it
	return poll.Confirmed(ctx, func(ctx context.Context) (*ReportingWebhook, error) { return c.readOnce(ctx, id) })
}

func (c *Client) readOnce(ctx context.Context, id string) (*ReportingWebhook, error) {
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
//
// Where they are still the old ones, it is asked once more: something between here and the service may have answered in its place.
func (c *Client) UpdateReportingWebhook(ctx context.Context, id string, settings WebhookSettings) (*ReportingWebhook, error) {
	request := transport.Request{Method: http.MethodPut, Path: reportingWebhooks + "/" + id, Body: settings}
	for again := true; ; again = false {
		if _, err := c.transport.Do(ctx, request, nil); err != nil {
			return nil, err
		}
		webhook, err := c.ReportingWebhook(ctx, id)
		if err != nil || !again || settings.isLike(webhook) && len(settings.Events) == len(webhook.Events) {
			return webhook, err
		}
	}
}

// DeleteReportingWebhook waits until the webhook is gone. One that is gone already is deleted.
func (c *Client) DeleteReportingWebhook(ctx context.Context, id string) error {
	remove := func(ctx context.Context) error {
		_, err := c.transport.Do(ctx, transport.Request{Method: http.MethodDelete, Path: reportingWebhooks + "/" + id}, nil)
		return err
	}
	return poll.Gone(ctx, remove, func(ctx context.Context) (bool, error, error) {
		_, err := c.readOnce(ctx, id)
		if transport.IsNotFound(err) {
			return true, nil, nil
		}
		return false, fmt.Errorf("%s still finds it", Service), err
	})
}
