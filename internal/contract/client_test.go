package contract_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// client calls Adobe's services by hand.
type client struct {
	t     *testing.T
	world *acctest.World
	token string
}

func newClient(t *testing.T, world *acctest.World) *client {
	t.Helper()
	form := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {simulator.DefaultClientID}, "client_secret": {simulator.DefaultClientSecret},
		"scope": {"openid,session,AdobeID,read_organizations,additional_info.projectedProductContext"},
	}
	answer, err := http.PostForm(world.URL+"/ims/token/v3", form)
	require.NoError(t, err)
	defer answer.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
	}
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&token))
	return &client{t: t, world: world, token: token.AccessToken}
}

func (c *client) get(path, accept string) string { return c.call(http.MethodGet, path, "", accept) }

// create returns the ID of the new object.
func (c *client) create(path, body string) string {
	c.t.Helper()
	var created struct {
		ID string `json:"id"`
	}
	require.NoError(c.t, json.Unmarshal([]byte(c.call(http.MethodPost, path, body, "")), &created))
	return created.ID
}

// registered returns the $id of a new resource of the Schema Registry.
func (c *client) registered(path, body string) string {
	c.t.Helper()
	var created struct {
		ID string `json:"$id"`
	}
	require.NoError(c.t, json.Unmarshal([]byte(c.call(http.MethodPost, path, body, "")), &created))
	return created.ID
}

func (c *client) call(method, path, body, accept string) string {
	c.t.Helper()
	status, text := c.send(method, path, body, http.Header{"Accept": {accept}})
	require.Less(c.t, status, 300, "%s %s: %s", method, path, text)
	return text
}

// refused makes a call that the service is to refuse. More headers replace the usual ones.
func (c *client) refused(status int, method, path, body string, more http.Header) {
	c.t.Helper()
	got, text := c.send(method, path, body, more)
	require.Equal(c.t, status, got, "%s %s: %s", method, path, text)
}

func (c *client) send(method, path, body string, more http.Header) (status int, text string) {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.world.URL+path, strings.NewReader(body))
	require.NoError(c.t, err)
	for name, value := range map[string]string{
		"Authorization": "Bearer " + c.token, "x-api-key": simulator.DefaultClientID, "x-gw-ims-org-id": simulator.DefaultOrgID,
		"x-sandbox-name": simulator.DefaultSandbox,
	} {
		request.Header.Set(name, value)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for name, values := range more {
		request.Header[http.CanonicalHeaderKey(name)] = values
	}
	answer, err := http.DefaultClient.Do(request)
	require.NoError(c.t, err)
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	require.NoError(c.t, err)
	return answer.StatusCode, string(read)
}
