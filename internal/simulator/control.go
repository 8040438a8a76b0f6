package simulator

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

const controlName = "control"

// controlPlane is what tests and demonstrations do to the simulator over HTTP.
func (s *Simulator) controlPlane() web.Service {
	do := func(act func()) web.Handler {
		return func(*web.Request) (*web.Answer, error) {
			act()
			return web.NoContent()
		}
	}
	return web.Service{
		Name: controlName, Base: "/_simulator",
		Refuse: func(status int, message string) *web.Problem {
			return web.Fixed(status, map[string]any{"error": message})
		},
		Calls: map[string]web.Handler{
			"GET /objects":        func(*web.Request) (*web.Answer, error) { return web.OK(s.Objects()) },
			"GET /calls":          func(*web.Request) (*web.Answer, error) { return web.OK(append([]Call{}, s.Calls()...)) },
			"DELETE /calls":       do(s.ResetCalls),
			"POST /faults":        s.postFault,
			"DELETE /faults":      do(s.ClearFaults),
			"POST /events":        s.postEvent,
			"GET /rows/{dataset}": func(r *web.Request) (*web.Answer, error) { return web.OK(s.Rows(r.PathValue("dataset"))) },
			"POST /seed/dataset":  s.postSeed,
			"POST /reset":         do(s.Reset),
		},
	}
}

var faultKinds = []FaultKind{
	FaultAnswer, FaultResetBefore, FaultResetAfter, FaultTimeoutAfter, FaultTruncate, FaultDelay, FaultWork, FaultAnswerAfter, FaultLag,
	FaultMixUp, FaultEdit, FaultTwice,
}

// postFault takes a Fault with its delay written like "250ms".
func (s *Simulator) postFault(r *web.Request) (*web.Answer, error) {
	var request struct {
		Fault
		Delay string `json:"delay"`
	}
	if err := decodeStrictly(r, &request); err != nil {
		return nil, err
	}
	if !slices.Contains(faultKinds, request.Do) {
		return nil, fmt.Errorf("do must be one of %s", faultKinds)
	}
	delay, err := time.ParseDuration(cmp.Or(request.Delay, "0"))
	if err != nil {
		return nil, err
	}
	request.Fault.Delay = delay
	if err := s.addFault(request.Fault); err != nil {
		return nil, err
	}
	return &web.Answer{Status: http.StatusCreated}, nil
}

func (s *Simulator) postEvent(r *web.Request) (*web.Answer, error) {
	var request struct {
		Event   string         `json:"event"`
		Payload map[string]any `json:"payload"`
	}
	if err := decodeStrictly(r, &request); err != nil {
		return nil, err
	}
	deliveries, err := s.Emit(r.Context(), request.Event, request.Payload)
	if err != nil {
		return nil, err
	}
	return web.OK(map[string]any{"deliveries": deliveries})
}

// postSeed is SeedDataset: POST ?sandbox=&name=.
func (s *Simulator) postSeed(r *web.Request) (*web.Answer, error) {
	asked := r.URL.Query()
	schemaID, datasetID, err := s.seed(cmp.Or(asked.Get("sandbox"), DefaultSandbox), cmp.Or(asked.Get("name"), "Customer.io events"))
	if err != nil {
		return nil, web.NotFound("%s", err)
	}
	return web.Created(map[string]any{"schema_id": schemaID, "dataset_id": datasetID})
}

// decodeStrictly refuses members that are not known, so that a typing error does not pass for a setting.
func decodeStrictly(r *web.Request, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(r.Content))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
