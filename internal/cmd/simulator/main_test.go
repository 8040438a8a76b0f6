package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// lockedBuffer is written by the program while the test reads it.
type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(data []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(data)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func TestServesUntilItIsStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var out, logged lockedBuffer
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"-listen", "127.0.0.1:0", "-log", "-client-id", "someone", "-sandboxes", "alpha,beta"}, &out, &logged)
	}()
	require.Eventually(t, func() bool { return strings.Contains(out.String(), "CUSTOMERIO_APP_API_KEY") },
		10*time.Second, time.Millisecond)

	variables := map[string]string{}
	for line := range strings.Lines(out.String()) {
		if assignment, isExport := strings.CutPrefix(strings.TrimSpace(line), "export "); isExport {
			name, value, _ := strings.Cut(assignment, "=")
			variables[name] = strings.Trim(value, "'")
		}
	}
	require.Equal(t, "someone", variables["ADOBE_CLIENT_ID"])
	require.Equal(t, "alpha", variables["ADOBE_SANDBOX_NAME"])
	require.Equal(t, simulator.DefaultOrgID, variables["ADOBE_ORG_ID"])
	require.Equal(t, simulator.DefaultAppAPIKey, variables["CUSTOMERIO_APP_API_KEY"])
	require.Equal(t, variables["ADOBE_PLATFORM_URL"], variables["ADOBE_IMS_URL"])

	request, err := http.NewRequestWithContext(ctx, http.MethodGet, variables["ADOBE_PLATFORM_URL"]+"/_simulator/objects", nil)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode)
	_, err = io.Copy(io.Discard, response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())

	stop()
	require.NoError(t, <-done)
	require.Contains(t, logged.String(), "GET /_simulator/objects -> 200")
}

// Pipelines that are to be there from the start are there when the address is printed, and the log of calls is empty.
func TestPipelinesFromTheStart(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var out, logged lockedBuffer
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"-listen", "127.0.0.1:0", "-log", "-pipelines", "2", "-sandboxes", "alpha", "-provisioning", "-1ns"}, &out, &logged)
	}()
	require.Eventually(t, func() bool { return strings.Contains(out.String(), "CUSTOMERIO_APP_API_KEY") }, 10*time.Second, time.Millisecond)
	require.Contains(t, out.String(), "Made by hand in the sandbox alpha:\n    5 field groups\n")
	require.Contains(t, out.String(), "objects: 2 pipelines, and what lies around them\n")
	_, address, _ := strings.Cut(out.String(), "listens on ")
	address, _, _ = strings.Cut(address, "\n")
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/_simulator/calls", nil)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	calls, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.JSONEq(t, "[]", string(calls))
	require.NotContains(t, logged.String(), "POST")
	stop()
	require.NoError(t, <-done)
}

func TestRefusedArguments(t *testing.T) {
	for name, test := range map[string]struct {
		arguments []string
		message   string
	}{
		"all interfaces":    {[]string{"-listen", "0.0.0.0:0"}, "loopback only"},
		"no host":           {[]string{"-listen", ":0"}, "loopback only"},
		"another host":      {[]string{"-listen", "example.com:80"}, "loopback only"},
		"no port":           {[]string{"-listen", "127.0.0.1"}, "host:port"},
		"negative number":   {[]string{"-listen", "127.0.0.1:0", "-pipelines", "-3"}, "at least 1, got -3"},
		"unknown region":    {[]string{"-region", "mars"}, "must be us or eu"},
		"stray argument":    {[]string{"start"}, "unexpected argument"},
		"unknown flag":      {[]string{"-nothing"}, "not defined"},
		"malformed waiting": {[]string{"-provisioning", "soon"}, "invalid value"},
		"malformed latency": {[]string{"-latency", "long"}, "invalid value"},
	} {
		t.Run(name, func(t *testing.T) {
			require.ErrorContains(t, run(t.Context(), test.arguments, io.Discard, io.Discard), test.message)
		})
	}
}
