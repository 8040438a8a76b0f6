// Package inlet is the streaming endpoint of Experience Platform: it takes events and lets them become rows.
package inlet

import (
	"cmp"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// Base is the path of all inlets.
const Base = "/collection"

const (
	// maxRecordBytes is the documented limit of a record.
	maxRecordBytes = 1 << 20

	flowIDHeader = "x-adobe-flow-id"
)

// Service leads events to dataflows.
type Service struct {
	Store *store.Store
	// Open tells the inlet of a dataflow, and whether the dataflow runs.
	Open func(flow *store.Object) (inlet store.Inlet, running bool)
	// Map makes a row of a record. Failures are attributes that are missing in the row.
	Map func(sb *store.Sandbox, inlet store.Inlet, record map[string]any) (row map[string]any, failures []error, err error)
}

// Web is the service on the web. It needs no credentials: Customer.io cannot send any.
func (s *Service) Web() web.Service {
	return web.Service{
		Name: "inlet", Base: Base, Adobe: true, Refuse: web.Placeholder,
		Calls: map[string]web.Handler{"POST /{inlet}": s.collect},
	}
}

// problem has the form of the one documented refusal of the inlet, in which the status is a string.
func problem(status int, message string) error {
	return web.Fixed(status, map[string]any{
		"type":   "https://ns.adobe.com/adobecloud/problem/data-collection-service-inlet",
		"status": strconv.Itoa(status),
		"title":  http.StatusText(status),
		"report": map[string]any{"message": message},
	})
}

// collect takes one event. Documented: 200 says that the event was taken, not that it could be mapped.
func (s *Service) collect(r *web.Request) (*web.Answer, error) {
	flow, err := s.flowOf(r)
	if err != nil {
		return nil, err
	}
	if len(r.Content) > maxRecordBytes {
		return nil, problem(http.StatusRequestEntityTooLarge, "The record has "+strconv.Itoa(len(r.Content))+
			" bytes, more than the allowed "+strconv.Itoa(maxRecordBytes))
	}
	record, err := document.DecodeExact(r.Content)
	if err != nil || record == nil {
		return nil, problem(http.StatusBadRequest, "The record is not a JSON object")
	}
	s.ingest(flow, record)
	received := s.Store.Now().UnixMilli()
	return web.OK(map[string]any{
		"inletId":        r.PathValue("inlet"),
		"xactionId":      strconv.FormatInt(received, 10) + ":" + uuid.NewString(),
		"receivedTimeMs": received,
	})
}

// flowOf finds the dataflow that an event is meant for. Documented: its ID is in the query or, where the sender can
// set one, in a header.
func (s *Service) flowOf(r *web.Request) (*store.Object, error) {
	inletID := r.PathValue("inlet")
	if s.find(func(flow *store.Object) bool { return s.inletOf(flow) == inletID }) == nil {
		return nil, problem(http.StatusNotFound, "The inlet ["+inletID+"] is not found")
	}
	flowID := cmp.Or(r.URL.Query().Get(flowIDHeader), r.Header.Get(flowIDHeader))
	if flowID == "" {
		return nil, problem(http.StatusBadRequest, flowIDHeader+" is missing")
	}
	flow := s.find(func(flow *store.Object) bool { return flow.ID == flowID })
	switch {
	case flow == nil:
		return nil, problem(http.StatusNotFound, "The flow ["+flowID+"] is not found")
	case s.inletOf(flow) != inletID:
		return nil, problem(http.StatusBadRequest, "The flow ["+flowID+"] is not one of the inlet ["+inletID+"]")
	}
	return flow, nil
}

// find looks for a dataflow in all sandboxes: the inlet is not told which.
func (s *Service) find(matches func(*store.Object) bool) *store.Object {
	for _, sb := range s.Store.Everywhere() {
		if found := sb.FindFunc(store.KindFlow, matches); found != nil {
			return found
		}
	}
	return nil
}

func (s *Service) inletOf(flow *store.Object) string {
	inlet, _ := s.Open(flow)
	return inlet.ID
}

// ingest maps a record and stores the row. A dataflow that does not run drops the record: whether the real inlet
// refuses, drops or keeps it is not documented, and a refusal would make Customer.io hold back all later events.
func (s *Service) ingest(flow *store.Object, record map[string]any) {
	inlet, running := s.Open(flow)
	if !running {
		return
	}
	row, failures, err := s.Map(flow.Home, inlet, record)
	if err != nil {
		flow.Home.Record(flow, 0, 1, err)
		return
	}
	dataset := flow.Home.Find(store.KindDataSet, inlet.DatasetID)
	dataset.Rows = append(dataset.Rows, row)
	flow.Home.Record(flow, 1, 0, failures...)
}
