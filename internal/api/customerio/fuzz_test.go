package customerio_test

import (
	"context"
	"testing"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

func FuzzAnswers(f *testing.F) {
	for _, body := range []string{
		`{"id":7,"name":"aep-source","type":"webhook","endpoint":"https://dcs.adobedc.net/collection/a?x-adobe-flow-id=1","disabled":false,"full_resolution":false,"with_content":false,"events":["email_sent"]}`,
		`{"reporting_webhooks":[{"id":"7","name":"n","type":"js","events":null}]}`,
		`{"workspaces":[{"id":1,"name":"Shop","messages_sent":5,"object_types":0}]}`,
		`{"ip_addresses":["35.188.196.183"]}`,
		`{"errors":[{"status":"422","title":"t","detail":"d","source":{"pointer":"/endpoint"}}],"meta":{"error":"e","errors":["a"]}}`,
	} {
		f.Add(uint16(0), body)
		f.Add(uint16(222), body)
	}
	echo := httpscript.NewEcho(f)
	f.Fuzz(func(t *testing.T, status uint16, body string) {
		c := customerio.New(echo.Transport(customerio.Service), objects.NewRegister())
		echo.Answers(t, status, body,
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.ReportingWebhooks.Get(ctx, "7") }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.ReportingWebhooks.List(ctx, "") }),
			httpscript.Reading(c.Workspaces),
			httpscript.Reading(c.SenderIPAddresses),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.ReportingWebhooks.Create(ctx, settings) }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.UpdateReportingWebhook(ctx, "7", settings) }),
			func(ctx context.Context) error { return c.ReportingWebhooks.Remove(ctx, "7") },
		)
	})
}
