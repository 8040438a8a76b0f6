package simulator

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// mappingTransformation is the only transformation of streaming flows.
const mappingTransformation = "Mapping"

// checkFlow refuses what the service refuses on POST /flows.
func (s *Simulator) checkFlow(sb *sandbox, request map[string]any) *problem {
	if _, sent := request["state"]; sent {
		return flowProblem("1410-400", "The state is not allowed in the create flow request.", nil)
	}
	if _, sent := request["mode"]; sent {
		return flowProblem("1368-400", "The mode is not allowed in the flow request.", nil)
	}
	if refusal := checkName(request); refusal != nil {
		return refusal
	}
	spec, refusal := flowSpecOf(request)
	if refusal != nil {
		return refusal
	}
	source, refusal := flowEnd(sb, KindSourceConnection, request, "sourceConnectionIds")
	if refusal != nil {
		return refusal
	}
	target, refusal := flowEnd(sb, KindTargetConnection, request, "targetConnectionIds")
	if refusal != nil {
		return refusal
	}
	if sourceSpec := stringMember(source.body, "connectionSpec", "id"); !slices.Contains(spec.sources, sourceSpec) {
		return flowProblem("1413-400",
			"The connection spec ID "+sourceSpec+" is not among the sources of the flow spec "+spec.id+".", nil)
	}
	return s.checkTransformations(sb, spec, target, request)
}

func flowSpecOf(request map[string]any) (flowSpec, *problem) {
	id := stringMember(request, "flowSpec", "id")
	if id == "" {
		return flowSpec{}, messageProblem(http.StatusBadRequest, "Please provide a valid spec id")
	}
	spec, known := flowSpecs[id]
	if !known {
		return flowSpec{}, flowProblem("1413-400", "The given spec ID "+id+" is invalid.", nil)
	}
	if stringMember(request, "flowSpec", "version") == "" {
		return flowSpec{}, messageProblem(http.StatusUnprocessableEntity,
			"flowSpec.version 'version' is required for spec info")
	}
	return spec, nil
}

// flowEnd finds the one connection at one end of a flow.
func flowEnd(sb *sandbox, kind string, request map[string]any, key string) (*object, *problem) {
	if request[key] == nil {
		return nil, flowProblem("1338-400", "The "+key+" is null in the flow request.", nil)
	}
	ids, isList := request[key].([]any)
	if !isList || len(ids) == 0 {
		return nil, flowProblem("1320-400", "The "+key+" is null or empty.", nil)
	}
	if len(ids) > 1 {
		return nil, flowProblem("1321-400", "The length of "+key+" should be one.", nil)
	}
	id, isText := ids[0].(string)
	if !isText || id == "" {
		return nil, flowProblem("1320-400", "The "+key+" is null or empty.", nil)
	}
	found := sb.find(kind, id)
	if found == nil {
		return nil, entityNotFound(strings.TrimSuffix(key, "Ids")+"s", id)
	}
	return found, nil
}

// checkTransformations holds the mapping of a flow against the mapping sets and the schema of the target.
func (s *Simulator) checkTransformations(sb *sandbox, spec flowSpec, target *object, flow map[string]any) *problem {
	transformations, _ := flow["transformations"].([]any)
	if len(transformations) == 0 {
		if !spec.needsMapping {
			return nil
		}
		return flowProblem("1370-400", "The mapping transformation is missing in the flow request.", nil)
	}
	transformation, _ := transformations[0].(map[string]any)
	if stringMember(transformation, "name") != mappingTransformation {
		return flowProblem("1328-400", "The transformation "+mappingTransformation+" is missing.", nil)
	}
	id := stringMember(transformation, "params", "mappingId")
	if id == "" {
		return flowProblem("1329-400", "The param mappingId is missing in the transformation "+mappingTransformation+".", nil)
	}
	set := sb.find(KindMappingSet, id)
	if set == nil {
		return flowProblem("1419-400", "Error validating the mapping: the mapping set "+id+" cannot be found.", nil)
	}
	version, isVersion := mappingVersion(member(transformation, "params", "mappingVersion"))
	if !isVersion || version < 0 || version >= len(set.versions) {
		return flowProblem("1412-400", "Invalid Mapping Version for the mapping "+id+".", nil)
	}
	return s.checkSchemas(sb, set.versions[version], target)
}

// checkSchemas wants mapping, dataset and target to agree on the id and the version of the schema.
func (s *Simulator) checkSchemas(sb *sandbox, set map[string]any, target *object) *problem {
	dataset := stringMember(target.body, "params", "dataSetId")
	datasetSchema, datasetType, known := s.datasetSchemaRef(sb, dataset)
	if !known {
		return flowProblem("2200-500", "The call to Catalog failed while validating the schema of the dataset "+dataset+".", nil)
	}
	mappedSchema := stringMember(set, "outputSchema", "schemaRef", "id")
	mappedType := stringMember(set, "outputSchema", "schemaRef", "contentType")
	targetSchema := orDefault(stringMember(target.body, "data", "schema", "id"), datasetSchema)
	targetType := orDefault(stringMember(target.body, "data", "schema", "version"), datasetType)
	if mappedSchema == datasetSchema && targetSchema == datasetSchema &&
		sameVersion(mappedType, datasetType) && sameVersion(targetType, datasetType) {
		return nil
	}
	return flowProblem("1425-400", "The schema of the dataset ("+datasetSchema+", "+datasetType+
		") does not match the schema of the mapping ("+mappedSchema+", "+mappedType+
		") and of the target connection ("+targetSchema+", "+targetType+").", nil)
}

// sameVersion compares content types by the version of the schema: spaces and the full or plain form do not matter.
func sameVersion(one, other string) bool {
	if one == "" || other == "" {
		return true
	}
	return schemaVersion(one) == schemaVersion(other)
}

func schemaVersion(contentType string) string {
	compact := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, contentType)
	_, version, _ := strings.Cut(compact, "version=")
	major, _, _ := strings.Cut(version, ".")
	return major
}

// mappingVersion takes the version as a number or as a string: the flow spec declares one, clients send the other.
func mappingVersion(value any) (int, bool) {
	switch version := value.(type) {
	case float64:
		return int(version), version == float64(int(version))
	case int:
		return version, true
	case string:
		number, err := strconv.Atoi(version)
		return number, err == nil
	default:
		return 0, false
	}
}
