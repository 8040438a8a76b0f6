package simulator

import (
	"net/http"
	"strings"
)

// deleteEntity ends an entity. Flows and base connections are gone only some time after the answer.
func (s *Simulator) deleteEntity(w http.ResponseWriter, _ *http.Request, e entity, o *object) {
	refusal := checkSettled(o, "deleted")
	if refusal == nil {
		refusal = checkDependants(e, o)
	}
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	if e.kind == KindFlow || e.kind == KindConnection {
		s.setState(o, stateDeleteFinalizing, nil)
		s.later(func() { o.home.remove(o) })
	} else {
		o.home.remove(o)
	}
	w.WriteHeader(s.options.DeleteStatus)
}

// checkDependants refuses to delete what a flow still uses, even one whose own deletion is not yet final.
func checkDependants(e entity, o *object) *problem {
	for _, flow := range o.home.kinds[KindFlow] {
		source, target := flowConnections(flow)
		switch {
		case e.kind == KindConnection && source != nil && stringMember(source.body, "baseConnectionId") == o.id:
			return flowProblem("1418-400", "The base connection "+o.id+" cannot be deleted because the base connection is "+
				"being used in one or more flows. Ensure corresponding flows are deleted before trying again.", nil)
		case o == source, o == target:
			return flowProblem("1447-400", "Found active flows containing id "+o.id+".", nil)
		}
	}
	return nil
}

// actOnEntity answers POST …/action. Flows can be enabled and disabled; there are no drafts to publish.
func (s *Simulator) actOnEntity(w http.ResponseWriter, r *http.Request, e entity, o *object) {
	action := strings.ToLower(r.URL.Query().Get("op"))
	refusal := checkIfMatch(r, o, false)
	if refusal == nil {
		refusal = checkAction(e, o, action)
	}
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	finished := map[string]any{
		"lastOperation": map[string]any{"started": s.now().UnixMilli(), "updated": 0, "operation": action},
	}
	if action == "enable" {
		s.passThrough(o, stateEnabling, stateEnabled, finished)
	} else {
		s.passThrough(o, stateDisabling, stateDisabled, finished)
	}
	writeReceipt(w, http.StatusOK, o)
}

func checkAction(e entity, o *object, action string) *problem {
	state := stateOf(o)
	notApplicable := flowProblem("1422-400",
		"The action "+action+" cannot be applied on the current state "+state+".", nil)
	switch action {
	case "":
		return flowProblem("2119-400", "The query parameter op is missing in the request.", nil)
	case "finalize", "finalize_update":
		return flowProblem("1402-400", "The action "+action+" is only allowed for providers.", nil)
	case "publish":
		return notApplicable
	case "enable", "disable":
		if e.kind != KindFlow {
			break
		}
		wanted := map[string]string{"enable": stateDisabled, "disable": stateEnabled}[action]
		if state == stateEnabled || state == stateDisabled {
			if state != wanted {
				return notApplicable
			}
			return nil
		}
		return flowProblem("1420-400", "The flow in the current state "+state+" cannot be updated.", nil)
	}
	return flowProblem("1435-400", "Unsupported action "+action+".", nil)
}
