package simulator

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// givesUp makes a call whose client leaves after a moment.
func (c *testClient) givesUp(method, path string, body any) {
	c.t.Helper()
	ctx, leave := context.WithTimeout(c.t.Context(), 20*time.Millisecond)
	defer leave()
	request, err := http.NewRequestWithContext(ctx, method, c.url+path, bodyReader(c.t, body))
	require.NoError(c.t, err)
	request.Header = c.header
	_, err = http.DefaultTransport.RoundTrip(request)
	require.ErrorIs(c.t, err, context.DeadlineExceeded)
}

func TestWorkGoesOnWithoutTheClient(t *testing.T) {
	for do, objects := range map[FaultKind]int{FaultWork: 1, FaultDelay: 0} {
		t.Run(string(do), func(t *testing.T) {
			s, client := newTestServer(t, Options{})
			s.AddFault(Fault{Method: "POST", Path: sourcesPath, Do: do, Delay: 100 * time.Millisecond})
			client.givesUp("POST", sourcesPath, sourceBody())
			require.Empty(t, s.Objects(), "it takes time")
			client.server.Close() // waits until all calls are done
			require.Len(t, s.Objects(), objects)
		})
	}
}

func TestWorkGoesOnAfterTheGatewayAnswered(t *testing.T) {
	s, client := newTestServer(t, Options{})
	s.AddFault(Fault{Method: "POST", Path: sourcesPath, Do: FaultWork, Status: 504, Delay: 100 * time.Millisecond})
	status, _, _ := client.do("POST", sourcesPath, sourceBody())
	require.Equal(t, 504, status)
	require.Empty(t, s.Objects(), "it takes time")
	require.Eventually(t, func() bool { return len(s.Objects()) == 1 }, time.Minute, time.Millisecond)
}

func TestAnswerAfterTheServiceActed(t *testing.T) {
	s, client := newTestServer(t, Options{})
	for _, status := range []int{401, 409, 429, 503} {
		s.Reset()
		s.AddFault(Fault{Method: "POST", Path: sourcesPath, Do: FaultAnswerAfter, Status: status, Body: `{"message":"no"}`, Header: http.Header{"Retry-After": {"1"}}})
		got, header, body := client.do("POST", sourcesPath, sourceBody())
		require.Equal(t, status, got)
		require.Equal(t, "1", header.Get("Retry-After"))
		require.Equal(t, map[string]any{"message": "no"}, body)
		require.Len(t, s.Objects(), 1)
	}
}

// TestLag plays what a client sees that makes, changes and deletes a webhook while reads and lists are a minute behind. Each can lag alone.
func TestLag(t *testing.T) {
	s, client := newTestServer(t, Options{RequestsPerSecond: -1})
	client, clock := client.with("Authorization", "Bearer "+DefaultAppAPIKey), newClock(s)
	s.AddFault(Fault{Path: "/v1/reporting_webhooks", Do: FaultLag, Delay: time.Minute})
	s.AddFault(Fault{Path: "/v1/reporting_webhooks/*", Do: FaultLag, Delay: 2 * time.Minute})
	see := func() (listed int, read string) {
		_, _, list := client.do("GET", "/v1/reporting_webhooks", nil)
		hooks, _ := list["reporting_webhooks"].([]any)
		status, _, hook := client.do("GET", "/v1/reporting_webhooks/1", nil)
		if status == 200 {
			read = hook["name"].(string)
		}
		return len(hooks), read
	}
	requireSeen := func(listed int, read string) {
		t.Helper()
		gotListed, gotRead := see()
		require.Equal(t, listed, gotListed)
		require.Equal(t, read, gotRead)
	}
	body := map[string]any{"name": "Old", "endpoint": "https://example.com", "events": []string{"email_sent"}}
	status, _, _ := client.do("POST", "/v1/reporting_webhooks", body)
	require.Equal(t, 200, status)
	requireSeen(0, "")
	clock.advance(time.Minute)
	requireSeen(1, "")
	clock.advance(time.Minute)
	requireSeen(1, "Old")
	body["name"] = "New"
	status, _, _ = client.do("PUT", "/v1/reporting_webhooks/1", body)
	require.Equal(t, 200, status)
	requireSeen(1, "Old")
	clock.advance(2 * time.Minute)
	requireSeen(1, "New")
	status, _, _ = client.do("DELETE", "/v1/reporting_webhooks/1", nil)
	require.Equal(t, 204, status)
	requireSeen(1, "New")
	clock.advance(time.Minute)
	requireSeen(0, "New")
	s.ClearFaults()
	requireSeen(0, "")
}

