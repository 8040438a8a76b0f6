package simulator

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"
)

// completeFlow starts the provisioning of the inlet, which ends after the answer to the create: the etag of the
// create is stale by then.
func (s *Simulator) completeFlow(r *http.Request, o *object) {
	delete(optionsOf(o), "inletUrl")
	o.body["labels"] = orEmptyList(o.body["labels"])
	o.body["recordTypes"] = []any{map[string]any{"type": "experienceevent", "extensions": map[string]any{}}}
	o.body["runs"] = "/runs?property=flowId==" + o.id
	o.body["unifiedMetadata"] = map[string]any{"tagIds": []any{}}
	o.body["state"] = stateInitializing
	o.body["lastOperation"] = map[string]any{"started": s.now().UnixMilli(), "updated": 0, "operation": "create"}
	// The flow keeps the dataset it was made with: later changes of the target connection do not reach it.
	source, target := flowConnections(o)
	o.hidden["dataSetId"] = stringMember(target.body, "params", "dataSetId")
	base := baseURL(r)
	s.later(func() { s.provision(o, source, base) })
}

func (s *Simulator) provision(o, source *object, base string) {
	if stateOf(o) != stateInitializing {
		return
	}
	o.body["providerRefId"] = uuid.NewString()
	o.hidden["inletId"] = newInletID()
	if flowSpecs[stringMember(o.body, "flowSpec", "id")].inletFromFlow {
		options := withDefaults(o.body["options"], map[string]any{})
		options["inletUrl"] = base + inletBase + "/" + o.hidden["inletId"].(string)
		o.body["options"] = options
	} else if connection := o.home.find(KindConnection, stringMember(source.body, "baseConnectionId")); connection != nil {
		o.hidden["inletId"] = stringMember(connection.hidden, "params", "inletId")
	}
	s.setState(o, stateEnabled, map[string]any{
		"lastOperation": map[string]any{"started": 0, "updated": 0, "operation": "enable"},
	})
}

func optionsOf(o *object) map[string]any {
	options, _ := o.body["options"].(map[string]any)
	return options
}

func orEmptyList(value any) any {
	if value == nil {
		return []any{}
	}
	return value
}

// flowConnections finds the two connections of a flow; either is nil once it was deleted behind the flow's back.
func flowConnections(o *object) (source, target *object) {
	return connectionOf(o, KindSourceConnection, "sourceConnectionIds"),
		connectionOf(o, KindTargetConnection, "targetConnectionIds")
}

func connectionOf(o *object, kind, key string) *object {
	ids, _ := o.body[key].([]any)
	if len(ids) == 0 {
		return nil
	}
	id, _ := ids[0].(string)
	return o.home.find(kind, id)
}

// presentFlow adds what a flow inherits from its connections and what its last run did.
func (s *Simulator) presentFlow(o *object, shown map[string]any) {
	source, target := flowConnections(o)
	inherited := map[string]any{"properties": map[string]any{"isSourceFlow": true}}
	if source != nil {
		summary := map[string]any{"id": source.id, "connectionSpec": source.body["connectionSpec"]}
		if base := member(source.body, "inheritedAttributes", "baseConnection"); base != nil {
			summary["baseConnection"] = base
		}
		inherited["sourceConnections"] = []any{summary}
	}
	if target != nil {
		inherited["targetConnections"] = []any{
			map[string]any{"id": target.id, "connectionSpec": target.body["connectionSpec"]},
		}
	}
	shown["inheritedAttributes"] = inherited
	if last := o.home.lastRun(o.id); last != nil {
		shown["lastRunDetails"] = last.summary()
	}
	presentMappingVersion(shown)
}

// presentMappingVersion answers odd versions as strings: both types are seen in answers of the service.
func presentMappingVersion(shown map[string]any) {
	transformations, _ := shown["transformations"].([]any)
	for _, transformation := range transformations {
		object, _ := transformation.(map[string]any)
		params, _ := object["params"].(map[string]any)
		version, isVersion := mappingVersion(params["mappingVersion"])
		if !isVersion {
			continue
		}
		params["mappingVersion"] = version
		if version%2 == 1 {
			params["mappingVersion"] = strconv.Itoa(version)
		}
	}
}
