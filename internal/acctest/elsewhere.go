package acctest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/clicked"
)

// Make creates an object without Terraform, by a POST as another client would send it, and returns its ID. SCHEMA_ID and
// DATASET_ID in the body stand for the world's.
func (w *World) Make(t *testing.T, path, body string) string {
	t.Helper()
	header := http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + simulator.DefaultAppAPIKey}}
	if strings.HasPrefix(path, "/data/") {
		header.Set("Authorization", "Bearer "+w.token(t))
		header.Set("x-api-key", simulator.DefaultClientID)
		header.Set("x-gw-ims-org-id", simulator.DefaultOrgID)
		header.Set("x-sandbox-name", simulator.DefaultSandbox)
	}
	body = w.fill(body)
	var made struct {
		ID any `json:"id"`
	}
	w.post(t, path, body, header, &made)
	require.NotEmpty(t, made.ID, path)
	return fmt.Sprint(made.ID)
}

// token is the access token of an Adobe client other than the provider. It is asked for once.
func (w *World) token(t *testing.T) string {
	t.Helper()
	if w.accessToken == "" {
		form := url.Values{
			"grant_type": {"client_credentials"}, "client_id": {simulator.DefaultClientID}, "client_secret": {simulator.DefaultClientSecret},
			"scope": {"openid,AdobeID,session,read_organizations,additional_info.projectedProductContext"},
		}
		var granted struct {
			AccessToken string `json:"access_token"`
		}
		w.post(t, "/ims/token/v3", form.Encode(), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, &granted)
		w.accessToken = granted.AccessToken
	}
	return w.accessToken
}

func (w *World) post(t *testing.T, path, body string, header http.Header, answer any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.URL+path, strings.NewReader(body))
	require.NoError(t, err)
	request.Header = header
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Less(t, response.StatusCode, 300, "%s: %s", path, text)
	require.NoError(t, json.Unmarshal(text, answer))
}

// MakeSourceConnection makes a source connection without Terraform.
func (w *World) MakeSourceConnection(t *testing.T, name string) string {
	t.Helper()
	return w.Make(t, "/data/foundation/flowservice/sourceConnections", fmt.Sprintf(`{"name":%q,"description":"made elsewhere",
		"connectionSpec":{"id":"96479064-7b8a-4d69-b9ed-21c5683837ea","version":"1.0"},"data":{"format":"json"}}`, name))
}

// MakeTargetConnection makes a target connection to the world's dataset without Terraform.
func (w *World) MakeTargetConnection(t *testing.T, name string) string {
	t.Helper()
	return w.Make(t, "/data/foundation/flowservice/targetConnections", fmt.Sprintf(`{"name":%q,
		"connectionSpec":{"id":"c604ff05-7f1a-43c0-8e18-33bf874cb11c","version":"1.0"},
		"data":{"format":"json","schema":{"id":"SCHEMA_ID","version":"application/vnd.adobe.xed-full+json;version=1"}},
		"params":{"dataSetId":"DATASET_ID"}}`, name))
}

// MakeMappingSet makes a mapping set into the world's schema without Terraform.
func (w *World) MakeMappingSet(t *testing.T, name string) string {
	t.Helper()
	return w.Make(t, "/data/foundation/conversion/mappingSets", fmt.Sprintf(`{"name":%q,
		"outputSchema":{"schemaRef":{"id":"SCHEMA_ID","contentType":"application/vnd.adobe.xed-full+json;version=1"}},
		"mappings":[{"sourceType":"ATTRIBUTE","source":"metric","destination":"_acme.metric"}]}`, name))
}

// MakeFlow makes a dataflow without Terraform.
func (w *World) MakeFlow(t *testing.T, name, sourceID, targetID, mappingSetID string) string {
	t.Helper()
	return w.Make(t, "/data/foundation/flowservice/flows", fmt.Sprintf(`{"name":%q,
		"flowSpec":{"id":"e77fde5a-22a8-11ed-861d-0242ac120002","version":"1.0"},"sourceConnectionIds":[%q],"targetConnectionIds":[%q],
		"transformations":[{"name":"Mapping","params":{"mappingId":%q,"mappingVersion":0}}]}`, name, sourceID, targetID, mappingSetID))
}

// Inlet is the streaming endpoint of a dataflow, once the dataflow is provisioned.
func (w *World) Inlet(t *testing.T, flowID string) string {
	t.Helper()
	var inlet string
	require.Eventually(t, func() bool {
		require.NoError(t, w.Update(simulator.KindFlow, flowID, func(body map[string]any) {
			options, _ := body["options"].(map[string]any)
			inlet, _ = options["inletUrl"].(string)
		}))
		return inlet != ""
	}, time.Minute, 10*time.Millisecond)
	return inlet
}

// MakeWebhook makes a reporting webhook without Terraform.
func (w *World) MakeWebhook(t *testing.T, name string) string {
	t.Helper()
	return w.Make(t, "/v1/reporting_webhooks", fmt.Sprintf(`{"name":%q,"endpoint":"https://example.com/hook","events":["email_sent"],
		"disabled":true,"full_resolution":true,"with_content":false}`, name))
}

// SeedSibling makes another dataset of a schema, which is there from the start, and returns its ID.
func (w *World) SeedSibling(t *testing.T, schemaID string) string {
	t.Helper()
	_, id := w.SeedDataset(simulator.DefaultSandbox, "Sibling")
	require.NoError(t, w.Update(simulator.KindDataSet, id, func(body map[string]any) {
		body["schemaRef"].(map[string]any)["id"] = schemaID
	}))
	return id
}

// MakeWebhookTo makes a reporting webhook to an endpoint without Terraform.
func (w *World) MakeWebhookTo(t *testing.T, name, endpoint string) string {
	t.Helper()
	return w.Make(t, "/v1/reporting_webhooks", fmt.Sprintf(`{"name":%q,"endpoint":%q,"events":["email_sent","sms_sent"],"disabled":true,
		"full_resolution":true,"with_content":false}`, name, endpoint))
}

// MakePipelines makes pipelines as people click them together, with all that lies around them, by the public calls of another client than the
// provider.
func (w *World) MakePipelines(t testing.TB, number int) *clicked.Made {
	t.Helper()
	made, err := clicked.Fill(t.Context(), http.DefaultClient, clicked.Account{
		URL: w.URL, OrgID: simulator.DefaultOrgID, ClientID: simulator.DefaultClientID, ClientSecret: simulator.DefaultClientSecret,
		Sandbox: simulator.DefaultSandbox, AppAPIKey: simulator.DefaultAppAPIKey,
	}, number)
	require.NoError(t, err)
	return made
}
