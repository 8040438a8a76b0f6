package customerio

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// WebhookType is the only type that the API can create. The other one, "js", is created by hand.
const WebhookType = "webhook"

// ReportingWebhook tells Customer.io to report events to an endpoint.
type ReportingWebhook struct {
	ID   string
	Type string
	WebhookSettings
	// untold are the flags that an answer leaves out.
	untold flags
}

type flags struct{ disabled, fullResolution, withContent bool }

// Over is what an answer tells, and for the rest what is known.
func (w ReportingWebhook) Over(known WebhookSettings) WebhookSettings {
	settings := w.WebhookSettings
	settings.Name, settings.Endpoint = cmp.Or(settings.Name, known.Name), cmp.Or(settings.Endpoint, known.Endpoint)
	if len(settings.Events) == 0 {
		settings.Events = known.Events
	}
	if w.untold.disabled {
		settings.Disabled = known.Disabled
	}
	if w.untold.fullResolution {
		settings.FullResolution = known.FullResolution
	}
	if w.untold.withContent {
		settings.WithContent = known.WithContent
	}
	return settings
}

// WebhookSettings is everything that can be written. Every request has all of it: whether the service keeps or resets an absent
// member is not documented.
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

// webhookAnswer is flat (documented: cio-api). A wrapper that some clients expect is read too.
type webhookAnswer struct {
	ID   jsonvalue.Integer `json:"id"`
	Type string            `json:"type"`
	WebhookSettings
	Disabled       *bool          `json:"disabled"`
	FullResolution *bool          `json:"full_resolution"`
	WithContent    *bool          `json:"with_content"`
	Wrapped        *webhookAnswer `json:"reporting_webhook"`
}

func newWebhookAnswer() objects.Envelope[ReportingWebhook] { return &webhookAnswer{} }

func (a *webhookAnswer) Object(string) (*ReportingWebhook, error) {
	if a.ID == 0 && a.Wrapped != nil {
		a = a.Wrapped
	}
	if a.ID == 0 {
		return nil, errors.New("it has no ID")
	}
	webhook := &ReportingWebhook{
		ID: a.ID.String(), Type: cmp.Or(a.Type, WebhookType), WebhookSettings: a.WebhookSettings,
		untold: flags{a.Disabled == nil, a.FullResolution == nil, a.WithContent == nil},
	}
	yes := func(flag *bool) bool { return flag != nil && *flag }
	webhook.Disabled, webhook.FullResolution, webhook.WithContent = yes(a.Disabled), yes(a.FullResolution), yes(a.WithContent)
	return webhook, nil
}

// Wanted is the webhook to create. It reports events at once unless it is disabled.
func (s WebhookSettings) Wanted() objects.Wanted[ReportingWebhook] {
	return objects.Wanted[ReportingWebhook]{Body: s, Matches: s.matches, Differs: func(other *ReportingWebhook) bool {
		told := other.Over(s)
		return told.Name != s.Name || told.Endpoint != s.Endpoint
	}}
}

// matches allows for events that the service dropped or added, in any order.
func (s WebhookSettings) matches(other *ReportingWebhook) bool {
	told := other.Over(s)
	return other.Type == WebhookType && s.Name == told.Name && s.Endpoint == told.Endpoint && s.Disabled == told.Disabled &&
		s.FullResolution == told.FullResolution && s.WithContent == told.WithContent &&
		(includes(s.Events, told.Events) || includes(told.Events, s.Events))
}

func includes(events, some []string) bool {
	return !slices.ContainsFunc(some, func(event string) bool { return !slices.Contains(events, event) })
}

// readReportingWebhooks reads all webhooks of the workspace, including those of the type "js". The list has no pages and no filter
// (documented: cio-api), and is null if there are none.
func (c *Client) readReportingWebhooks(ctx context.Context) (found []ReportingWebhook, more bool, err error) {
	var answer struct {
		Webhooks []webhookAnswer `json:"reporting_webhooks"`
	}
	if err := c.transport.Do(ctx, transport.Request{Method: http.MethodGet, Path: c.ReportingWebhooks.Path}, &answer); err != nil {
		return nil, false, err
	}
	for _, one := range answer.Webhooks {
		webhook, err := one.Object("")
		if err != nil {
			return nil, false, c.transport.Unreadable(c.ReportingWebhooks.Path, "a webhook in it holds no ID")
		}
		found = append(found, *webhook)
	}
	return found, false, nil
}

// tells tells whether an answer leaves nothing out.
func (w *ReportingWebhook) tells() bool {
	return w.Name != "" && w.Endpoint != "" && len(w.Events) > 0 && w.untold == flags{}
}

// UpdateReportingWebhook replaces all settings and returns the webhook as the service stored it. If reads still find the old ones,
// the update is sent again: something between here and the service may have answered in its place.
func (c *Client) UpdateReportingWebhook(ctx context.Context, id string, settings WebhookSettings) (*ReportingWebhook, error) {
	request := transport.Request{Method: http.MethodPut, Body: settings}
	var webhook *ReportingWebhook
	err := objects.Attempts(ctx, objects.IgnoredWriteAttempts, func(ctx context.Context) (differs bool, err error) {
		if err := c.ReportingWebhooks.Write(ctx, id, request, nil); err != nil {
			return false, err
		}
		err = objects.Attempts(ctx, objects.StaleReads, func(ctx context.Context) (bool, error) {
			var err error
			webhook, err = c.ReportingWebhooks.Get(ctx, id)
			differs = err == nil && (!settings.matches(webhook) || len(settings.Events) != len(webhook.Over(settings).Events))
			return differs, err
		})
		return differs, err
	})
	return webhook, err
}
