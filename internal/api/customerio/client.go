// Package customerio calls Customer.io's App API, and lists the events that it reports.
package customerio

import (
	"context"
	"net/http"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// Service is the name in errors and logs.
	Service = "Customer.io App API"
	// DefaultRequestsPerSecond is the limit of the App API (documented: cio-api).
	DefaultRequestsPerSecond = 10
)

// Regions are Customer.io's data centers and the addresses of their App APIs (documented: cio-api).
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

// Renew says that there is no other key.
func (c Credentials) Renew(*http.Request) bool { return false }

// NotFound is how the API writes a 404 (sources: app-api).
var NotFound = transport.Form{{"errors.0.detail": "", "errors.0.status": "404"}}

// Client calls the App API of one workspace: the one that its key belongs to.
type Client struct {
	transport         *transport.Client
	ReportingWebhooks objects.Collection[ReportingWebhook]
}

// New builds a client. The register is that of all clients of the provider.
func New(client *transport.Client, register *objects.Register) *Client {
	c := &Client{client, objects.Collection[ReportingWebhook]{
		Transport: client, Register: register, Path: "/v1/reporting_webhooks", Object: "reporting webhook",
		Receipt: newWebhookAnswer, Envelope: newWebhookAnswer,
		Identify: func(one *ReportingWebhook) (string, time.Time) { return one.ID, time.Time{} }, // answers have no time
		Referred: true,
	}}
	c.ReportingWebhooks.Reader = func(string) objects.Reader[ReportingWebhook] { return c.readReportingWebhooks }
	c.ReportingWebhooks.Among = func([]string) objects.Reader[ReportingWebhook] { return c.readReportingWebhooks }
	c.ReportingWebhooks.Tells = (*ReportingWebhook).tells
	return c
}
