package flowservice_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// BenchmarkListOfFlows reads a page of 100 dataflows, as a plan does for each hundred pipelines.
func BenchmarkListOfFlows(b *testing.B) {
	var flows []string
	for i := range 100 {
		flows = append(flows, fmt.Sprintf(`{"id":"%08[1]x-0913-4ca1-bd84-6381134ca1f6","createdAt":1676629979503,"updatedAt":1676629979503,
			"createdBy":"user@AdobeID","updatedBy":"user@AdobeID","createdClient":"client","sandboxId":"d537df80-c5d7-11e9-aafb-87c71c35cac8",
			"sandboxName":"prod","imsOrgId":"org@AdobeOrg","name":"Dataflow %[1]d","description":"Customer.io events","state":"enabled",
			"version":"\"4c01c003-0000-0200-0000-63efb71b0000\"","etag":"\"4c01c003-0000-0200-0000-63efb71b0000\"",
			"flowSpec":{"id":"e77fde5a-22a8-11ed-861d-0242ac120002","version":"1.0"},
			"sourceConnectionIds":["%08[1]x-3ee5-4d4b-b5ad-a8e1f9e8b2a5"],"targetConnectionIds":["%08[1]x-1234-4d4b-b5ad-a8e1f9e8b2a5"],
			"options":{"inletUrl":"%[2]s","errorDiagnosticsEnabled":true},%[3]s,"runs":"/runs?property=flowId==%[1]d",
			"lastOperation":{"started":0,"updated":0,"operation":"enable"},"labels":[],"recordTypes":[{"type":"experienceevent","extensions":{}}]}`, i, inlet, mapped))
	}
	body := `{"items":[` + strings.Join(flows, ",") + `],"_links":{}}`
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}))
	defer service.Close()
	client := flowservice.New(transport.New(transport.Config{Service: flowservice.Service, BaseURL: service.URL, Timeout: 10 * time.Second}), objects.NewRegister())
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		listed, err := client.Flows.List(b.Context(), "")
		require.NoError(b, err)
		require.Len(b, listed, 100)
	}
}
