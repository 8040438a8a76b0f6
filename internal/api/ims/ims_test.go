package ims_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

func token(value string, seconds int) httpscript.Answer {
	return httpscript.JSON(200, fmt.Sprintf(`{"access_token":%q,"token_type":"bearer","expires_in":%d}`, value, seconds))
}

var redactor = &transport.Redactor{}

func source(service *httpscript.Service) *ims.TokenSource {
	return ims.NewTokenSource(
		ims.Config{URL: service.URL + "/", ClientID: "6f1d0b7c", ClientSecret: "p8e-s&cret", Scopes: ims.DefaultScopes()},
		transport.Config{Service: ims.Service, Timeout: 10 * time.Second, MaxRetries: 2, Redactor: redactor},
	)
}

func TestTokenRequest(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, token("eyJhbGciOi", 86399))
	got, err := source(service).Token(t.Context())
	require.NoError(t, err)
	require.Equal(t, "eyJhbGciOi", got.Value)

	require.Equal(t, []string{"POST /ims/token/v3"}, service.Calls(), "secrets stand in the form, not in the URL")
	sent := service.Requests()[0]
	require.Equal(t, "application/x-www-form-urlencoded", sent.Header.Get("Content-Type"))
	require.Empty(t, sent.Header.Get("Authorization"))
	form, err := url.ParseQuery(sent.Body)
	require.NoError(t, err)
	require.Equal(t, url.Values{
		"grant_type": {"client_credentials"}, "client_id": {"6f1d0b7c"}, "client_secret": {"p8e-s&cret"},
		"scope": {"openid,session,AdobeID,read_organizations,additional_info.projectedProductContext"},
	}, form)
	require.Equal(t, "Bearer ***", redactor.String("Bearer eyJhbGciOi"))
}

func TestTokenIsSharedUntilShortlyBeforeItsEnd(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ seconds, requests int }{
		"a day":                     {86399, 1},
		"six minutes":               {360, 1},
		"less than five minutes":    {299, 3},
		"a day, in milliseconds":    {86399992, 1},
		"one second":                {1, 3},
		"a time that is not told":   {0, 1},
		"more than the early limit": {301, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, token("t", test.seconds))
			source := source(service)
			for range 3 {
				_, err := source.Token(t.Context())
				require.NoError(t, err)
			}
			require.Len(t, service.Calls(), test.requests)
		})
	}
}

func TestRefusedCredentials(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{
		Status: 400, Header: map[string]string{"Content-Type": "application/json", "X-Debug-Id": "d-4"},
		Body: `{"error":"invalid_client","error_description":"invalid client_secret parameter"}`,
	})
	_, err := source(service).Token(t.Context())
	var refused *transport.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, transport.Error{
		Call: transport.Call{Service: "Adobe IMS", Method: "POST", Path: "/ims/token/v3"}, Status: 400, Code: "invalid_client",
		Message: "invalid client_secret parameter", RequestID: "d-4",
	}, *refused)
	require.Len(t, service.Calls(), 1)
}

// Asking for a token changes nothing, so it is retried like a read.
func TestTokenRequestIsRetried(t *testing.T) {
	t.Parallel()
	for _, status := range []int{429, 500, 503} {
		service := httpscript.Serve(t, httpscript.AtOnce(status, ""), httpscript.AtOnce(status, ""), token("t", 86399))
		_, err := source(service).Token(t.Context())
		require.NoError(t, err)
		require.Len(t, service.Calls(), 3)
	}
}

