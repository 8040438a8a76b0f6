package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// provisioning is long enough for the waiting to be seen, and short against the six seconds of the real service.
const provisioning = time.Second

// services is the simulator of Adobe and Customer.io on a free loopback port: an empty sandbox, and an empty workspace.
type services struct {
	*simulator.Simulator
	inlet  *inlet
	server *http.Server
	url    string
}

func startServices(ctx context.Context) (*services, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("cannot listen on a loopback port: %w", err)
	}
	simulated := simulator.New(simulator.Options{Provisioning: provisioning})
	inlet := &inlet{next: simulated}
	started := &services{
		Simulator: simulated,
		inlet:     inlet,
		server:    &http.Server{Handler: inlet, ReadHeaderTimeout: 10 * time.Second},
		url:       "http://" + listener.Addr().String(),
	}
	// An error here ends the story by itself: the next call of the provider fails.
	go func() { _ = started.server.Serve(listener) }()
	return started, nil
}

// inlet keeps the last event that was sent to a streaming endpoint.
type inlet struct {
	next  http.Handler
	mutex sync.Mutex
	sent  []byte
}

func (i *inlet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/collection/") {
		// What cannot be read here cannot be read by the simulator either, which then answers.
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		i.mutex.Lock()
		i.sent = body
		i.mutex.Unlock()
	}
	i.next.ServeHTTP(w, r)
}

func (i *inlet) last() (sent map[string]any, err error) {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	err = json.Unmarshal(i.sent, &sent)
	return sent, err
}

// environment configures the provider to use the services.
func (s *services) environment() []variable {
	return []variable{
		{"ADOBE_PLATFORM_URL", s.url},
		{"ADOBE_IMS_URL", s.url},
		{"ADOBE_ORG_ID", simulator.DefaultOrgID},
		{"ADOBE_CLIENT_ID", simulator.DefaultClientID},
		{"ADOBE_CLIENT_SECRET", simulator.DefaultClientSecret},
		{"ADOBE_SANDBOX_NAME", simulator.DefaultSandbox},
		{"CUSTOMERIO_BASE_URL", s.url},
		{"CUSTOMERIO_APP_API_KEY", simulator.DefaultAppAPIKey},
	}
}

// requireNothing fails unless everything that Terraform made is gone.
func (s *services) requireNothing() error {
	if left := s.Objects(); len(left) > 0 {
		return fmt.Errorf("left behind in the services: %s", described(left))
	}
	return nil
}

func described(objects []simulator.Object) string {
	descriptions := make([]string, 0, len(objects))
	for _, object := range objects {
		descriptions = append(descriptions, fmt.Sprintf("%s %q (%s)", object.Kind, object.Name, object.ID))
	}
	return strings.Join(descriptions, ", ")
}
