package transport_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// keys are credentials that yield one key after the other, as long as there are some.
type keys struct {
	mutex sync.Mutex
	left  []string
	err   error
}

func (k *keys) Apply(_ context.Context, request *http.Request) error {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	request.Header.Set("Authorization", k.left[0])
	return k.err
}

func (k *keys) Renew(refused *http.Request) bool {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if refused.Header.Get("Authorization") != k.left[0] || refused.Context().Err() != nil {
		panic("asked to renew other credentials than the refused ones, or when it is too late")
	}
	if len(k.left) == 1 {
		return false
	}
	k.left = k.left[1:]
	return true
}

func usedKeys(service *httpscript.Service) []string {
	var used []string
	for _, request := range service.Requests() {
		used = append(used, request.Header.Get("Authorization"))
	}
	return used
}

func withKeys(service *httpscript.Service, left ...string) *transport.Client {
	config := config(service)
	config.MaxRetries = 3
	config.Credentials = &keys{left: left}
	return transport.New(config)
}

const expired = `{"error_code":"401013","message":"Oauth token is not valid"}`

func TestExpiredTokenIsRenewedOnceAndTheCallRepeated(t *testing.T) {
	t.Parallel()
	for _, request := range []transport.Request{get("/flows/1"), put} {
		service := httpscript.Serve(t, httpscript.JSON(401, expired), httpscript.JSON(200, `{"id":"1"}`))
		err := withKeys(service, "old", "new").Do(t.Context(), request, nil)
		require.NoError(t, err)
		require.Equal(t, []string{"old", "new"}, usedKeys(service))
		require.Equal(t, service.Requests()[0].Body, service.Requests()[1].Body)
	}
}

func TestSecondRefusalIsFinal(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(401, expired))
	err := withKeys(service, "old", "new", "newer").Do(t.Context(), get("/flows"), nil)
	require.True(t, transport.HasCode(err, "401013"), "%v", err)
	require.False(t, transport.IsAmbiguous(err))
	require.Equal(t, []string{"old", "new"}, usedKeys(service))
}

func TestCredentialsThatCannotBeRenewedAreFinal(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(401, expired))
	err := withKeys(service, "only").Do(t.Context(), get("/flows"), nil)
	require.True(t, transport.HasStatus(err, http.StatusUnauthorized), "%v", err)
	require.Equal(t, []string{"only"}, usedKeys(service))
}

// 403 is a lack of permission, which another token does not mend.
func TestForbiddenRenewsNothing(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(403, `{"error_code":"403025","message":"Profile is not valid"}`))
	err := withKeys(service, "old", "new").Do(t.Context(), get("/flows"), nil)
	require.True(t, transport.HasCode(err, "403025"), "%v", err)
	require.Equal(t, []string{"old"}, usedKeys(service))
}

// A call whose credentials cannot be had was never sent, and the reason is not asked for again.
func TestCallWithoutCredentialsIsNotSent(t *testing.T) {
	t.Parallel()
	for name, cause := range map[string]error{
		"refused": &transport.Error{Call: transport.Call{Service: "Adobe IMS", Method: "POST", Path: "/ims/token/v3"}, Status: 400, Code: "invalid_client"},
		"broken":  errors.New("connection reset by peer"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, httpscript.JSON(200, `{}`))
			config := config(service)
			config.MaxRetries = 3
			config.Credentials = &keys{left: []string{"none"}, err: cause}
			err := transport.New(config).Do(t.Context(), post("/flows"), nil)
			require.ErrorContains(t, err, cause.Error())
			require.False(t, transport.IsAmbiguous(err))
			require.Empty(t, service.Calls())
		})
	}
}
