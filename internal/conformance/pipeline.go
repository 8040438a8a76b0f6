package conformance

import (
	"context"
	"fmt"
	"maps"
	"net/http"
)

// IDs of specifications (documented: flow-cio).
const (
	sourceSpec   = "96479064-7b8a-4d69-b9ed-21c5683837ea"
	targetSpec   = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
	flowSpec     = "e77fde5a-22a8-11ed-861d-0242ac120002"
	providerID   = "521eee4d-8cbe-4906-bb48-fb6bd4450033"
	specVersion  = "1.0"
	contentType  = "application/vnd.adobe.xed-full+json;version=1"
	eventClass   = "https://ns.adobe.com/xdm/context/experienceevent"
	expression   = "iif(metric == null, \"none\", metric)"
	mappingName  = "Mapping"
	stateEnabled = "enabled"
)

type object = map[string]any

// tenant is the namespace of custom fields, such as "_acme". It tells whose account it is.
func (s *session) tenant(ctx context.Context) (string, error) {
	if s.namespace != "" {
		return s.namespace, nil
	}
	stats, err := s.get(ctx, schemaRegistry+"/stats", nil)
	if err != nil {
		return "", err
	}
	id := text(stats.value, "tenantId")
	if id == "" {
		return "", fmt.Errorf("no tenant is told by Schema Registry: %s", stats.outcome())
	}
	s.namespace = "_" + id
	s.secrets.learn(s.namespace, "/"+id+"/", "%2F"+id+"%2F")
	return s.namespace, nil
}

// fieldGroup is the first object that a run creates. Its answer tells the type of the sandbox, which is looked at before anything else is
// created.
func fieldGroup(ctx context.Context, s *session) (*thing, error) {
	made, err := s.once(ctx, fieldGroupKind, "field group", func() (object, error) {
		tenant, err := s.tenant(ctx)
		if err != nil {
			return nil, err
		}
		fields := object{}
		for _, name := range []string{"email", "metric"} {
			fields[name] = object{"type": "string", "title": name}
		}
		return object{
			"type": "object", "title": s.title("field group"), "description": "", "meta:intendedToExtend": []string{eventClass},
			"definitions": object{"customFields": object{"properties": object{tenant: object{"type": "object", "properties": fields}}}},
			"allOf":       []object{{"$ref": "#/definitions/customFields"}},
		}, nil
	})
	if err == nil && isProduction(text(made.created.value, "meta:sandboxType")) && !s.allowProduction {
		s.stop(ErrProduction)
		return nil, ErrProduction
	}
	return made, err
}

func schema(ctx context.Context, s *session) (*thing, error) {
	return s.once(ctx, schemaKind, "schema", func() (object, error) {
		group, err := fieldGroup(ctx, s)
		if err != nil {
			return nil, err
		}
		return object{
			"type": "object", "title": s.title("schema"), "description": "", "allOf": []object{{"$ref": eventClass}, {"$ref": group.id}},
		}, nil
	})
}

func dataset(ctx context.Context, s *session) (*thing, error) {
	return s.once(ctx, datasetKind, "dataset", func() (object, error) {
		followed, err := schema(ctx, s)
		if err != nil {
			return nil, err
		}
		return object{"name": s.title("dataset"), "schemaRef": object{"id": followed.id, "contentType": contentType}}, nil
	})
}

func mappingSet(ctx context.Context, s *session) (*thing, error) {
	return s.once(ctx, mappingSetKind, "mapping set", func() (object, error) { return s.mappings(ctx) })
}

// mappings is the body of a mapping set of an attribute and an expression, with further members over it.
func (s *session) mappings(ctx context.Context, more ...object) (object, error) {
	followed, err := schema(ctx, s)
	if err != nil {
		return nil, err
	}
	tenant, err := s.tenant(ctx)
	if err != nil {
		return nil, err
	}
	body := object{
		"name":         s.title("mapping set"),
		"outputSchema": object{"schemaRef": object{"id": followed.id, "contentType": contentType}},
		"mappings": []object{
			{"sourceType": "ATTRIBUTE", "source": "data.identifiers.email", "destination": tenant + ".email"},
			{"sourceType": "EXPRESSION", "source": expression, "destination": tenant + ".metric"},
		},
	}
	for _, members := range more {
		maps.Copy(body, members)
	}
	return body, nil
}

