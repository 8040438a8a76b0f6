package simulator

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/google/uuid"
)

// inletState is what has come in.
type inletState struct {
	rows map[string][]map[string]any
}

// maxRecordBytes is the documented limit of a record.
const maxRecordBytes = 1 << 20

const flowIDHeader = "x-adobe-flow-id"

func (s *Simulator) routesInlet(mux *http.ServeMux) {
	mux.HandleFunc("POST "+inletBase+"/{inlet}", s.locked(s.collect))
}

// Rows returns the records that are stored in a dataset, oldest first.
func (s *Simulator) Rows(datasetID string) []map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := []map[string]any{}
	for _, row := range s.inlet.rows[datasetID] {
		rows = append(rows, cloneJSON(row))
	}
	return rows
}

// collect takes one event. It needs no credentials: Customer.io cannot send any. Documented: 200 says that the
// event was taken, not that it could be mapped.
func (s *Simulator) collect(w http.ResponseWriter, r *http.Request) {
	flow, refusal := s.flowOfDelivery(r)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	record, refusal := decodeRecord(r)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	s.ingest(flow, record)
	writeJSON(w, http.StatusOK, map[string]any{
		"inletId":        flow.inletID,
		"xactionId":      strconv.FormatInt(s.now().UnixMilli(), 10) + ":" + uuid.NewString(),
		"receivedTimeMs": s.now().UnixMilli(),
	})
}

// flowOfDelivery finds the flow that an event is meant for. Documented: the flow id is in the query or, where the
// sender can set one, in a header.
func (s *Simulator) flowOfDelivery(r *http.Request) (runningFlow, *problem) {
	inletID := r.PathValue("inlet")
	if _, known := s.flowByInlet(inletID); !known {
		return runningFlow{}, inletProblem(http.StatusNotFound, "The inlet ["+inletID+"] is not found")
	}
	flowID := r.URL.Query().Get(flowIDHeader)
	if flowID == "" {
		flowID = r.Header.Get(flowIDHeader)
	}
	if flowID == "" {
		return runningFlow{}, inletProblem(http.StatusBadRequest, flowIDHeader+" is missing")
	}
	flow, known := s.flowByID(flowID)
	if !known {
		return runningFlow{}, inletProblem(http.StatusNotFound, "The flow ["+flowID+"] is not found")
	}
	if flow.inletID != inletID {
		return runningFlow{}, inletProblem(http.StatusBadRequest, "The flow ["+flowID+"] is not one of the inlet ["+inletID+"]")
	}
	return flow, nil
}

func decodeRecord(r *http.Request) (map[string]any, *problem) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, inletProblem(http.StatusBadRequest, err.Error())
	}
	if len(body) > maxRecordBytes {
		message := fmt.Sprintf("The record has %d bytes, more than the allowed %d", len(body), maxRecordBytes)
		return nil, inletProblem(http.StatusRequestEntityTooLarge, message)
	}
	var record map[string]any
	if err := json.Unmarshal(body, &record); err != nil || record == nil {
		return nil, inletProblem(http.StatusBadRequest, "The record is not a JSON object")
	}
	return record, nil
}

// inletProblem has the form of the one documented refusal of the inlet, in which the status is a string.
func inletProblem(status int, message string) *problem {
	return &problem{status: status, body: func(string) any {
		return map[string]any{
			"type":   "https://ns.adobe.com/adobecloud/problem/data-collection-service-inlet",
			"status": strconv.Itoa(status),
			"title":  http.StatusText(status),
			"report": map[string]any{"message": message},
		}
	}}
}

// ingest maps a record and stores the row. A flow that does not run drops the record: whether the real inlet
// refuses, drops or keeps it is not documented, and a refusal would make Customer.io hold back all later events.
func (s *Simulator) ingest(flow runningFlow, record map[string]any) {
	if !isRunning(flow.state) {
		return
	}
	mapped, err := s.mapRecord(flow, record)
	if err != nil {
		s.recordRun(flow.id, 0, 1, err)
		return
	}
	if s.inlet.rows == nil {
		s.inlet.rows = map[string][]map[string]any{}
	}
	s.inlet.rows[flow.datasetID] = append(s.inlet.rows[flow.datasetID], mapped.row)
	s.recordRun(flow.id, 1, 0, mapped.failures()...)
}

// isRunning counts a flow that is being changed as running: an update of a mapping does not interrupt ingestion.
func isRunning(state string) bool {
	return state == stateEnabled || state == stateUpdating || state == stateDisabling
}

// mapRecord applies the mapping that the flow is pinned to. Documented: a row that is not valid XDM is not ingested,
// which here is one whose required field could not be mapped. Required fields that no mapping names are let pass:
// Adobe's own tutorial of this source leaves them out.
func (s *Simulator) mapRecord(flow runningFlow, record map[string]any) (transformation, error) {
	schemaID, _, known := s.datasetSchemaRef(flow.home, flow.datasetID)
	if !known {
		return transformation{}, fmt.Errorf("there is no dataset %s", flow.datasetID)
	}
	mappings, known := s.mappingSet(flow.home, flow.mappingID, flow.mappingVersion)
	if !known {
		return transformation{}, fmt.Errorf("there is no version %d of the mapping set %s", flow.mappingVersion, flow.mappingID)
	}
	done := transform(mappings, s.targetFields(flow.home, schemaID), record, s.now())
	required := s.requiredFields(flow.home, schemaID)
	for _, failed := range done.errors {
		if slices.Contains(required, any(failed.mapping.destination)) {
			return transformation{}, failed
		}
	}
	return done, nil
}
