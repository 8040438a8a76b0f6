package main

import (
	"context"
	"encoding/json"
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

func (s *stateStore) current() []byte {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.state
}

func (s *stateStore) replace(state []byte) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.state = state
}

// joinStates makes one state of several whose resources are the same, with other instances.
func joinStates(states [][]byte) ([]byte, error) {
	var joined map[string]any
	instances := map[string][]any{}
	for _, text := range states {
		var state map[string]any
		if err := json.Unmarshal(text, &state); err != nil {
			return nil, err
		}
		joined = state // what else is in it is the same in all
		for _, one := range resourcesOf(state) {
			key := fmt.Sprint(one["mode"], one["type"], one["name"])
			more, _ := one["instances"].([]any)
			instances[key] = append(instances[key], more...)
			one["instances"] = instances[key]
		}
	}
	return json.Marshal(joined)
}

func resourcesOf(state map[string]any) (all []map[string]any) {
	list, _ := state["resources"].([]any)
	for _, one := range list {
		if resource, is := one.(map[string]any); is {
			all = append(all, resource)
		}
	}
	return all
}
