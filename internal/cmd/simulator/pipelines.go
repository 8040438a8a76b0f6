package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/clicked"
)

// fill makes the pipelines that are to be there from the start, and says what there is. The log of calls begins after it.
func fill(ctx context.Context, services *simulator.Simulator, address string, chosen settings, out io.Writer) error {
	if chosen.pipelines == 0 {
		return nil
	}
	options := chosen.options
	made, err := clicked.Fill(ctx, &http.Client{Transport: within{services}}, clicked.Account{
		URL: address, OrgID: options.OrgID, ClientID: options.ClientID, ClientSecret: options.ClientSecret,
		Sandbox: announcedSandbox(options.Sandboxes), AppAPIKey: announcedKey(options),
	}, chosen.pipelines)
	if err != nil {
		return err
	}
	services.ResetCalls()
	_, _ = fmt.Fprintf(out, "Made by hand in the sandbox %s:\n", announcedSandbox(options.Sandboxes))
	made.Report(out)
	_, _ = fmt.Fprintln(out)
	return nil
}

// within calls a handler that does not serve yet.
type within struct{ handler http.Handler }

// RoundTrip is that of [http.RoundTripper].
func (w within) RoundTrip(request *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, request)
	return recorder.Result(), nil
}
