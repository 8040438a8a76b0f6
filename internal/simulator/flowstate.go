package simulator

import (
	"fmt"
	"maps"
	"slices"
)

// The states of Flow Service entities that are used here.
const (
	stateEnabled          = "enabled"
	stateDisabled         = "disabled"
	stateInitializing     = "initializing"
	stateUpdating         = "updating"
	stateEnabling         = "enabling"
	stateDisabling        = "disabling"
	stateDeleteFinalizing = "delete-finalizing"
)

func isFlowServiceKind(kind string) bool {
	return slices.ContainsFunc(entities, func(e entity) bool { return e.kind == kind })
}

// stamp gives an entity a new etag and time of change. The version of an entity is always its etag, and the value
// contains the double quotes that If-Match wants.
func (s *Simulator) stamp(o *object) {
	now := s.now()
	s.serial++
	etag := fmt.Sprintf("\"%08x-0000-0200-0000-%08x0000\"", 0x4c010000+s.serial, now.Unix())
	o.body["etag"] = etag
	o.body["version"] = etag
	o.body["updatedAt"] = now.UnixMilli()
}

// setState moves an entity to a state, which changes its etag as every change does.
func (s *Simulator) setState(o *object, state string, also map[string]any) {
	o.body["state"] = state
	maps.Copy(o.body, also)
	s.stamp(o)
}

func stateOf(o *object) string {
	return stringMember(o.body, "state")
}

// passThrough puts an entity into a transitional state that ends in another one when the provisioning is over.
func (s *Simulator) passThrough(o *object, transitional, final string, finished map[string]any) {
	s.setState(o, transitional, nil)
	s.later(func() {
		if stateOf(o) == transitional {
			s.setState(o, final, finished)
		}
	})
}

// checkSettled refuses to change what is in a transitional state. The verb is "updated" or "deleted".
func checkSettled(o *object, verb string) *problem {
	state := stateOf(o)
	switch state {
	case stateEnabled, stateDisabled:
		return nil
	case stateDeleteFinalizing:
		if verb == "deleted" {
			return flowProblem("1458-400", "Operation delete cannot be applied in state "+state+".", nil)
		}
		return flowProblem("1457-400", "Operation update cannot be applied in state "+state+".", nil)
	case stateInitializing:
		if verb == "deleted" {
			return nil
		}
	}
	return flowProblem("1420-400", "The "+o.kind+" in the current state "+state+" cannot be "+verb+".", nil)
}
