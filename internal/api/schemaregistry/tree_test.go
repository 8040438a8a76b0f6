package schemaregistry

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

const resolvedForm = `{"$id": "https://ns.adobe.com/acme/schemas/1", "type": "object", "properties": {
	"_id": {"type": "string", "format": "uri-reference"},
	"identityMap": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}},
	"_acme": {"type": "object", "properties": {
		"email": {"type": "string"}, "a.b": {"type": "string"}, "mixed": {"type": ["string", "null"]}, "nothing": null, "anything": {}, "true": true,
		"object": {"type": "object"}, "empty": {"type": "object", "properties": {}}, "list": {"type": "array"},
		"free": {"type": "object", "properties": {"known": {"type": "string"}}, "additionalProperties": true},
		"closed": {"type": "object", "properties": {"known": {"type": "string"}}, "additionalProperties": false},
		"composed": {"type": "object", "properties": {"known": {"type": "string"}}, "allOf": [{"$ref": "#/definitions/more"}]},
		"referring": {"type": "object", "properties": {"known": {"type": "string"}}, "$ref": "#/definitions/more"},
		"any": {"type": "object", "properties": {"known": {"type": "string"}}, "anyOf": [{"type": "object"}]},
		"one": {"type": "object", "properties": {"known": {"type": "string"}}, "oneOf": [{"type": "object"}]},
		"patterns": {"type": "object", "properties": {"known": {"type": "string"}}, "patternProperties": {"^x": {"type": "string"}}},
		"flag": {"type": "boolean"}, "count": {"type": "integer"}, "amount": {"type": "number"},
		"texts": {"type": "array", "items": {"type": "string"}},
		"devices": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}
	}}
}}`

func TestFieldsOfATree(t *testing.T) {
	t.Parallel()
	var tree Tree
	require.NoError(t, json.Unmarshal([]byte(resolvedForm), &tree))
	for path, want := range map[string]string{ // the type, "?" for what is not told, "" for what is not there
		"_id": "string", "_acme": "object", "_acme.email": "string", `_acme.a\.b`: "string", "_acme.${a.b}": "string", "_acme.mixed": "?",
		"_acme.nothing.x": "?", "_acme.anything.x": "?", "_acme.true.x": "?", "_acme.object.x.y": "?", "_acme.empty.x": "?", "_acme.list[0].x": "?", "_acme.list.x": "?",
		"_acme.free.known": "?", "_acme.free.other": "?", "_acme.composed.other": "?", "_acme.referring.other": "?",
		"_acme.any.other": "?", "_acme.one.other": "?", "_acme.patterns.xyz": "?", "_acme.flag[0]": "", "_acme.count[0]": "", "_acme.amount[0]": "", "_acme.closed.known": "string",
		"_acme.texts[0]": "string", "_acme.texts[*]": "string", "_acme.devices": "array", "_acme.devices[0]": "object", "_acme.devices[0].id": "string", "_acme.devices[*].id": "string",
		"_acme.devices.0.id": "string", "_acme.devices.id": "string", "identityMap.Email[0].id": "string", "identityMap.Email": "array", "_acme.email[0]": "", "_acme.email[*]": "", "_acme.texts[0][0]": "",
		"email": "", "_acme.e-mail": "", "_acme.email.domain": "", "_other.email": "", "_acme.closed.other": "", "_acme.devices[0].serial": "", "_acme.devices.serial": "",
		"_acme.texts[0].x": "", "identityMap.Email[0].name": "", "_acme.Email": "",
	} {
		field, found := tree.Find(xdm.Steps(path))
		require.Equal(t, want != "", found, path)
		switch want {
		case "":
		case "?":
			require.True(t, field == nil || field.Type == "", path)
		default:
			require.Equal(t, want, field.Type, path)
		}
	}
	require.Contains(t, tree.Paths(), "_acme.closed.known")
}

func TestFieldsToCome(t *testing.T) {
	t.Parallel()
	var tree Tree
	require.NoError(t, json.Unmarshal([]byte(resolvedForm), &tree))
	for _, namespace := range []string{"_acme", "_new"} {
		grown := tree.with(namespace, []Field{{Name: "at", Type: TypeDateTime}})
		field, found := grown.Find(xdm.Steps(namespace + ".at"))
		require.True(t, found)
		require.Equal(t, "string", field.Type)
		require.Equal(t, "date-time", field.Format)
		_, found = grown.Find(xdm.Steps("_acme.email"))
		require.True(t, found)
		_, found = tree.Find(xdm.Steps(namespace + ".at"))
		require.False(t, found, "others see the tree as it was")
	}
}
