package api_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/untold"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// lookAlikes are, by kind, what another object has in place of what was sent, at a path of its members, and whether such an object
// is adopted all the same. A nil value is an absent member.
var lookAlikes = map[string][]struct {
	name    string
	path    []any
	value   any
	adopted bool
}{
	"base connection": {
		{"name", []any{"name"}, "Store", false},
		{"description", []any{"description"}, "US", false},
		{"specification", []any{"connectionSpec", "id"}, "other", false},
		{"version of the specification", []any{"connectionSpec", "version"}, "2.0", false},
		{"no authentication", []any{"auth"}, nil, true},
		{"another authentication", []any{"auth", "specName"}, "OAuth", false},
		{"withheld params", []any{"auth", "params"}, nil, true},
	},
	"source connection": {
		{"name", []any{"name"}, "Store", false},
		{"description", []any{"description"}, "US", false},
		{"specification", []any{"connectionSpec", "id"}, "other", false},
		{"base connection", []any{"baseConnectionId"}, "b2", false},
		{"format", []any{"data", "format"}, "delimited", false},
		{"param", []any{"params", "region"}, "us", false},
		{"added param", []any{"params", "added"}, "x", true},
	},
	"target connection": {
		{"name", []any{"name"}, "Store", false},
		{"description", []any{"description"}, "US", false},
		{"specification", []any{"connectionSpec", "id"}, "other", false},
		{"dataset", []any{"params", "dataSetId"}, "d2", false},
		{"format", []any{"data", "format"}, "parquet_xdm", false},
		{"schema", []any{"data", "schema", "id"}, "https://ns.adobe.com/acme/schemas/2", false},
		{"version of the schema", []any{"data", "schema", "version"}, "application/vnd.adobe.xed-full+json;version=2", false},
		{"a space in the media type", []any{"data", "schema", "version"}, "application/vnd.adobe.xed-full+json; version=1", true},
	},
	"dataflow": {
		{"name", []any{"name"}, "Store", false},
		{"description", []any{"description"}, "US", false},
		{"specification", []any{"flowSpec", "id"}, "other", false},
		{"source connection", []any{"sourceConnectionIds", 0}, "s2", false},
		{"target connection", []any{"targetConnectionIds", 0}, "t2", false},
		{"mapping set", []any{"transformations", 0, "params", "mappingId"}, "m2", false},
		{"version of the mapping set", []any{"transformations", 0, "params", "mappingVersion"}, 3, false},
		{"version as a text", []any{"transformations", 0, "params", "mappingVersion"}, "2", true},
	},
	"dataset": {
		{"name", []any{"name"}, "Store", false},
		{"description", []any{"description"}, "US", false},
		{"schema", []any{"schemaRef", "id"}, "https://ns.adobe.com/acme/schemas/2", false},
		{"version of the schema", []any{"schemaRef", "contentType"}, "application/vnd.adobe.xed-full+json;version=2", false},
		{"a space in the media type", []any{"schemaRef", "contentType"}, "application/vnd.adobe.xed-full+json; version=1", true},
		{"tag", []any{"tags", "team"}, []any{"shop"}, false},
		{"no tags", []any{"tags"}, nil, true},
		{"another tag alone", []any{"tags"}, object{"adobe/siphon": []any{"x"}}, false},
		{"added tag", []any{"tags", "adobe/siphon"}, []any{"x"}, true},
	},
	"mapping set": {
		{"name", []any{"name"}, "Store", false},
		{"schema", []any{"outputSchema", "schemaRef", "id"}, "https://ns.adobe.com/acme/schemas/2", false},
		{"version of the schema", []any{"outputSchema", "schemaRef", "contentType"}, "application/vnd.adobe.xed-full+json;version=2", false},
		{"source", []any{"mappings", 0, "source"}, "timestamp", false},
		{"destination", []any{"mappings", 0, "destination"}, "_acme.time", false},
		{"type of source", []any{"mappings", 0, "sourceType"}, "STATIC", false},
		{"description of a mapping", []any{"mappings", 1, "description"}, "x", false},
		{"type as a media type", []any{"mappings", 0, "sourceType"}, "text/x.aep-xl", true},
	},
	"field group": {
		{"title", []any{"title"}, "Store fields", false},
		{"description", []any{"description"}, "US", false},
		{"title of a field", []any{"definitions", "customFields", "properties", "_acme", "properties", "email", "title"}, "Mail", false},
		{"type of a field", []any{"definitions", "customFields", "properties", "_acme", "properties", "email", "type"}, "number", false},
		{"missing field", []any{"definitions", "customFields", "properties", "_acme", "properties", "email"}, nil, false},
		{"added field", []any{"definitions", "customFields", "properties", "_acme", "properties", "id"}, object{"type": "string"}, false},
	},
	"schema": {
		{"title", []any{"title"}, "Store", false},
		{"description", []any{"description"}, "US", false},
		{"field group", []any{"allOf", 1, "$ref"}, "https://ns.adobe.com/acme/mixins/2", false},
		{"version", []any{"version"}, "1.1", true},
	},
	"descriptor": {
		{"type", []any{"@type"}, "xdm:alternateDisplayInfo", false},
		{"schema", []any{"xdm:sourceSchema"}, "https://ns.adobe.com/acme/schemas/2", false},
		{"field", []any{"xdm:sourceProperty"}, "/_acme/id", false},
		{"namespace", []any{"xdm:namespace"}, "CRMID", false},
		{"secondary", []any{"xdm:isPrimary"}, false, false},
		{"version of the schema", []any{"xdm:sourceVersion"}, 2, true},
	},
	"reporting webhook": {
		{"type", []any{"type"}, "js", false},
		{"name", []any{"name"}, "Store", false},
		{"endpoint", []any{"endpoint"}, "https://dcs.adobedc.net/collection/other", false},
		{"disabled", []any{"disabled"}, true, false},
		{"every open and click", []any{"full_resolution"}, true, false},
		{"content", []any{"with_content"}, true, false},
		{"events", []any{"events"}, []any{"email_sent", "sms_sent"}, false},
		{"added event", []any{"events"}, []any{"email_opened", "email_sent", "sms_sent"}, true},
		{"dropped event", []any{"events"}, []any{"email_sent"}, true},
	},
}

