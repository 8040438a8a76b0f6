package flow

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// mappingTransformation is the only transformation of streaming dataflows.
const mappingTransformation = "Mapping"

func checkFlow(sb *store.Sandbox, request map[string]any) error {
	if _, sent := request["state"]; sent {
		return web.Flow("1410-400", "The state is not allowed in the create flow request.")
	}
	if _, sent := request["mode"]; sent {
		return web.Flow("1368-400", "The mode is not allowed in the flow request.")
	}
	if err := checkName(request); err != nil {
		return err
	}
	spec, err := specOf(request, "flowSpec")
	if err != nil {
		return err
	}
	source, err := endOf(sb, sourceConnections, request)
	if err != nil {
		return err
	}
	target, err := endOf(sb, targetConnections, request)
	if err != nil {
		return err
	}
	sourceSpec := document.Member(source.Body, "connectionSpec", "id")
	if !slices.Contains(document.List(spec, "sourceConnectionSpecIds"), sourceSpec) {
		return web.Flow("1413-400", "The connection spec ID %s is not among the sources of the flow spec %s.", sourceSpec, spec["id"])
	}
	return checkTransformations(sb, spec, target, request)
}

// endOf finds the one connection at one end of a dataflow.
func endOf(sb *store.Sandbox, end entity, request map[string]any) (*store.Object, error) {
	key := end.kind + "Ids"
	if request[key] == nil {
		return nil, web.Flow("1338-400", "The %s is null in the flow request.", key)
	}
	ids := document.List(request, key)
	if len(ids) > 1 {
		return nil, web.Flow("1321-400", "The length of %s should be one.", key)
	}
	if len(ids) == 0 || !document.IsText(ids[0]) || ids[0] == "" {
		return nil, web.Flow("1320-400", "The %s is null or empty.", key)
	}
	found := sb.Find(end.kind, ids[0].(string))
	if found == nil {
		return nil, notFound(end.path, ids[0].(string))
	}
	return found, nil
}

// checkTransformations holds the mapping of a dataflow against the mapping sets and the schema of the target.
func checkTransformations(sb *store.Sandbox, spec map[string]any, target *store.Object, flow map[string]any) error {
	transformation := transformationOf(flow)
	switch {
	case transformation == nil && spec["transformationSpecs"] != nil:
		return web.Flow("1370-400", "The mapping transformation is missing in the flow request.")
	case transformation == nil:
		return nil
	case document.Text(transformation, "name") != mappingTransformation:
		return web.Flow("1328-400", "The transformation %s is missing.", mappingTransformation)
	}
	id, version := mappingOf(flow)
	if id == "" {
		return web.Flow("1329-400", "The param mappingId is missing in the transformation %s.", mappingTransformation)
	}
	set := sb.Find(store.KindMappingSet, id)
	if set == nil {
		return web.Flow("1419-400", "Error validating the mapping: the mapping set %s cannot be found.", id)
	}
	if version < 0 || version >= len(set.Versions) {
		return web.Flow("1412-400", "Invalid Mapping Version for the mapping %s.", id)
	}
	return checkSchemas(sb, set.Versions[version], target)
}

// transformationOf is the first transformation, which may be malformed, or nil.
func transformationOf(flow map[string]any) map[string]any {
	transformations := document.List(flow, "transformations")
	if len(transformations) == 0 {
		return nil
	}
	if transformation, isObject := transformations[0].(map[string]any); isObject {
		return transformation
	}
	return map[string]any{}
}

// mappingOf is the mapping set of a dataflow and its version, which is -1 where it is not a number.
func mappingOf(flow map[string]any) (id string, version int) {
	params := document.Object(transformationOf(flow), "params")
	return document.Text(params, "mappingId"), versionOf(params["mappingVersion"])
}

// versionOf takes a version as a number or as a text: the flow spec declares one, clients send the other.
func versionOf(value any) int {
	version, err := strconv.Atoi(document.String(value))
	if err != nil {
		return -1
	}
	return version
}

// checkSchemas wants mapping, dataset and target to agree on the ID and the version of the schema.
func checkSchemas(sb *store.Sandbox, set map[string]any, target *store.Object) error {
	dataset := document.Text(target.Body, "params", "dataSetId")
	datasetSchema, datasetType, known := sb.SchemaRef(dataset)
	if !known {
		return web.Flow("2200-500", "The call to Catalog failed while validating the schema of the dataset %s.", dataset)
	}
	mappedSchema := document.Text(set, "outputSchema", "schemaRef", "id")
	mappedType := document.Text(set, "outputSchema", "schemaRef", "contentType")
	targetSchema := document.Text(target.Body, "data", "schema", "id")
	targetType := document.Text(target.Body, "data", "schema", "version")
	if mappedSchema == datasetSchema && (targetSchema == "" || targetSchema == datasetSchema) &&
		sameVersion(mappedType, datasetType) && sameVersion(targetType, datasetType) {
		return nil
	}
	return web.Flow("1425-400", "The schema of the dataset (%s, %s) does not match the schema of the mapping (%s, %s)"+
		" and of the target connection (%s, %s).", datasetSchema, datasetType, mappedSchema, mappedType, targetSchema, targetType)
}

// sameVersion compares content types by the version of the schema: spaces and the full or plain form do not matter.
func sameVersion(one, other string) bool {
	return one == "" || other == "" || majorVersion(one) == majorVersion(other)
}

func majorVersion(contentType string) string {
	_, version, _ := strings.Cut(strings.Join(strings.FieldsFunc(contentType, unicode.IsSpace), ""), "version=")
	major, _, _ := strings.Cut(version, ".")
	return major
}

// connectionsOf finds the two connections of a dataflow. Either is nil once it was deleted behind the dataflow's back.
func connectionsOf(flow *store.Object) (source, target *store.Object) {
	source, _ = endOf(flow.Home, sourceConnections, flow.Body)
	target, _ = endOf(flow.Home, targetConnections, flow.Body)
	return source, target
}

// presentFlow adds what a dataflow inherits from its connections and what its last run did.
func presentFlow(flow *store.Object, shown map[string]any) {
	source, target := connectionsOf(flow)
	inherited := map[string]any{"properties": map[string]any{"isSourceFlow": true}}
	if source != nil {
		summary := summaryOf(source)
		if connection := document.Member(source.Body, "inheritedAttributes", "baseConnection"); connection != nil {
			summary["baseConnection"] = connection
		}
		inherited["sourceConnections"] = []any{summary}
	}
	if target != nil {
		inherited["targetConnections"] = []any{summaryOf(target)}
	}
	shown["inheritedAttributes"] = inherited
	if last := flow.Home.LastRun(flow.ID); last != nil {
		shown["lastRunDetails"] = summaryOfRun(last)
	}
	for _, transformation := range document.List(shown, "transformations") {
		object, _ := transformation.(map[string]any)
		presentMappingVersion(document.Object(object, "params"))
	}
}

// presentMappingVersion answers odd versions as texts: both types are seen in answers of the service.
func presentMappingVersion(params map[string]any) {
	switch version := versionOf(params["mappingVersion"]); {
	case version < 0:
	case version%2 == 1:
		params["mappingVersion"] = strconv.Itoa(version)
	default:
		params["mappingVersion"] = version
	}
}