func TestAnswerWithoutToken(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]httpscript.Answer{
		"other members": httpscript.JSON(200, `{"token_type":"bearer"}`),
		"an error":      httpscript.JSON(200, `{"error":"invalid_scope"}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := source(httpscript.Serve(t, answer)).Token(t.Context())
			var unreadable *transport.UnreadableError
			require.ErrorAs(t, err, &unreadable)
			require.ErrorContains(t, err, "the answer of Adobe IMS to POST /ims/token/v3 (status 200) cannot be used: ")
		})
	}
}

// Something on the way answers with nothing, perhaps only for once.
func TestEmptyAnswer(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Status: 200}, token("eyJhbGciOi", 86399))
	_, err := source(service).Token(t.Context())
	require.NoError(t, err)
	require.Len(t, service.Calls(), 2)

	service = httpscript.Serve(t, httpscript.Answer{Status: 200})
	_, err = source(service).Token(t.Context())
	require.ErrorContains(t, err, "cannot be used: it is empty")
	require.Len(t, service.Calls(), 3)
}

func TestUnreachableIMS(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Reset())
	source := ims.NewTokenSource(ims.Config{URL: service.URL}, transport.Config{Service: ims.Service, Timeout: time.Minute})
	_, err := source.Token(t.Context())
	var unanswered *transport.UnansweredError
	require.ErrorAs(t, err, &unanswered)
	require.Contains(t, err.Error(), "Adobe IMS did not answer POST /ims/token/v3: ")
	require.NotContains(t, err.Error(), service.URL)
}

func TestOneTokenRequestForManyCallers(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, token("t", 86399))
	source := source(service)
	var callers sync.WaitGroup
	for range 50 {
		callers.Go(func() {
			if got, err := source.Token(t.Context()); err != nil || got.Value != "t" {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	callers.Wait()
	require.Len(t, service.Calls(), 1)
}

// Fifty calls that are refused with the same token ask for one new one, not fifty.
func TestOneRenewalForManyRefusals(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, token("old", 86399), token("new", 86399))
	source := source(service)
	_, err := source.Token(t.Context())
	require.NoError(t, err)
	var callers sync.WaitGroup
	for range 50 {
		callers.Go(func() {
			if !source.Discard(t.Context(), "old") {
				t.Error("there is another token to be had")
			}
			if got, err := source.Token(t.Context()); err != nil || got.Value != "new" {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	callers.Wait()
	require.Len(t, service.Calls(), 2)
}

func TestCancelledCallerDoesNotBreakTheOthers(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{})
	service := httpscript.Serve(t, httpscript.Answer{Handler: func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
	}}, token("t", 86399))
	source := source(service)
	ctx, cancel := context.WithCancel(t.Context())
	var callers sync.WaitGroup
	callers.Go(func() {
		if _, err := source.Token(ctx); err == nil {
			t.Error("the cancelled caller got a token")
		}
	})
	<-asked
	for range 10 {
		callers.Go(func() {
			if got, err := source.Token(t.Context()); err != nil || got.Value != "t" {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	cancel()
	callers.Wait()
	require.Len(t, service.Calls(), 2)
}

func TestWaitingCallerHeedsItsContext(t *testing.T) {
	t.Parallel()
	asked, answer := make(chan struct{}), make(chan struct{})
	service := httpscript.Serve(t, httpscript.Answer{Handler: func(w http.ResponseWriter, _ *http.Request) {
		close(asked)
		<-answer
		w.WriteHeader(http.StatusBadRequest)
	}})
	source := source(service)
	var first sync.WaitGroup
	first.Go(func() { _, _ = source.Token(t.Context()) })
	<-asked
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := source.Token(ctx)
	require.ErrorIs(t, err, context.Canceled)
	require.False(t, source.Discard(ctx, "t"))
	close(answer)
	first.Wait()
}

// The headers that each call of Experience Platform needs; x-sandbox-id is refused for user tokens.
func TestCredentials(t *testing.T) {
	t.Parallel()
	credentials := &ims.Credentials{
		Tokens: ims.StaticToken("eyJ"), ClientID: "6f1d0b7c", OrgID: "0A1B@AdobeOrg", SandboxName: "dev",
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://platform.adobe.io/", nil)
	require.NoError(t, err)
	require.NoError(t, credentials.Apply(t.Context(), request))
	require.Equal(t, http.Header{
		"Authorization": {"Bearer eyJ"}, "X-Api-Key": {"6f1d0b7c"}, "X-Gw-Ims-Org-Id": {"0A1B@AdobeOrg"}, "X-Sandbox-Name": {"dev"},
	}, request.Header)
	require.False(t, credentials.Renew(request), "there is no other token than the one the user brought")
}

func TestCredentialsRenewTheRefusedToken(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, token("old", 86399), token("new", 86399))
	credentials := &ims.Credentials{Tokens: source(service)}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://platform.adobe.io/", nil)
	require.NoError(t, err)
	require.NoError(t, credentials.Apply(t.Context(), request))
	require.True(t, credentials.Renew(request))
	require.NoError(t, credentials.Apply(t.Context(), request))
	require.Equal(t, "Bearer new", request.Header.Get("Authorization"))
}