func sourceConnection(ctx context.Context, s *session) (*thing, error) {
	return s.once(ctx, sourceConnectionKind, "source connection", func() (object, error) { return s.source("source connection"), nil })
}

func (s *session) source(label string) object {
	return object{
		"name": s.title(label), "providerId": providerID, "connectionSpec": object{"id": sourceSpec, "version": specVersion},
		"data": object{"format": "json"},
	}
}

func targetConnection(ctx context.Context, s *session) (*thing, error) {
	return s.once(ctx, targetConnectionKind, "target connection", func() (object, error) {
		followed, err := schema(ctx, s)
		if err != nil {
			return nil, err
		}
		filled, err := dataset(ctx, s)
		if err != nil {
			return nil, err
		}
		return object{
			"name": s.title("target connection"), "connectionSpec": object{"id": targetSpec, "version": specVersion},
			"data":   object{"format": "json", "schema": object{"id": followed.id, "version": contentType}},
			"params": object{"dataSetId": filled.id},
		}, nil
	})
}

func dataflow(ctx context.Context, s *session) (*thing, error) {
	return s.once(ctx, dataflowKind, "dataflow", func() (object, error) { return s.flow(ctx, "dataflow", 0) })
}

// flow is the body of a dataflow with a version of the mapping set.
func (s *session) flow(ctx context.Context, label string, version int) (object, error) {
	source, err := sourceConnection(ctx, s)
	if err != nil {
		return nil, err
	}
	target, err := targetConnection(ctx, s)
	if err != nil {
		return nil, err
	}
	set, err := mappingSet(ctx, s)
	if err != nil {
		return nil, err
	}
	return object{
		"name": s.title(label), "flowSpec": object{"id": flowSpec, "version": specVersion},
		"sourceConnectionIds": []string{source.id}, "targetConnectionIds": []string{target.id},
		"transformations": []object{mapping(set.id, version)},
	}, nil
}

func mapping(id string, version int) object {
	return object{"name": mappingName, "params": object{"mappingId": id, "mappingVersion": version}}
}

// webhook never sends anything: it is disabled, and its endpoint belongs to nobody.
func webhook(ctx context.Context, s *session) (*thing, error) {
	return s.once(ctx, webhookKind, "webhook", func() (object, error) { return s.webhook("webhook"), nil })
}

const webhookEndpoint = "https://example.com/conformance?x-adobe-flow-id=" + someUUID

func (s *session) webhook(label string) object {
	return object{
		"name": s.title(label), "endpoint": webhookEndpoint, "events": []string{"slack_drafted", "slack_attempted"},
		"disabled": true, "full_resolution": false, "with_content": false,
	}
}

// patch changes an object of Flow Service. The etag is the current one unless another is given.
func (s *session) patch(ctx context.Context, t *thing, etag string, operations ...object) (*answer, error) {
	header := http.Header{}
	if etag != "" {
		header.Set("If-Match", etag)
	}
	return s.adobe(ctx, call{method: http.MethodPatch, path: t.path(), header: header, body: operations})
}

// current is the object of Flow Service as a read answers it now.
func (s *session) current(ctx context.Context, t *thing) (any, error) {
	return t.described(s.read(ctx, t))
}

// latest is the object of Flow Service as the latest read answered it.
func (s *session) latest(ctx context.Context, t *thing) (any, error) {
	return t.described(s.known(ctx, t))
}

func (t *thing) described(received *answer, err error) (any, error) {
	if err == nil && !received.isSuccess() {
		err = fmt.Errorf("the %s cannot be read: %s", t.name, received.outcome())
	}
	if err != nil {
		return nil, err
	}
	return t.whole(received), nil
}
