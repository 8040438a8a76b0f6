package cio

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// typeWebhook is the type of every reporting webhook created over the API. JavaScript webhooks come from the UI alone.
const (
	typeWebhook = "webhook"
	typeJS      = "js"
)

// webhookRequest is a body of POST or PUT. What is absent is nil. Unknown members are ignored, as the App API seems to
// do.
type webhookRequest struct {
	Name           *string   `json:"name"`
	Endpoint       *string   `json:"endpoint"`
	Events         *[]string `json:"events"`
	Disabled       *bool     `json:"disabled"`
	FullResolution *bool     `json:"full_resolution"`
	WithContent    *bool     `json:"with_content"`
}

// longestName is the limit of names, in characters, that the vendor's Node client states.
const longestName = 190

// readWebhook refuses what the documented schema refuses. Documented: a malformed request is answered with 400. Which
// status an unknown event gets is documented nowhere. Here it is one more malformed request.
//
// What is written goes over what is kept. The published schema requires name, endpoint and events in a PUT too, but the
// vendor's Node client sends any subset of the members, and another public client {"disabled":false} alone.
func readWebhook(r *web.Request, kept webhookRequest) (request webhookRequest, err error) {
	request = kept
	if err := json.Unmarshal(r.Content, &request); err != nil {
		return request, invalid("bad request: "+err.Error(), "")
	}
	switch {
	case request.Name == nil || strings.TrimSpace(*request.Name) == "":
		return request, invalid("name is required", "/name")
	case utf8.RuneCountInString(*request.Name) > longestName:
		return request, invalid("name must have at most "+strconv.Itoa(longestName)+" characters", "/name")
	case request.Endpoint == nil || !isWebURL(*request.Endpoint):
		return request, invalid("endpoint must be a URL", "/endpoint")
	case request.Events == nil || len(*request.Events) == 0:
		return request, invalid("events must have at least 1 item", "/events")
	}
	for i, event := range *request.Events {
		if _, _, known := splitEvent(event); !known {
			return request, invalid("event "+strconv.Quote(event)+" is not supported", "/events/"+strconv.Itoa(i))
		}
	}
	return request, nil
}

func invalid(detail, pointer string) error {
	return detailed(http.StatusBadRequest, "bad_request", detail, pointer)
}

// isWebURL accepts http too: documented as allowed, with https recommended.
func isWebURL(text string) bool {
	parsed, err := url.Parse(text)
	return err == nil && (parsed.Scheme == "http" || parsed.Scheme == "https") && parsed.Host != ""
}

// keptOf is what a PUT that has no member at all would leave.
func keptOf(webhook *store.Object) (kept webhookRequest, err error) {
	stored, err := json.Marshal(webhook.Body)
	if err != nil {
		return kept, err
	}
	return kept, json.Unmarshal(stored, &kept)
}

// applyTo writes the request into a webhook. A boolean that a create leaves out is false: that is the documented default
// of full_resolution, and by all clients' experience that of the others.
func (request webhookRequest) applyTo(body map[string]any) {
	body["name"], body["endpoint"] = *request.Name, *request.Endpoint
	body["events"] = storedEvents(*request.Events)
	for name, value := range map[string]*bool{
		"disabled":        request.Disabled,
		"full_resolution": request.FullResolution,
		"with_content":    request.WithContent,
	} {
		body[name] = value != nil && *value
	}
}

// storedEvents has each event once, and in another order than it was sent: no order is documented.
func storedEvents(sent []string) []any {
	var stored []any
	for _, event := range slices.Backward(sent) {
		if !slices.Contains(stored, any(event)) {
			stored = append(stored, event)
		}
	}
	return stored
}

// present is a webhook as it is answered, with a member that no published description knows: Customer.io announces
// that there may be such at any time.
func present(webhook *store.Object) map[string]any {
	return document.WithDefaults(webhook.Body, map[string]any{"labels": []any{}})
}

// listWebhooks answers null when there are none, as clients have learned to expect. There is no paging.
func (s *Service) listWebhooks(_ *web.Request, ws workspace) (*web.Answer, error) {
	var listed []any
	for _, webhook := range s.Store.Outside.All(store.KindReportingWebhook) {
		if webhook.Hidden["workspace"] == ws {
			listed = append(listed, present(webhook))
		}
	}
	return web.OK(map[string]any{"reporting_webhooks": listed})
}

// createWebhook answers 200, not 201, and the webhook without any wrapping.
func (s *Service) createWebhook(r *web.Request, ws workspace) (*web.Answer, error) {
	request, err := readWebhook(r, webhookRequest{})
	if err != nil {
		return nil, err
	}
	body := map[string]any{"type": typeWebhook}
	request.applyTo(body)
	return web.OK(present(s.addWebhook(ws, body)))
}

func (s *Service) addWebhook(ws workspace, body map[string]any) *store.Object {
	id := s.Store.Next("webhook")
	body["id"] = id
	added := s.Store.Outside.Add(store.KindReportingWebhook, strconv.Itoa(id), body)
	added.Hidden["workspace"] = ws
	return added
}

// AddJSWebhook creates a JavaScript webhook, as a person can in the UI, in the workspace of the first key. It returns
// the ID.
func (s *Service) AddJSWebhook(name string) int {
	added := s.addWebhook(s.workspaces()[0], map[string]any{
		"type":            typeJS,
		"name":            name,
		"endpoint":        "",
		"events":          []any{"email_sent"},
		"disabled":        false,
		"full_resolution": false,
		"with_content":    false,
	})
	return added.Body["id"].(int)
}

// webhookOf finds the webhook of the path. One of another workspace is answered like one that never was.
func (s *Service) webhookOf(r *web.Request) (*store.Object, error) {
	ws, err := s.workspaceOf(r)
	if err != nil {
		return nil, err
	}
	found := s.Store.Outside.Find(store.KindReportingWebhook, r.PathValue("id"))
	if found == nil || found.Hidden["workspace"] != ws {
		return nil, detailed(http.StatusNotFound, "not_found", "The webhook ID does not exist.", "")
	}
	return found, nil
}

func (s *Service) getWebhook(_ *web.Request, webhook *store.Object) (*web.Answer, error) {
	return web.OK(present(webhook))
}

func (s *Service) updateWebhook(r *web.Request, webhook *store.Object) (*web.Answer, error) {
	kept, err := keptOf(webhook)
	if err != nil {
		return nil, err
	}
	request, err := readWebhook(r, kept)
	if err != nil {
		return nil, err
	}
	request.applyTo(webhook.Body)
	return web.OK(present(webhook))
}
