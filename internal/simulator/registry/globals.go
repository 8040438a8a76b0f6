package registry

// Adobe's resources that the schemas of an event pipeline build on.
const (
	classExperienceEvent = "https://ns.adobe.com/xdm/context/experienceevent"
	classProfile         = "https://ns.adobe.com/xdm/context/profile"

	behaviorTimeSeries = "https://ns.adobe.com/xdm/data/time-series"
	behaviorRecord     = "https://ns.adobe.com/xdm/data/record"

	globalLibVersion = "1.44.0"
)

// globalClasses are the two classes, made anew for each caller. Documented: records of a time series need _id
// and timestamp.
func globalClasses() []map[string]any {
	return []map[string]any{
		globalClass(classExperienceEvent, "_xdm.context.experienceevent", "XDM ExperienceEvent", behaviorTimeSeries,
			map[string]any{
				"_id":       textField("Identifier", "uri-reference"),
				"timestamp": textField("Timestamp", "date-time"),
				"eventType": textField("Event Type", ""),
			}, "_id", "timestamp"),
		globalClass(classProfile, "_xdm.context.profile", "XDM Individual Profile", behaviorRecord,
			map[string]any{
				"_id":              textField("Identifier", "uri-reference"),
				"personID":         textField("Person ID", ""),
				"createdByBatchID": textField("Created by batch identifier", "uri-reference"),
			}),
	}
}

// globalBehaviors are what the two classes extend. They add no fields that the classes do not have here.
func globalBehaviors() []map[string]any {
	return []map[string]any{
		globalBehavior(behaviorTimeSeries, "_xdm.data.time-series", "Time-series Schema"),
		globalBehavior(behaviorRecord, "_xdm.data.record", "Record Schema"),
	}
}

func globalBehavior(id, altID, title string) map[string]any {
	behavior := globalClass(id, altID, title, "", map[string]any{})
	behavior["meta:resourceType"] = behaviorType.collection
	behavior["description"] = "A behavior of Adobe's standard library."
	behavior["allOf"] = []any{map[string]any{"$ref": "#/definitions/fields", "type": "object", "meta:xdmType": "object"}}
	behavior["refs"], behavior["meta:extends"] = []any{}, []any{}
	return behavior
}

func globalClass(id, altID, title, behavior string, fields map[string]any, required ...any) map[string]any {
	class := map[string]any{
		"$id":               id,
		"meta:altId":        altID,
		"meta:resourceType": classType.collection,
		"version":           globalLibVersion,
		"type":              "object",
		"title":             title,
		"description":       "A class of Adobe's standard library.",
		"definitions":       map[string]any{"fields": map[string]any{"properties": fields}},
		"allOf": []any{
			map[string]any{"$ref": behavior, "type": "object", "meta:xdmType": "object"},
			map[string]any{"$ref": "#/definitions/fields", "type": "object", "meta:xdmType": "object"},
		},
		"refs":             []any{behavior},
		"imsOrg":           "xdm",
		"meta:extensible":  true,
		"meta:abstract":    true,
		"meta:extends":     []any{behavior},
		"meta:xdmType":     "object",
		"meta:status":      "stable",
		"meta:containerId": containerGlobal,
		"meta:registryMetadata": map[string]any{
			"repo:createdDate":      1606266789446,
			"repo:lastModifiedDate": 1606266789446,
			"eTag":                  "2cc114a54949a9668fe2ad046ccece59192e1bfa28f14e5ac7c893acb7820ba2",
			"meta:globalLibVersion": globalLibVersion,
		},
	}
	if len(required) > 0 {
		class["required"] = required
	}
	return class
}

func textField(title, format string) map[string]any {
	field := map[string]any{"type": "string", "title": title, "meta:xdmType": "string"}
	if format != "" {
		field["format"] = format
	}
	return field
}