// with is an object with one member changed.
func with(value any, path []any, changed any) any {
	if len(path) == 0 {
		return changed
	}
	switch value := value.(type) {
	case object:
		name := path[0].(string)
		if len(path) == 1 && changed == nil {
			delete(value, name)
			return value
		}
		value[name] = with(value[name], path[1:], changed)
		return value
	case []any:
		value[path[0].(int)] = with(value[path[0].(int)], path[1:], changed)
		return value
	}
	panic("the path leads nowhere")
}

// createLost sends a create whose answer is lost as the context ends, and does to the service what happens meanwhile. The last look
// decides.
func createLost(t *testing.T, kind kind, before, meanwhile func(s *service, sent object), read ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s, client := kind.serve(t, func(s *service, sent object) {
		defer cancel()
		meanwhile(s, sent)
	})
	before(s, nil)
	for _, id := range read {
		require.NoError(t, client.read(ctx, id))
	}
	return client.create(ctx)
}

func nothing(*service, object) {}

// Whether an object is new is told by the service's clock, however far that is off.
func TestServiceClockTellsWhatIsNew(t *testing.T) {
	t.Parallel()
	for name, skew := range map[string]time.Duration{"behind": -10 * time.Minute, "ahead": 10 * time.Minute, "right": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			serviceTime := func(ago time.Duration) int64 { return time.Now().Add(skew - ago).UnixMilli() }
			dataset := kinds["dataset"]
			sent := dataset.sent(t)
			before := func(s *service, _ object) {
				s.skew = skew
				s.add(object{"name": "Another"})
				s.add(sent)
				s.objects[1]["created"] = serviceTime(time.Minute)
			}
			_, err := createLost(t, dataset, before, nothing, "1")
			var unknown *objects.UnknownError
			require.ErrorAs(t, err, &unknown, "the one that exists is older than the create")

			id, err := createLost(t, dataset, before, func(s *service, sent object) {
				s.add(sent)
				s.objects[2]["created"] = serviceTime(0)
			}, "1")
			require.NoError(t, err)
			require.Equal(t, "3", id)
		})
	}
}

// An object that differs in one sent member from what was sent is somebody else's. What the service withholds, adds or spells
// differently is no difference.
func TestLookAlikesAreNotAdopted(t *testing.T) {
	t.Parallel()
	for name, kind := range kinds {
		require.NotEmpty(t, lookAlikes[name])
		for _, test := range lookAlikes[name] {
			t.Run(name+"/"+test.name, func(t *testing.T) {
				t.Parallel()
				id, err := createLost(t, kind, nothing, func(s *service, sent object) {
					s.add(sent)
					s.objects[0] = with(s.objects[0], test.path, test.value).(object)
				})
				if test.adopted {
					require.NoError(t, err)
					require.Equal(t, "1", id)
					return
				}
				var unknown *objects.UnknownError
				require.ErrorAs(t, err, &unknown)
			})
		}
	}
}

// evidence are, by kind, the members that an object has to tell to be adopted.
var evidence = map[string][]string{
	"base connection": {"name"}, "source connection": {"name"}, "target connection": {"name"}, "dataflow": {"name"}, "dataset": {"name"},
	"mapping set": {"name"}, "field group": {"title"}, "schema": {"title"}, "descriptor": {"xdm:sourceSchema", "xdm:sourceProperty"},
	"reporting webhook": nil,
}

// isEvidence also holds for a field that is missing among others: what has some fields tells all of them.
func isEvidence(kind string, path untold.Path, form untold.Form) bool {
	if len(path) == 1 {
		return slices.Contains(evidence[kind], path[0].(string))
	}
	return form == untold.Missing && path[len(path)-2] == "properties" && path[len(path)-1] != "_acme"
}

// An object that leaves out a member, or has null or nothing there, may be the one that was sent all the same.
func TestMembersThatAreNotToldExcludeNothing(t *testing.T) {
	t.Parallel()
	for name, kind := range kinds {
		sent := kind.sent(t)
		for _, path := range untold.Members(sent) {
			for _, form := range untold.Forms {
				changed, is := form.In(sent, path)
				if !is || isEvidence(name, path, form) {
					continue
				}
				t.Run(fmt.Sprintf("%s%s/%s", name, path, form), func(t *testing.T) {
					t.Parallel()
					id, err := createLost(t, kind, nothing, func(s *service, _ object) { s.add(changed.(object)) })
					require.NoError(t, err)
					require.Equal(t, "1", id)
				})
			}
		}
	}
}

// What existed before a create was sent is not what it made, and is not taken for it later, whoever owns it.
func TestWhatExistedBeforeIsNotAdopted(t *testing.T) {
	t.Parallel()
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sent := kind.sent(t)
			existing := func(s *service, _ object) { s.add(sent) }
			_, err := createLost(t, kind, existing, nothing)
			var unknown *objects.UnknownError
			require.ErrorAs(t, err, &unknown)
			require.Equal(t, []string{"1"}, unknown.Window.Others)
		})
	}
}

// sent is what a create of the kind sends.
func (k kind) sent(t *testing.T) object {
	t.Helper()
	var body object
	_, err := createLost(t, k, nothing, func(_ *service, sent object) { body = sent })
	require.Error(t, err)
	return body
}
