// Package simulator stands in for the services that a Customer.io to Adobe Experience Platform pipeline is made
// of: Adobe IMS, Flow Service, Data Prep, Catalog, Schema Registry, the streaming inlet and the Customer.io App
// API. It behaves as their public documentation says, quirks included, and keeps everything in memory.
//
// Each service is a package of its own over one store. This package puts them together, and has what tests do to
// them: faults, the log of calls, changes behind a client's back.
package simulator

import (
	"net/http"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/cio"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/flow"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/gateway"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/inlet"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/places"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/prep"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/registry"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// Simulator is all services on one host, told apart by the path. It is safe for concurrent use.
type Simulator struct {
	store    *store.Store
	ims      *ims.Service
	flow     *flow.Service
	prep     *prep.Service
	registry *registry.Service
	catalog  *catalog.Service
	cio      *cio.Service

	services *web.Dispatcher
	control  *web.Dispatcher
	faults   faultList
	calls    callLog
	latency  time.Duration
}

// New makes a Simulator of the account that the options describe.
func New(options Options) *Simulator {
	options = options.withDefaults()
	account := store.Account{OrgID: options.OrgID, ClientID: options.ClientID, TenantID: options.TenantID}
	st := store.New(account, options.Sandboxes, options.Provisioning)
	s := &Simulator{
		store:    st,
		ims:      ims.New(st, options.ClientSecret, options.AccessToken),
		flow:     &flow.Service{Store: st, PageSize: options.PageSize, DeleteStatus: options.DeleteStatus, InletBase: inlet.Base},
		registry: &registry.Service{Store: st},
		catalog:  &catalog.Service{Store: st, PageSize: options.PageSize},
		cio: &cio.Service{
			Store: st, Region: options.Region, Keys: options.keys(), RequestsPerSecond: options.RequestsPerSecond,
		},
		latency: options.Latency,
	}
	s.prep = &prep.Service{
		Store: st, Schema: s.registry.Schema,
		ZeroByDefault: options.MappingSetDefaultVersion == MappingSetZero,
		Deletes:       options.MappingSetDelete == MappingSetDeleteWorks,
	}
	streams := &inlet.Service{Store: st, Open: s.flow.Inlet, Map: s.prep.Map}
	gate := &gateway.Gateway{Store: st, Token: s.ims.Token}
	guard, sandboxes := gate.Check, &places.Service{Store: st}
	s.services = web.NewDispatcher(st.DoAsOf,
		s.ims.Web(), s.flow.Web(guard), s.prep.Web(guard), s.catalog.Web(guard), s.registry.Web(guard), streams.Web(), s.cio.Web(),
		sandboxes.Web(gate.CheckCredentials))
	s.control = web.NewDispatcher(func(_ time.Duration, step func()) { step() }, s.controlPlane())
	return s
}

// ServeHTTP answers one call of any of the services, or of the control plane under /_simulator/. Every answer passes
// here, where a scripted fault may spoil it.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	request, err := web.ReadRequest(r)
	if s.control.ServiceOf(r.URL.Path).Name == controlName {
		s.control.Answer(request).WriteTo(w)
		return
	}
	call := newCall(request, Service(s.services.ServiceOf(r.URL.Path).Name))
	if err != nil {
		response := s.services.Refuse(request, err)
		s.calls.add(call, response)
		response.WriteTo(w)
		return
	}
	fault := s.faults.take(r, call.Service)
	call.FaultName = fault.Name
	response := s.services.Blank(request)
	if fault.unattended() {
		time.AfterFunc(fault.Delay, func() { s.services.Answer(request) })
	} else if !fault.pause(r) {
		panic(http.ErrAbortHandler)
	}
	if !fault.replace(response) {
		if fault.Do == FaultLag {
			request.Ago = fault.Delay
		}
		response = s.services.Answer(request)
	}
	s.spoil(response, call, fault)
	s.calls.add(call, response)
	fault.interrupt(r)
	time.Sleep(s.latency) // after the services are done, so that no call waits for another
	response.WriteTo(w)
}
