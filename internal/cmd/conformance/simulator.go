package main

import (
	"net/http/httptest"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const (
	// provisioning is long enough for a dataflow to be seen before it has its inlet.
	provisioning = 500 * time.Millisecond
	// simulatedPace is the pause between two looks at services that answer at once.
	simulatedPace = 20 * time.Millisecond
)

// simulated is a simulator with TLS, and so with HTTP/2.
type simulated struct{ *httptest.Server }

func startSimulator() simulated {
	server := httptest.NewUnstartedServer(simulator.New(simulator.Options{Provisioning: provisioning}))
	server.EnableHTTP2 = true
	server.StartTLS()
	return simulated{server}
}

// getenv takes the place of the environment.
func (s simulated) getenv(name string) string {
	return map[string]string{
		"ADOBE_PLATFORM_URL": s.URL, "ADOBE_IMS_URL": s.URL, "CUSTOMERIO_BASE_URL": s.URL,
		"ADOBE_ORG_ID": simulator.DefaultOrgID, "ADOBE_CLIENT_ID": simulator.DefaultClientID, "ADOBE_CLIENT_SECRET": simulator.DefaultClientSecret,
		"ADOBE_SANDBOX_NAME": simulator.DefaultSandbox, "CUSTOMERIO_APP_API_KEY": simulator.DefaultAppAPIKey,
	}[name]
}
