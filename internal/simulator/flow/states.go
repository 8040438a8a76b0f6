package flow

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// The states of entities that are used here.
const (
	stateEnabled          = "enabled"
	stateDisabled         = "disabled"
	stateInitializing     = "initializing"
	stateUpdating         = "updating"
	stateEnabling         = "enabling"
	stateDisabling        = "disabling"
	stateDeleteFinalizing = "delete-finalizing"
)

// Touch gives an entity a new etag and time of change. The version of an entity is always its etag, and the value
// contains the double quotes that If-Match wants.
func (s *Service) Touch(o *store.Object) {
	now := s.Store.Now()
	etag := fmt.Sprintf("\"%08x-0000-0200-0000-%08x0000\"", 0x4c010000+s.Store.Next("etag"), now.Unix())
	o.Body["etag"], o.Body["version"] = etag, etag
	o.Body["updatedAt"] = now.UnixMilli()
}

// setState moves an entity to a state, which changes its etag as every change does.
func (s *Service) setState(o *store.Object, state string, also map[string]any) {
	o.Body["state"] = state
	maps.Copy(o.Body, also)
	s.Touch(o)
}

func stateOf(o *store.Object) string { return document.Text(o.Body, "state") }

// passThrough puts an entity into a transitional state that ends in another one when the provisioning is over.
func (s *Service) passThrough(o *store.Object, transitional, final string, finished map[string]any) {
	s.setState(o, transitional, nil)
	s.Store.Later(func() {
		if stateOf(o) == transitional {
			s.setState(o, final, map[string]any{"lastOperation": finished})
		}
	})
}

func (s *Service) operation(name string) map[string]any {
	return map[string]any{"started": s.Store.Now().UnixMilli(), "updated": 0, "operation": name}
}

// checkSettled refuses to change what is in a transitional state. The verb is "update" or "delete".
func checkSettled(o *store.Object, verb string) error {
	switch state := stateOf(o); {
	case state == stateEnabled, state == stateDisabled, state == stateInitializing && verb == "delete":
		return nil
	case state == stateDeleteFinalizing:
		code := map[string]string{"delete": "1458-400", "update": "1457-400"}[verb]
		return web.Flow(code, "Operation %s cannot be applied in state %s.", verb, state)
	default:
		return web.Flow("1420-400", "The %s in the current state %s cannot be %sd.", o.Kind, state, verb)
	}
}

// completeFlow starts the provisioning of the inlet, which ends after the answer to the create: the etag of the
// create is stale by then.
func (s *Service) completeFlow(r *web.Request, o *store.Object) {
	delete(document.Object(o.Body, "options"), "inletUrl")
	if o.Body["labels"] == nil {
		o.Body["labels"] = []any{}
	}
	o.Body["recordTypes"] = []any{map[string]any{"type": "experienceevent", "extensions": map[string]any{}}}
	o.Body["runs"] = "/runs?property=flowId==" + o.ID
	o.Body["unifiedMetadata"] = map[string]any{"tagIds": []any{}}
	o.Body["state"] = stateInitializing
	o.Body["lastOperation"] = s.operation("create")
	// The dataflow keeps the dataset it was created with: later changes of the target connection do not reach it.
	source, target := connectionsOf(o)
	o.Hidden["dataSetId"] = document.Text(target.Body, "params", "dataSetId")
	inlets := r.BaseURL() + s.InletBase + "/"
	s.Store.Later(func() { s.provision(o, source, inlets) })
}

func (s *Service) provision(o, source *store.Object, inlets string) {
	if stateOf(o) != stateInitializing {
		return
	}
	o.Body["providerRefId"] = uuid.NewString()
	inletID := store.RandomHex(inletDigits)
	if connection := o.Home.Find(store.KindConnection, document.Text(source.Body, "baseConnectionId")); connection != nil {
		inletID = document.Text(connection.Hidden, "params", "inletId")
	} else {
		o.Body["options"] = document.WithDefaults(o.Body["options"], nil)
		document.Object(o.Body, "options")["inletUrl"] = inlets + inletID
	}
	o.Hidden["inletId"] = inletID
	s.setState(o, stateEnabled, map[string]any{
		"lastOperation": map[string]any{"started": 0, "updated": 0, "operation": "enable"},
	})
}

