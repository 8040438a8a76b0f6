package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// backend makes Terraform keep the state at TF_HTTP_ADDRESS.
const backend = "terraform {\n  backend \"http\" {}\n}\n"

// stateStore keeps a state for Terraform, as teams do. In a local file, Terraform would write all of it again after every single object.
type stateStore struct {
	server *http.Server
	url    string

	mutex sync.Mutex
	state []byte
}

func startStateStore(ctx context.Context) (*stateStore, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("cannot listen on a loopback port: %w", err)
	}
	s := &stateStore{url: "http://" + listener.Addr().String()}
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	// An error here fails the next command of Terraform.
	go func() { _ = s.server.Serve(listener) }()
	return s, nil
}

func (s *stateStore) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	switch {
	case err != nil:
		w.WriteHeader(http.StatusBadRequest)
	case r.Method == http.MethodPost:
		s.state = body
	case r.Method == http.MethodGet && s.state != nil:
		_, _ = w.Write(s.state) // a Terraform that is gone needs none
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}
