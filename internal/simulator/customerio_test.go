package simulator

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

const webhooksPath = "/v1/reporting_webhooks"

func aepWebhook() map[string]any {
	return map[string]any{
		"name":            "aep-source",
		"endpoint":        "https://dcs.adobedc.net/collection/febc?x-adobe-flow-id=439b3fc4-3042-4a3a-b5e0-a494898d3fb0",
		"events":          []any{"customer_subscribed", "email_sent", "email_opened"},
		"disabled":        true,
		"full_resolution": false,
		"with_content":    true,
	}
}

func TestWebhookLifecycle(t *testing.T) {
	account := newAccount(t, Options{})

	created := account.appAPI(http.MethodPost, webhooksPath, aepWebhook()).requireStatus(http.StatusOK).object()
	require.EqualValues(t, 1, created["id"])
	require.Equal(t, "webhook", created["type"])
	require.Equal(t, true, created["disabled"])

	read := account.appAPI(http.MethodGet, webhooksPath+"/1", nil).requireStatus(http.StatusOK).object()
	require.Equal(t, created, read)

	changed := aepWebhook()
	changed["name"] = "aep-source-2"
	changed["disabled"] = false
	updated := account.appAPI(http.MethodPut, webhooksPath+"/1", changed).requireStatus(http.StatusOK).object()
	require.Equal(t, "aep-source-2", updated["name"])
	require.Equal(t, false, updated["disabled"])

	listed := account.appAPI(http.MethodGet, webhooksPath, nil).requireStatus(http.StatusOK).object()
	require.Equal(t, []any{updated}, listed["reporting_webhooks"])

	gone := account.appAPI(http.MethodDelete, webhooksPath+"/1", nil).requireStatus(http.StatusNoContent)
	require.Empty(t, gone.text)
	account.appAPI(http.MethodGet, webhooksPath+"/1", nil).requireStatus(http.StatusNotFound)
	require.Empty(t, account.Objects())
}

func TestListWithoutWebhooksIsNull(t *testing.T) {
	account := newAccount(t, Options{})
	require.JSONEq(t, `{"reporting_webhooks":null}`, account.appAPI(http.MethodGet, webhooksPath, nil).text)
}

func TestWebhookAnswersAreNotWhatWasSent(t *testing.T) {
	account := newAccount(t, Options{})
	webhook := aepWebhook()
	webhook["events"] = []any{"email_sent", "email_opened", "email_sent"}
	created := account.appAPI(http.MethodPost, webhooksPath, webhook).object()
	require.Equal(t, []any{"email_sent", "email_opened"}, created["events"], "each once, in another order")
	require.Contains(t, created, "labels", "a member that no description knows")
}

func TestBooleansThatAreLeftOutAreFalse(t *testing.T) {
	account := newAccount(t, Options{})
	webhook := map[string]any{"name": "minimal", "endpoint": "http://example.com", "events": []any{"email_sent"}}
	created := account.appAPI(http.MethodPost, webhooksPath, webhook).requireStatus(http.StatusOK).object()
	for _, name := range []string{"disabled", "full_resolution", "with_content"} {
		require.Equal(t, false, created[name], name)
	}
}

// The vendor's Node client sends any subset of the members in a PUT.
func TestPutKeepsWhatItLeavesOut(t *testing.T) {
	for name, value := range map[string]any{
		"name": "aep-source-2", "endpoint": "https://example.com/other", "events": []any{"sms_sent"}, "disabled": false, "full_resolution": true,
		"with_content": false,
	} {
		t.Run(name, func(t *testing.T) {
			account := newAccount(t, Options{})
			want := account.appAPI(http.MethodPost, webhooksPath, aepWebhook()).requireStatus(http.StatusOK).object()
			want[name] = value
			updated := account.appAPI(http.MethodPut, webhooksPath+"/1", map[string]any{name: value}).requireStatus(http.StatusOK).object()
			require.ElementsMatch(t, want["events"], updated["events"], "in any order")
			delete(want, "events")
			delete(updated, "events")
			require.Equal(t, want, updated)
			require.Equal(t, value, document.Member(account.appAPI(http.MethodGet, webhooksPath+"/1", nil).object(), name))
		})
	}
}

