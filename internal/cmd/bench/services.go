package main

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// accessToken is for providers that cannot ask for one.
const accessToken = "bench-access-token"

// services is the simulator on a free loopback port, with a schema and a dataset that all pipelines share.
type services struct {
	simulator           *simulator.Simulator
	server              *http.Server
	url                 string
	schemaID, datasetID string
	rate                int

	mutex   sync.Mutex
	traffic traffic
}

// traffic is what reached the services.
type traffic struct {
	// Calls are counted by route, and Refused by the status.
	Calls   map[string]int `json:"calls"`
	Refused map[string]int `json:"refused,omitempty"`
	// Connections are those that were opened.
	Connections int `json:"connections"`
}

func startServices(ctx context.Context, conditions Conditions) (*services, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("cannot listen on a loopback port: %w", err)
	}
	s := &services{url: "http://" + listener.Addr().String(), rate: conditions.RequestsPerSecond}
	s.simulator = simulator.New(simulator.Options{
		AccessToken: accessToken, Latency: conditions.Latency, Provisioning: conditions.Provisioning,
		RequestsPerSecond: conditions.RequestsPerSecond,
	})
	s.schemaID, s.datasetID = s.simulator.SeedDataset(simulator.DefaultSandbox, "Customer.io events")
	s.server = &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: 10 * time.Second, ConnState: s.connected}
	s.takeTraffic()
	// An error here ends the measurement by itself: the next call of the provider fails.
	go func() { _ = s.server.Serve(listener) }()
	return s, nil
}

// serve counts for itself, because the log of the simulator forgets old calls.
func (s *services) serve(w http.ResponseWriter, r *http.Request) {
	watched := &statusWriter{ResponseWriter: w, status: http.StatusOK}
	route := routeOf(r)
	s.simulator.ServeHTTP(watched, r)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.traffic.Calls[route]++
	if watched.status >= http.StatusBadRequest {
		s.traffic.Refused[strconv.Itoa(watched.status)]++
	}
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (s *services) connected(_ net.Conn, state http.ConnState) {
	if state != http.StateNew {
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.traffic.Connections++
}

// takeTraffic returns what reached the services since it was asked last.
func (s *services) takeTraffic() traffic {
	s.simulator.ResetCalls()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	taken := s.traffic
	taken.Calls, taken.Refused = maps.Clone(taken.Calls), maps.Clone(taken.Refused)
	s.traffic = traffic{Calls: map[string]int{}, Refused: map[string]int{}}
	return taken
}

// environment has the services' address and credentials, once as this provider reads them, and once as variables of any configuration.
func (s *services) environment() []string {
	rate := s.rate
	if rate < 0 {
		rate = 1000
	}
	perSecond := strconv.Itoa(rate)
	return []string{
		"ADOBE_PLATFORM_URL=" + s.url, "ADOBE_IMS_URL=" + s.url, "ADOBE_ORG_ID=" + simulator.DefaultOrgID,
		"ADOBE_CLIENT_ID=" + simulator.DefaultClientID, "ADOBE_CLIENT_SECRET=" + simulator.DefaultClientSecret,
		"ADOBE_SANDBOX_NAME=" + simulator.DefaultSandbox, "CUSTOMERIO_BASE_URL=" + s.url,
		"CUSTOMERIO_APP_API_KEY=" + simulator.DefaultAppAPIKey, "CUSTOMERIO_REQUESTS_PER_SECOND=" + perSecond,
		"TF_VAR_url=" + s.url, "TF_VAR_schema_id=" + s.schemaID, "TF_VAR_dataset_id=" + s.datasetID,
		"TF_VAR_org_id=" + simulator.DefaultOrgID, "TF_VAR_client_id=" + simulator.DefaultClientID,
		"TF_VAR_sandbox_name=" + simulator.DefaultSandbox, "TF_VAR_access_token=" + accessToken,
		"TF_VAR_app_api_key=" + simulator.DefaultAppAPIKey, "TF_VAR_requests_per_second=" + perSecond,
	}
}

// left is how many objects are there beside the schema, its field group and the dataset.
func (s *services) left() int { return len(s.simulator.Objects()) - 3 }