// Inlet tells the inlet of a dataflow, and whether the dataflow runs. One that is being changed does: an update of a
// mapping does not interrupt ingestion.
func (s *Service) Inlet(flow *store.Object) (inlet store.Inlet, running bool) {
	mappingID, version := mappingOf(flow.Body)
	inlet = store.Inlet{
		ID:        document.Text(flow.Hidden, "inletId"),
		DatasetID: document.Text(flow.Hidden, "dataSetId"),
		MappingID: mappingID, MappingVersion: version,
	}
	switch stateOf(flow) {
	case stateEnabled, stateUpdating, stateDisabling:
		return inlet, true
	default:
		return inlet, false
	}
}

// delete ends an entity. Dataflows and base connections are gone only some time after the answer.
func (s *Service) delete(_ *web.Request, o *store.Object) (*web.Answer, error) {
	if err := cmp.Or(checkSettled(o, "delete"), checkDependants(o)); err != nil {
		return nil, err
	}
	if o.Kind == store.KindFlow || o.Kind == store.KindConnection {
		s.setState(o, stateDeleteFinalizing, nil)
		s.Store.Later(func() { o.Home.Remove(o) })
	} else {
		o.Home.Remove(o)
	}
	return &web.Answer{Status: s.DeleteStatus}, nil
}

// checkDependants refuses to delete what a dataflow still uses, even one whose own deletion is not yet final.
func checkDependants(o *store.Object) error {
	for _, flow := range o.Home.All(store.KindFlow) {
		source, target := connectionsOf(flow)
		switch {
		case source != nil && o.Kind == store.KindConnection && document.Text(source.Body, "baseConnectionId") == o.ID:
			return web.Flow("1418-400", "The base connection %s cannot be deleted because the base connection is "+
				"being used in one or more flows. Ensure corresponding flows are deleted before trying again.", o.ID)
		case o == source, o == target:
			return web.Flow("1447-400", "Found active flows containing id %s.", o.ID)
		}
	}
	return nil
}

// act answers POST …/action. Dataflows can be enabled and disabled. There are no drafts to publish.
func (s *Service) act(e entity) func(*web.Request, *store.Object) (*web.Answer, error) {
	return func(r *web.Request, o *store.Object) (*web.Answer, error) {
		action := strings.ToLower(r.URL.Query().Get("op"))
		if r.Header.Get("If-Match") != "" {
			if err := checkIfMatch(r, o); err != nil {
				return nil, err
			}
		}
		if err := checkAction(e, o, action); err != nil {
			return nil, err
		}
		transitional, final := stateEnabling, stateEnabled
		if action == "disable" {
			transitional, final = stateDisabling, stateDisabled
		}
		s.passThrough(o, transitional, final, s.operation(action))
		return receipt(http.StatusOK, o), nil
	}
}

func checkAction(e entity, o *store.Object, action string) error {
	state := stateOf(o)
	from, toggles := map[string]string{"enable": stateDisabled, "disable": stateEnabled}[action]
	toggles = toggles && e.kind == store.KindFlow
	switch {
	case action == "":
		return web.Flow("2119-400", "The query parameter op is missing in the request.")
	case action == "finalize", action == "finalize_update":
		return web.Flow("1402-400", "The action %s is only allowed for providers.", action)
	case !toggles && action != "publish":
		return web.Flow("1435-400", "Unsupported action %s.", action)
	case toggles && state == from:
		return nil
	case toggles && state != stateEnabled && state != stateDisabled:
		return web.Flow("1420-400", "The flow in the current state %s cannot be updated.", state)
	default:
		return web.Flow("1422-400", "The action %s cannot be applied on the current state %s.", action, state)
	}
}
