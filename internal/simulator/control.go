package simulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// routesControl is the control plane: what tests and demonstrations do to the simulator over HTTP.
func (s *Simulator) routesControl(mux *http.ServeMux) {
	mux.HandleFunc("GET "+controlBase+"/objects", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, s.Objects())
	})
	mux.HandleFunc("GET "+controlBase+"/calls", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, append([]Call{}, s.Calls()...))
	})
	mux.HandleFunc("DELETE "+controlBase+"/calls", func(w http.ResponseWriter, _ *http.Request) {
		s.ResetCalls()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST "+controlBase+"/faults", s.postFault)
	mux.HandleFunc("DELETE "+controlBase+"/faults", func(w http.ResponseWriter, _ *http.Request) {
		s.ClearFaults()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST "+controlBase+"/events", s.postEvent)
	mux.HandleFunc("GET "+controlBase+"/rows/{dataset}", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusOK, append([]map[string]any{}, s.Rows(r.PathValue("dataset"))...))
	})
	mux.HandleFunc("POST "+controlBase+"/reset", func(w http.ResponseWriter, _ *http.Request) {
		s.Reset()
		w.WriteHeader(http.StatusNoContent)
	})
}

// Reset drops every object, every fault and the log of calls. Tokens stay valid.
func (s *Simulator) Reset() {
	s.mu.Lock()
	s.empty()
	s.mu.Unlock()
	s.ClearFaults()
	s.ResetCalls()
}

var faultKinds = []FaultKind{
	FaultAnswer, FaultResetBefore, FaultResetAfter, FaultTimeoutAfter, FaultTruncate, FaultDelay,
}

// postFault takes a Fault with its delay written like "250ms".
func (s *Simulator) postFault(w http.ResponseWriter, r *http.Request) {
	var request struct {
		Fault
		Delay string `json:"delay"`
	}
	if err := decodeStrictly(r, &request); err != nil {
		controlError(w, err.Error())
		return
	}
	if !slices.Contains(faultKinds, request.Do) {
		controlError(w, "do must be one of answer, reset_before, reset_after, timeout_after, truncate, delay")
		return
	}
	if request.Delay != "" {
		delay, err := time.ParseDuration(request.Delay)
		if err != nil {
			controlError(w, err.Error())
			return
		}
		request.Fault.Delay = delay
	}
	if err := s.faults.add(request.Fault); err != nil {
		controlError(w, err.Error())
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func (s *Simulator) postEvent(w http.ResponseWriter, r *http.Request) {
	var request struct {
		Event   string         `json:"event"`
		Payload map[string]any `json:"payload"`
	}
	if err := decodeStrictly(r, &request); err != nil {
		controlError(w, err.Error())
		return
	}
	deliveries, err := s.Emit(r.Context(), request.Event, request.Payload)
	if err != nil {
		controlError(w, err.Error())
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"deliveries": append([]Delivery{}, deliveries...)})
}

// decodeStrictly refuses members that are not known, so that a typing error does not pass for a setting.
func decodeStrictly(r *http.Request, into any) error {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

func controlError(w http.ResponseWriter, message string) {
	writeJSON(w, http.StatusBadRequest, map[string]any{"error": message})
}
