package simulator

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// typeWebhook is the type of every reporting webhook made over the API; JavaScript webhooks come from the UI alone.
const (
	typeWebhook = "webhook"
	typeJS      = "js"
)

// webhookRequest is a body of POST or PUT. What is absent is nil; unknown members are ignored, as the App API
// seems to do.
type webhookRequest struct {
	Name           *string   `json:"name"`
	Endpoint       *string   `json:"endpoint"`
	Events         *[]string `json:"events"`
	Disabled       *bool     `json:"disabled"`
	FullResolution *bool     `json:"full_resolution"`
	WithContent    *bool     `json:"with_content"`
}

// isPartial tells whether a PUT has none of the required members. Only the full object is documented, yet a public
// client enables its webhooks with {"disabled":false} alone.
func (request webhookRequest) isPartial() bool {
	return request.Name == nil && request.Endpoint == nil && request.Events == nil
}

func decodeWebhook(r *http.Request) (webhookRequest, *problem) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		var request webhookRequest
		if err = json.Unmarshal(body, &request); err == nil {
			return request, nil
		}
	}
	return webhookRequest{}, appAPIProblem(http.StatusBadRequest, "bad_request", "bad request: "+err.Error(), "")
}

// check refuses what the documented schema refuses. Documented: a malformed request is answered with 400. Which
// status an unknown event gets is documented nowhere; here it is one more malformed request.
func (request webhookRequest) check() *problem {
	switch {
	case request.Name == nil || strings.TrimSpace(*request.Name) == "":
		return invalidWebhook("name is required", "/name")
	case request.Endpoint == nil || !isWebURL(*request.Endpoint):
		return invalidWebhook("endpoint must be a URL", "/endpoint")
	case request.Events == nil || len(*request.Events) == 0:
		return invalidWebhook("events must have at least 1 item", "/events")
	}
	for i, event := range *request.Events {
		if !isEvent(event) {
			return invalidWebhook("event "+strconv.Quote(event)+" is not supported", "/events/"+strconv.Itoa(i))
		}
	}
	return nil
}

func invalidWebhook(detail, pointer string) *problem {
	return appAPIProblem(http.StatusBadRequest, "bad_request", detail, pointer)
}

// isWebURL accepts http too: documented as allowed, with https recommended.
func isWebURL(text string) bool {
	parsed, err := url.Parse(text)
	return err == nil && (parsed.Scheme == "http" || parsed.Scheme == "https") && parsed.Host != ""
}

// applyTo writes the request into a webhook. A full request that leaves a boolean out sets it to false: that is
// the documented default of full_resolution, and by all clients' experience that of the others.
func (request webhookRequest) applyTo(body map[string]any) {
	if !request.isPartial() {
		body["name"], body["endpoint"] = *request.Name, *request.Endpoint
		body["events"] = storedEvents(*request.Events)
	}
	for name, value := range map[string]*bool{
		"disabled":        request.Disabled,
		"full_resolution": request.FullResolution,
		"with_content":    request.WithContent,
	} {
		switch {
		case value != nil:
			body[name] = *value
		case !request.isPartial():
			body[name] = false
		}
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

// presentWebhook is a webhook as it is answered, with a member that no published description knows: Customer.io
// announces that there may be such at any time.
func presentWebhook(webhook *object) map[string]any {
	shown := cloneJSON(webhook.body)
	shown["labels"] = []any{}
	return shown
}

func (s *Simulator) webhooksOf(ws workspace) []*object {
	return slices.DeleteFunc(s.account.all(KindReportingWebhook), func(webhook *object) bool {
		return webhook.hidden["workspace"] != ws.id
	})
}

// listWebhooks answers null when there are none, as clients have learned to expect. There is no paging.
func (s *Simulator) listWebhooks(w http.ResponseWriter, _ *http.Request, ws workspace) {
	var listed []any
	for _, webhook := range s.webhooksOf(ws) {
		listed = append(listed, presentWebhook(webhook))
	}
	writeJSON(w, http.StatusOK, map[string]any{"reporting_webhooks": listed})
}

// createWebhook answers 200, not 201, and the webhook without any wrapping.
func (s *Simulator) createWebhook(w http.ResponseWriter, r *http.Request, ws workspace) {
	request, refusal := decodeWebhook(r)
	if refusal == nil {
		refusal = request.check()
	}
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	body := map[string]any{"type": typeWebhook}
	request.applyTo(body)
	writeJSON(w, http.StatusOK, presentWebhook(s.addWebhook(ws, body)))
}

func (s *Simulator) addWebhook(ws workspace, body map[string]any) *object {
	s.customerio.lastWebhookID++
	body["id"] = s.customerio.lastWebhookID
	added := s.account.add(KindReportingWebhook, strconv.Itoa(s.customerio.lastWebhookID), body, s.now())
	added.hidden = map[string]any{"workspace": ws.id}
	return added
}

// AddJSWebhook makes a JavaScript webhook, as a person can in the UI, in the workspace of the first key. Lists
// show it among the others. It returns the id.
func (s *Simulator) AddJSWebhook(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addWebhook(s.workspaces()[0], map[string]any{
		"type":            typeJS,
		"name":            name,
		"endpoint":        "",
		"events":          []any{"email_sent"},
		"disabled":        false,
		"full_resolution": false,
		"with_content":    false,
	})
	return s.customerio.lastWebhookID
}

// withWebhook finds the webhook of the path. One of another workspace is answered like one that never was.
func (s *Simulator) withWebhook(handler func(http.ResponseWriter, *http.Request, *object)) appAPIHandler {
	return func(w http.ResponseWriter, r *http.Request, ws workspace) {
		found := s.account.find(KindReportingWebhook, r.PathValue("id"))
		if found == nil || found.hidden["workspace"] != ws.id {
			writeProblem(w, appAPIProblem(http.StatusNotFound, "not_found", "The webhook ID does not exist.", ""))
			return
		}
		handler(w, r, found)
	}
}

func (s *Simulator) getWebhook(w http.ResponseWriter, _ *http.Request, webhook *object) {
	writeJSON(w, http.StatusOK, presentWebhook(webhook))
}

func (s *Simulator) updateWebhook(w http.ResponseWriter, r *http.Request, webhook *object) {
	request, refusal := decodeWebhook(r)
	if refusal == nil && !request.isPartial() {
		refusal = request.check()
	}
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	request.applyTo(webhook.body)
	writeJSON(w, http.StatusOK, presentWebhook(webhook))
}

// deleteWebhook answers 204 with no body, as Customer.io's own client documents.
func (s *Simulator) deleteWebhook(w http.ResponseWriter, _ *http.Request, webhook *object) {
	s.account.remove(webhook)
	w.WriteHeader(http.StatusNoContent)
}
