package transport_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

type flow struct {
	ID    string   `json:"id"`
	Names []string `json:"names"`
}

func TestRequestAsSent(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(201, `{"id":"1"}`))
	config := config(service)
	config.BaseURL += "/data/"
	request := post("/flows/" + url.PathEscape("a/b"))
	request.Query = url.Values{"property": {"name==a b"}, "limit": {"2"}}
	request.Header = http.Header{"If-Match": {`"4c01"`}}
	var created flow
	err := transport.New(config).Do(t.Context(), request, &created)
	require.NoError(t, err)
	require.Equal(t, "1", created.ID)
	require.Equal(t, []string{"POST /data/flows/a%2Fb?limit=2&property=name%3D%3Da+b"}, service.Calls())
	sent := service.Requests()[0]
	require.Equal(t, `{"name":"Shop & Söhne <1>"}`, sent.Body, "webhook URLs and expressions hold &, < and >")
	require.Equal(t, "application/json", sent.Header.Get("Content-Type"))
	require.Equal(t, "application/json", sent.Header.Get("Accept"))
	require.Equal(t, `"4c01"`, sent.Header.Get("If-Match"))
	require.Equal(t, "terraform-provider-customerio/test", sent.Header.Get("User-Agent"))
}

func TestGetSendsNoBody(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `{}`))
	err := transport.New(config(service)).Do(t.Context(), get("/flows"), nil)
	require.NoError(t, err)
	require.Empty(t, service.Requests()[0].Body)
	require.Empty(t, service.Requests()[0].Header.Get("Content-Type"))
}

func TestTolerantDecoding(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer httpscript.Answer
		want   flow
	}{
		"unknown members":             {httpscript.JSON(200, `{"id":"1","labels":[],"new":{"x":1}}`), flow{ID: "1"}},
		"null list":                   {httpscript.JSON(200, `{"id":"1","names":null}`), flow{ID: "1"}},
		"JSON that calls itself text": {httpscript.Answer{Header: map[string]string{"Content-Type": "text/plain"}, Body: `{"id":"1"}`}, flow{ID: "1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got flow
			err := transport.New(config(httpscript.Serve(t, test.answer))).Do(t.Context(), get("/flows/1"), &got)
			require.NoError(t, err)
			require.Equal(t, test.want, got)
		})
	}
}

// Nothing where something was asked for is no object without anything in it.
func TestEmptyAnswerToARead(t *testing.T) {
	t.Parallel()
	for _, answer := range []httpscript.Answer{{Status: 200}, {Status: 204}, httpscript.JSON(200, "\n")} {
		var got flow
		err := transport.New(config(httpscript.Serve(t, answer))).Do(t.Context(), get("/flows/1"), &got)
		var unreadable *transport.UnreadableError
		require.ErrorAs(t, err, &unreadable)
		require.ErrorContains(t, err, "it is empty")
	}
}

func TestNoContentIsSuccess(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Status: http.StatusNoContent})
	err := transport.New(config(service)).Do(t.Context(), transport.Request{Method: http.MethodDelete, Path: "/flows/1"}, nil)
	require.NoError(t, err)
}

// A login page or a proxy's page comes with 200: it is no success.
func TestUnreadableSuccess(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer httpscript.Answer
		reason string
	}{
		"HTML":             {httpscript.Answer{Body: "<html>Sign in</html>"}, `it is not JSON but an HTML page, "Sign in"`},
		"cut-off JSON":     {httpscript.JSON(200, `{"id":"1"`), "it is not valid JSON"},
		"broken off":       {httpscript.CutOff(200, `{"id":"1","names":["a"]}`), "it broke off: the connection was closed"},
		"of another shape": {httpscript.JSON(200, `{"id":["1"]}`), "unexpected form"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := transport.New(config(httpscript.Serve(t, test.answer)))
			var unreadable *transport.UnreadableError

			err := client.Do(t.Context(), get("/flows/1"), &flow{})
			require.ErrorAs(t, err, &unreadable)
			require.Equal(t, 200, unreadable.Status)
			require.Contains(t, unreadable.Reason, test.reason)
			require.False(t, transport.IsAmbiguous(err))

			err = client.Do(t.Context(), post("/flows"), &flow{})
			require.True(t, transport.IsAmbiguous(err), "the object may have been created: %v", err)
			require.ErrorAs(t, err, &unreadable)
		})
	}
}

func TestTruncatedAnswerToGetIsReadAgain(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.CutOff(200, `{"id":"1","names":["a"]}`), httpscript.JSON(200, `{"id":"1"}`))
	config := config(service)
	config.MaxRetries = 1
	var got flow
	err := transport.New(config).Do(t.Context(), get("/flows/1"), &got)
	require.NoError(t, err)
	require.Equal(t, "1", got.ID)
	require.Len(t, service.Calls(), 2)
}

func TestTruncatedAnswerToPostIsNotRepeated(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.CutOff(201, `{"id":"1","names":["a"]}`))
	config := config(service)
	config.MaxRetries = 3
	err := transport.New(config).Do(t.Context(), post("/flows"), &flow{})
	require.True(t, transport.IsAmbiguous(err))
	require.Len(t, service.Calls(), 1)
}

func TestOversizedAnswerIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Handler: func(w http.ResponseWriter, _ *http.Request) {
		chunk := []byte(strings.Repeat(" ", 1<<20))
		for { // ends when the client hangs up
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}})
	config := config(service)
	config.MaxRetries = 3
	err := transport.New(config).Do(t.Context(), get("/flows"), nil)
	var unreadable *transport.UnreadableError
	require.ErrorAs(t, err, &unreadable)
	require.Contains(t, unreadable.Reason, "longer than 16 MiB")
	require.Len(t, service.Calls(), 1, "it would not be shorter the next time")
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := httpscript.Serve(t, httpscript.JSON(200, `{}`))
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, request := range []transport.Request{get("/v1/reporting_webhooks"), post("/v1/reporting_webhooks")} {
			service := httpscript.Serve(t, httpscript.Answer{Status: status, Header: map[string]string{"Location": elsewhere.URL + "/v1"}})
			config := config(service)
			config.MaxRetries = 3
			err := transport.New(config).Do(t.Context(), request, nil)
			var refused *transport.Error
			require.ErrorAs(t, err, &refused)
			require.Equal(t, status, refused.Status)
			require.Equal(t, elsewhere.URL+"/v1", refused.Location)
			require.Len(t, service.Calls(), 1)
		}
	}
	require.Empty(t, elsewhere.Calls(), "credentials must not go to another host")
}

// The client that is lent to other libraries follows the same rule.
func TestLentClientDoesNotFollowRedirects(t *testing.T) {
	t.Parallel()
	elsewhere := httpscript.Serve(t, httpscript.JSON(200, `{}`))
	service := httpscript.Serve(t, httpscript.Answer{Status: 307, Header: map[string]string{"Location": elsewhere.URL}})
	response, err := transport.NewHTTPClient(config(service)).PostForm(service.URL, url.Values{"client_secret": {"s"}})
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, 307, response.StatusCode)
	require.Empty(t, elsewhere.Calls())
}
