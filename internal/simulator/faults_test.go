package simulator

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const sourcesPath = flowServiceBase + "/sourceConnections"

func TestFaultAnswersInsteadOfTheService(t *testing.T) {
	s, client := newTestServer(t, Options{})
	s.AddFault(Fault{
		Name: "throttled", Method: "POST", Service: ServiceFlow, Path: "*/sourceConnections", Times: 2, After: 1,
		Do: FaultAnswer, Status: 429, Header: http.Header{"Retry-After": {"7"}}, Body: `{"error_code":"429050"}`,
	})
	var statuses []int
	for range 4 {
		status, header, _ := client.do("POST", sourcesPath, sourceBody())
		statuses = append(statuses, status)
		if status == 429 {
			require.Equal(t, "7", header.Get("Retry-After"))
		}
	}
	require.Equal(t, []int{201, 429, 429, 201}, statuses)
	require.Len(t, s.Objects(), 2, "the service did nothing for the refused calls")

	var named []string
	for _, call := range s.Calls() {
		named = append(named, call.FaultName)
	}
	require.Equal(t, []string{"", "", "throttled", "throttled", ""}, named, "the first call is the one for the token")
}

func TestConnectionClosedBeforeTheServiceActs(t *testing.T) {
	s, client := newTestServer(t, Options{})
	s.AddFault(Fault{Method: "POST", Path: sourcesPath, Do: FaultResetBefore})
	_, err := client.send("POST", sourcesPath, sourceBody())
	require.Error(t, err)
	require.Empty(t, s.Objects())
}

func TestConnectionClosedAfterTheServiceActed(t *testing.T) {
	s, client := newTestServer(t, Options{})
	s.AddFault(Fault{Method: "POST", Path: sourcesPath, Do: FaultResetAfter})
	_, err := client.send("POST", sourcesPath, sourceBody())
	require.Error(t, err)
	require.Len(t, s.Objects(), 1)

	s.ClearFaults()
	status, _, _ := client.do("POST", sourcesPath, sourceBody())
	require.Equal(t, 201, status)
}

func TestAnswerThatNeverComes(t *testing.T) {
	s, client := newTestServer(t, Options{})
	s.AddFault(Fault{Method: "POST", Path: sourcesPath, Do: FaultTimeoutAfter})
	ctx, giveUp := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer giveUp()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, client.url+sourcesPath, bodyReader(t, sourceBody()))
	require.NoError(t, err)
	request.Header = client.header
	_, err = http.DefaultTransport.RoundTrip(request)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Len(t, s.Objects(), 1, "the service acted")
}

func TestTruncatedAnswer(t *testing.T) {
	s, client := newTestServer(t, Options{})
	s.AddFault(Fault{Path: "^" + sourcesPath + "$", Do: FaultTruncate})
	status, _, raw := client.raw("POST", sourcesPath, sourceBody())
	require.Equal(t, 201, status)
	require.True(t, strings.HasPrefix(string(raw), "{"))
	require.NotContains(t, string(raw), "}")
	require.Len(t, s.Objects(), 1)
}

func TestDelayedAnswerIsComplete(t *testing.T) {
	s, client := newTestServer(t, Options{})
	s.AddFault(Fault{Do: FaultDelay, Delay: time.Millisecond})
	status, _, _ := client.do("POST", sourcesPath, sourceBody())
	require.Equal(t, 201, status)
}

func TestFaultsAreMatchedByMethodServiceAndPath(t *testing.T) {
	s, client := newTestServer(t, Options{})
	s.AddFault(Fault{Method: "DELETE", Do: FaultAnswer})
	s.AddFault(Fault{Service: ServiceCatalog, Do: FaultAnswer})
	s.AddFault(Fault{Path: "*/flows/*", Do: FaultAnswer})
	status, _, _ := client.do("GET", flowServiceBase+"/flows", nil)
	require.Equal(t, 200, status)
	status, _, _ = client.do("GET", flowServiceBase+"/flows/1", nil)
	require.Equal(t, 503, status)
	require.Panics(t, func() { s.AddFault(Fault{Path: "^("}) })
}

func TestControlPlane(t *testing.T) {
	s, client := newTestServer(t, Options{})
	status, _, _ := client.do("POST", sourcesPath, sourceBody())
	require.Equal(t, 201, status)

	_, _, raw := client.raw("GET", "/_simulator/objects", nil)
	require.Contains(t, string(raw), `"kind":"sourceConnection"`)
	_, _, raw = client.raw("GET", "/_simulator/calls", nil)
	require.Contains(t, string(raw), `"service":"flowservice"`)
	require.NotContains(t, string(raw), "_simulator", "calls of the control plane are not logged")
	status, _, _ = client.do("DELETE", "/_simulator/calls", nil)
	require.Equal(t, 204, status)
	require.Empty(t, s.Calls())

	status, _, _ = client.do("POST", "/_simulator/faults", `{"name":"down","path":"*/flows","do":"answer","status":503,"delay":"1ms"}`)
	require.Equal(t, 201, status)
	status, _, _ = client.do("GET", flowServiceBase+"/flows", nil)
	require.Equal(t, 503, status)
	status, _, _ = client.do("DELETE", "/_simulator/faults", nil)
	require.Equal(t, 204, status)
	status, _, _ = client.do("GET", flowServiceBase+"/flows", nil)
	require.Equal(t, 200, status)

	for _, kind := range faultKinds {
		status, _, _ = client.do("POST", "/_simulator/faults", map[string]any{"do": kind, "path": "*/flows", "delay": "1h"})
		require.Equal(t, 201, status)
	}
	status, _, _ = client.do("POST", "/_simulator/reset", nil)
	require.Equal(t, 204, status)
	require.Empty(t, s.Objects())
	status, _, _ = client.do("GET", flowServiceBase+"/flows", nil)
	require.Equal(t, 200, status, "tokens survive a reset")
}

func TestControlPlaneRefusesWhatItDoesNotUnderstand(t *testing.T) {
	_, client := newTestServer(t, Options{})
	for _, fault := range []string{`{"do":"explode"}`, `{"do":"answer","pth":"x"}`, `{"do":"delay","delay":"soon"}`,
		`{"do":"answer","path":"^("}`, `{"do":"edit","find":"("}`, `nonsense`} {
		status, _, body := client.do("POST", "/_simulator/faults", fault)
		require.Equal(t, 400, status, fault)
		require.NotEmpty(t, body["error"])
	}
}

func TestHangingCallsDoNotBlockOthers(t *testing.T) {
	s, client := newTestServer(t, Options{})
	s.AddFault(Fault{Path: sourcesPath, Do: FaultTimeoutAfter})
	ctx, giveUp := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, client.url+sourcesPath, nil)
	require.NoError(t, err)
	request.Header = client.header
	done := make(chan struct{})
	go func() {
		defer close(done)
		if response, err := http.DefaultTransport.RoundTrip(request); err == nil {
			_, _ = io.Copy(io.Discard, response.Body)
			_ = response.Body.Close()
		}
	}()
	status, _, _ := client.do("GET", flowServiceBase+"/flows", nil)
	require.Equal(t, 200, status)
	giveUp()
	<-done
}