func TestNamesOfWebhooksHaveAtMost190Characters(t *testing.T) {
	account := newAccount(t, Options{})
	webhook := aepWebhook()
	webhook["name"] = strings.Repeat("ü", 190)
	account.appAPI(http.MethodPost, webhooksPath, webhook).requireStatus(http.StatusOK)
	account.appAPI(http.MethodPut, webhooksPath+"/1", webhook).requireStatus(http.StatusOK)
}

func TestWebhookValidation(t *testing.T) {
	for name, test := range map[string]struct {
		change  func(map[string]any)
		pointer string
	}{
		"name is null":     {func(w map[string]any) { w["name"] = nil }, "/name"},
		"blank name":       {func(w map[string]any) { w["name"] = " " }, "/name"},
		"too long a name":  {func(w map[string]any) { w["name"] = strings.Repeat("ü", 191) }, "/name"},
		"endpoint is null": {func(w map[string]any) { w["endpoint"] = nil }, "/endpoint"},
		"relative URL":     {func(w map[string]any) { w["endpoint"] = "example.com/hook" }, "/endpoint"},
		"no events":        {func(w map[string]any) { w["events"] = []any{} }, "/events"},
		"events are null":  {func(w map[string]any) { w["events"] = nil }, "/events"},
		"an unknown event": {func(w map[string]any) { w["events"] = []any{"email_sent", "email_teleported"} }, "/events/1"},
	} {
		t.Run(name, func(t *testing.T) {
			account := newAccount(t, Options{})
			account.appAPI(http.MethodPost, webhooksPath, aepWebhook())
			webhook := aepWebhook()
			test.change(webhook)
			for method, path := range map[string]string{http.MethodPost: webhooksPath, http.MethodPut: webhooksPath + "/1"} {
				refused := account.appAPI(method, path, webhook).requireStatus(http.StatusBadRequest).object()
				entry := refused["errors"].([]any)[0].(map[string]any)
				require.Equal(t, "400", entry["status"], "a string")
				require.Equal(t, test.pointer, document.Member(entry, "source", "pointer"))
				require.Regexp(t, `\(reference [0-9a-f]{6}\)$`, entry["detail"])
			}
		})
	}
}

func TestNewWebhookNeedsNameEndpointAndEvents(t *testing.T) {
	account := newAccount(t, Options{})
	for _, name := range []string{"name", "endpoint", "events"} {
		webhook := aepWebhook()
		delete(webhook, name)
		refused := account.appAPI(http.MethodPost, webhooksPath, webhook).requireStatus(http.StatusBadRequest).object()
		require.Equal(t, "/"+name, document.Member(refused["errors"].([]any)[0].(map[string]any), "source", "pointer"))
	}
}

func TestWebhookBodyThatIsNotJSON(t *testing.T) {
	account := newAccount(t, Options{})
	account.appAPI(http.MethodPost, webhooksPath, `{"name":`).requireStatus(http.StatusBadRequest)
	account.appAPI(http.MethodPost, webhooksPath, `{"name":42}`).requireStatus(http.StatusBadRequest)
}

func TestUnknownKeyIsUnauthorized(t *testing.T) {
	account := newAccount(t, Options{})
	for _, authorization := range []string{"", "Bearer wrong", "Basic " + DefaultAppAPIKey} {
		refused := account.send(http.MethodGet, webhooksPath, headers{"Authorization": authorization}, nil)
		require.Equal(t, http.StatusUnauthorized, refused.status)
		entry := refused.object()["errors"].([]any)[0].(map[string]any)
		require.Equal(t, "invalid_credentials", entry["code"])
		require.Equal(t, "401", entry["status"])
	}
}

func TestKeyOfTheOtherRegionIsRedirected(t *testing.T) {
	eu := headers{"Authorization": "Bearer " + DefaultEUAppAPIKey}
	redirected := newAccount(t, Options{}).send(http.MethodGet, webhooksPath+"?x=1", eu, nil)
	require.Equal(t, http.StatusMovedPermanently, redirected.status)
	require.Equal(t, "https://api-eu.customer.io/v1/reporting_webhooks?x=1", redirected.header.Get("Location"))
	require.JSONEq(t, `{"errors":[{"detail":"wrong datacenter","status":"301"}]}`, redirected.text)

	require.Equal(t, http.StatusOK, newAccount(t, Options{Region: RegionEU}).send(http.MethodGet, webhooksPath, eu, nil).status)
}