// TestForeignAnswer is what gateways and ingresses say who know nothing of a service.
func TestForeignAnswer(t *testing.T) {
	s, client := newTestServer(t, Options{})
	for contentType, body := range map[string]string{"text/plain": "404 page not found\n", "application/json": `{"message":"no Route matched"}`, "": ""} {
		header := http.Header{"X-Request-Id": nil}
		if contentType != "" {
			header.Set("Content-Type", contentType)
		}
		s.AddFault(Fault{Method: "GET", Path: sourcesPath, Do: FaultAnswer, Times: 1, Status: 404, Header: header, Body: body})
		status, got, raw := client.raw("GET", sourcesPath, nil)
		require.Equal(t, 404, status)
		require.Equal(t, contentType, got.Get("Content-Type"))
		require.Empty(t, got.Get("X-Request-Id"), "the service has not seen the call")
		require.Equal(t, body, string(raw))
	}
	status, _, _ := client.do("GET", sourcesPath, nil)
	require.Equal(t, 200, status)
}

func TestMixedUpAnswers(t *testing.T) {
	s, client := newTestServer(t, Options{})
	_, _, first := client.do("POST", sourcesPath, sourceBody())
	s.AddFault(Fault{Path: "*/sourceConnections*", Do: FaultMixUp, Method: "POST"})
	status, _, second := client.do("POST", sourcesPath, sourceBody())
	require.Equal(t, 201, status)
	require.Equal(t, first, second, "the receipt is that of the first")
	require.Len(t, s.Objects(), 2)

	s.AddFault(Fault{Path: sourcesPath + "/*", Do: FaultMixUp, Method: "GET"})
	read := func(object Object) string {
		status, _, raw := client.raw("GET", sourcesPath+"/"+object.ID, nil)
		require.Equal(t, 200, status)
		return string(raw)
	}
	objects := s.Objects()
	require.Contains(t, read(objects[0]), objects[0].ID, "there is no other answer yet")
	require.NoError(t, s.Update(objects[0].Kind, objects[0].ID, func(body map[string]any) { body["name"] = "New" }))
	require.Contains(t, read(objects[0]), "New", "an earlier answer to the same call is not another's")
	require.Contains(t, read(objects[1]), objects[0].ID)
}

func TestEditedAnswers(t *testing.T) {
	s, client := newTestServer(t, Options{})
	for _, id := range []string{`" "`, `"../x"`, `-7`, `"a\nb"`} {
		s.Reset()
		s.AddFault(Fault{Method: "POST", Path: sourcesPath, Do: FaultEdit, Find: `("id":)"[^"]*"`, Body: "${1}" + id})
		_, _, raw := client.raw("POST", sourcesPath, sourceBody())
		require.Contains(t, string(raw), `"id":`+id)
		require.Len(t, s.Objects(), 1)
	}
	require.Panics(t, func() { s.AddFault(Fault{Find: "("}) })
}

func TestOneObjectTwiceInAPage(t *testing.T) {
	s, client := newTestServer(t, Options{})
	for range 2 {
		status, _, _ := client.do("POST", sourcesPath, sourceBody())
		require.Equal(t, 201, status)
	}
	s.AddFault(Fault{Method: "GET", Path: sourcesPath, Do: FaultTwice})
	_, _, body := client.do("GET", sourcesPath, nil)
	items := body["items"].([]any)
	require.Len(t, items, 3)
	require.Equal(t, items[0], items[2])
}
