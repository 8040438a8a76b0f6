package cio

import (
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// recordError keeps what became of a delivery that failed. It quotes the endpoint, as such messages do.
func (s *Service) recordError(sent emission, delivery Delivery) {
	webhook := s.Store.Outside.Find(store.KindReportingWebhook, delivery.WebhookID)
	if delivery.Error == "" || webhook == nil {
		return
	}
	entry := map[string]any{
		"timestamp": s.Store.Now().Unix(), "message": "POST " + sent.endpoint + ": " + delivery.Error, "event": delivery.Event,
	}
	if delivery.Status != 0 {
		entry["status"] = delivery.Status
	}
	webhook.Hidden["errors"] = append([]any{entry}, document.List(webhook.Hidden, "errors")...)
}

// listErrors answers the newest first. The vendor's own clients know that there is such a call, and no more: the form of the answer is
// inferred from the other lists.
func listErrors(_ *web.Request, webhook *store.Object) (*web.Answer, error) {
	return web.OK(map[string]any{"errors": document.CloneValue(webhook.Hidden["errors"])})
}