func TestWebhooksOfAnotherWorkspaceAreNotThere(t *testing.T) {
	account := newAccount(t, Options{AppAPIKeys: []string{"key-one", "key-two"}})
	one, two := headers{"Authorization": "Bearer key-one"}, headers{"Authorization": "Bearer key-two"}
	account.send(http.MethodPost, webhooksPath, one, aepWebhook()).requireStatus(http.StatusOK)

	account.send(http.MethodGet, webhooksPath+"/1", one, nil).requireStatus(http.StatusOK)
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete} {
		refused := account.send(method, webhooksPath+"/1", two, aepWebhook()).requireStatus(http.StatusNotFound)
		require.Contains(t, refused.text, "The webhook ID does not exist.")
	}
	require.JSONEq(t, `{"reporting_webhooks":null}`, account.send(http.MethodGet, webhooksPath, two, nil).text)
}

func TestRateLimitIsPerWorkspaceAndSecond(t *testing.T) {
	account := newAccount(t, Options{RequestsPerSecond: 10, AppAPIKeys: []string{"key-one", "key-two"}})
	now := time.Date(2026, 9, 17, 12, 0, 0, 0, time.UTC)
	account.store.Do(func() { account.store.Clock = func() time.Time { return now } })
	one, two := headers{"Authorization": "Bearer key-one"}, headers{"Authorization": "Bearer key-two"}
	for range 10 {
		account.send(http.MethodGet, webhooksPath, one, nil).requireStatus(http.StatusOK)
	}

	limited := account.send(http.MethodGet, webhooksPath, one, nil).requireStatus(http.StatusTooManyRequests)
	require.Equal(t, "1", limited.header.Get("Retry-After"))
	require.Regexp(t, `"detail":"rate limited to 10 requests per 1s \(reference [0-9a-f]{6}\)"`, limited.text)
	account.send(http.MethodGet, webhooksPath, two, nil).requireStatus(http.StatusOK)

	now = now.Add(time.Second)
	account.send(http.MethodGet, webhooksPath, one, nil).requireStatus(http.StatusOK)
}

func TestJavaScriptWebhooksAreListed(t *testing.T) {
	account := newAccount(t, Options{})
	id := account.AddJSWebhook("made in the UI")
	listed := account.appAPI(http.MethodGet, webhooksPath, nil).object()["reporting_webhooks"].([]any)
	require.Len(t, listed, 1)
	require.Equal(t, "js", listed[0].(map[string]any)["type"])
	require.EqualValues(t, id, listed[0].(map[string]any)["id"])
}

func TestWorkspacesAndAddresses(t *testing.T) {
	account := newAccount(t, Options{AppAPIKeys: []string{"key-one", "key-two"}})
	listed := account.send(http.MethodGet, "/v1/workspaces", headers{"Authorization": "Bearer key-two"}, nil).object()
	require.Len(t, listed["workspaces"], 2, "all of the account, not only the key's own")

	addresses := account.send(http.MethodGet, "/v1/info/ip_addresses", nil, nil).requireStatus(http.StatusOK).object()
	require.Contains(t, addresses["ip_addresses"], "35.188.196.183", "documented to need no key")
}

func TestWebhookIsChangedBehindTheClientsBack(t *testing.T) {
	account := newAccount(t, Options{})
	account.appAPI(http.MethodPost, webhooksPath, aepWebhook())
	require.NoError(t, account.Update(KindReportingWebhook, "1", func(body map[string]any) {
		body["disabled"] = true
		body["events"] = []string{"email_sent", "line_sent"}
	}))
	read := account.appAPI(http.MethodGet, webhooksPath+"/1", nil).object()
	require.Equal(t, []any{"email_sent", "line_sent"}, read["events"])
	require.True(t, strings.HasPrefix(read["endpoint"].(string), "https://dcs.adobedc.net/"))
}
