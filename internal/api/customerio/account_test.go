package customerio_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

func TestListReportingWebhooks(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `{"reporting_webhooks":[{"id":4,"type":"webhook","name":"Shop","endpoint":"https://example.com",
		"events":["email_sent"],"disabled":true,"full_resolution":false,"with_content":false,"labels":[]},
		{"id":"5","type":"js","name":"Script","events":null,"disabled":false,"full_resolution":false,"with_content":false}]}`))
	webhooks, err := client(service).ReportingWebhooks.List(t.Context(), "")
	require.NoError(t, err)
	require.Equal(t, []customerio.ReportingWebhook{
		{ID: "4", Type: "webhook", WebhookSettings: customerio.WebhookSettings{
			Name: "Shop", Endpoint: "https://example.com", Events: []string{"email_sent"}, Disabled: true,
		}},
		{ID: "5", Type: "js", WebhookSettings: customerio.WebhookSettings{Name: "Script"}},
	}, webhooks)
	require.Equal(t, []string{"GET /v1/reporting_webhooks"}, service.Calls())
}

func TestListWithoutWebhooks(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"reporting_webhooks":null}`, `{"reporting_webhooks":[]}`, `{}`} {
		webhooks, err := client(httpscript.Serve(t, httpscript.JSON(200, body))).ReportingWebhooks.List(t.Context(), "")
		require.NoError(t, err, body)
		require.Empty(t, webhooks, body)
	}
}

func TestListedWebhookWithoutID(t *testing.T) {
	t.Parallel()
	_, err := client(httpscript.Serve(t, httpscript.JSON(200, `{"reporting_webhooks":[{"name":"Shop"}]}`))).ReportingWebhooks.List(t.Context(), "")
	require.ErrorContains(t, err, "a webhook in it holds no ID")
}
