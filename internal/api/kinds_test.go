// Package api_test holds what is true of the objects of all services.
package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

type object = map[string]any

// kind is one kind of object: how a client of its service uses it, and how the service answers.
type kind struct {
	path string
	open func(client *transport.Client) calls
	// assigned are the members that the service adds.
	assigned func(id string) object
	list     func(all []object) any
	one      func(found object) any
}

// calls are those of one client of a service.
type calls struct {
	create func(ctx context.Context) (string, error)
	read   func(ctx context.Context, id string) error
}

const (
	mediaType = "application/vnd.adobe.xed-full+json;version=1"
	schemaID  = "https://ns.adobe.com/acme/schemas/1"
	groupID   = "https://ns.adobe.com/acme/mixins/1"
)

var (
	yes  = true
	spec = flowservice.SpecRef{ID: "96479064-7b8a-4d69-b9ed-21c5683837ea", Version: "1.0"}

	kinds = map[string]kind{
		"base connection": flowKind("/connections", func(c *flowservice.Client) *objects.Collection[flowservice.BaseConnection] {
			return &c.BaseConnections.Collection
		}, flowservice.BaseConnection{
			Name: "Shop", Description: "EU", ConnectionSpec: spec,
			Auth: &flowservice.Auth{SpecName: "Basic", Params: json.RawMessage(`{"password":"x"}`)},
		}),
		"source connection": flowKind("/sourceConnections", func(c *flowservice.Client) *objects.Collection[flowservice.SourceConnection] {
			return &c.SourceConnections.Collection
		}, flowservice.SourceConnection{
			Name: "Shop", Description: "EU", ConnectionSpec: spec, BaseConnectionID: "b1",
			Data: flowservice.SourceData{Format: "json"}, Params: json.RawMessage(`{"region":"eu"}`),
		}),
		"target connection": flowKind("/targetConnections", func(c *flowservice.Client) *objects.Collection[flowservice.TargetConnection] {
			return &c.TargetConnections.Collection
		}, flowservice.TargetConnection{
			Name: "Shop", Description: "EU", ConnectionSpec: spec, Params: flowservice.TargetParams{DataSetID: "d1"},
			Data: flowservice.TargetData{Format: "json", Schema: flowservice.SchemaRef{ID: schemaID, Version: mediaType}},
		}),
		"dataflow": flowKind("/flows", func(c *flowservice.Client) *objects.Collection[flowservice.Flow] {
			return &c.Flows.Collection.Collection
		}, flowservice.NewFlow{
			Name: "Shop", Description: "EU", FlowSpec: spec, SourceConnectionID: "s1", TargetConnectionID: "t1",
			Mapping: flowservice.MappingRef{MappingID: "m1", MappingVersion: 2},
		}),
		"dataset": newKind("/dataSets", catalog.New, func(c *catalog.Client) *objects.Collection[catalog.Dataset] { return &c.Datasets },
			catalog.Dataset{
				Name: "Shop", Description: "EU", SchemaRef: xdm.SchemaRef{ID: schemaID, ContentType: mediaType},
				Tags: map[string][]string{"team": {"crm"}}, ErrorDiagnostics: &yes,
			},
			func(id string) object { return object{"id": id, "created": now()} },
			func(all []object) any {
				byID := object{}
				for _, one := range all {
					byID[one["id"].(string)] = one
				}
				return byID
			},
			func(found object) any { return object{found["id"].(string): found} }),
		"mapping set": newKind("/mappingSets", dataprep.New, func(c *dataprep.Client) *objects.Collection[dataprep.MappingSet] { return &c.MappingSets },
			dataprep.MappingSet{
				Name: "Shop", SchemaID: schemaID, ContentType: mediaType, Mappings: []dataprep.Mapping{
					{Destination: "_acme.email", Source: "data.identifiers.email", SourceType: dataprep.SourceAttribute},
					{Destination: "_acme.at", Source: "timestamp*1000", SourceType: dataprep.SourceExpression},
				},
			},
			func(id string) object { return object{"id": id, "version": 1, "createdDate": now()} },
			func(all []object) any { return object{"data": all, "_page": object{"limit": 100}} },
			func(found object) any { return found }),
		"field group": registryKind("/tenant/fieldgroups", "$id", func(c *schemaregistry.Client) *objects.Collection[schemaregistry.FieldGroup] {
			return &c.FieldGroups
		}, schemaregistry.NewFieldGroup("Shop fields", "EU", "_acme", []schemaregistry.Field{
			{Name: "email", Title: "Email", Description: "Of the person", Type: schemaregistry.TypeString},
			{Name: "at", Title: "At", Type: schemaregistry.TypeLong},
		})),
		"schema": registryKind("/tenant/schemas", "$id", func(c *schemaregistry.Client) *objects.Collection[schemaregistry.Schema] {
			return &c.Schemas
		}, schemaregistry.NewSchema("Shop", "EU", groupID)),
		"descriptor": registryKind("/tenant/descriptors", "@id", func(c *schemaregistry.Client) *objects.Collection[schemaregistry.Descriptor] {
			return &c.Descriptors
		}, schemaregistry.NewPrimaryIdentity(schemaID, "/_acme/email", "Email")),
		"reporting webhook": newKind("/v1/reporting_webhooks", customerio.New,
			func(c *customerio.Client) *objects.Collection[customerio.ReportingWebhook] {
				return &c.ReportingWebhooks
			},
			customerio.WebhookSettings{
				Name: "Shop", Endpoint: "https://dcs.adobedc.net/collection/febc", Events: []string{"email_sent", "email_opened"},
			},
			func(id string) object { return object{"id": id, "type": "webhook"} },
			func(all []object) any { return object{"reporting_webhooks": all} },
			func(found object) any { return found }),
	}
)

func now() int64 { return time.Now().UnixMilli() }

// newKind is a kind of a service whose client is built by connect, and of which wanted is an example.
func newKind[C, T any](path string, connect func(*transport.Client, *objects.Register) C, collection func(C) *objects.Collection[T], wanted objects.Creatable[T],
	assigned func(id string) object, list func(all []object) any, one func(object) any) kind {
	return kind{
		path: path, assigned: assigned, list: list, one: one,
		open: func(client *transport.Client) calls {
			c := collection(connect(client, objects.NewRegister()))
			return calls{
				create: func(ctx context.Context) (string, error) { return c.Create(ctx, wanted) },
				read: func(ctx context.Context, id string) error {
					_, err := c.Get(ctx, id)
					return err
				},
			}
		},
	}
}

func flowKind[T any](path string, collection func(*flowservice.Client) *objects.Collection[T], wanted objects.Creatable[T]) kind {
	return newKind(path, flowservice.New, collection, wanted,
		func(id string) object { return object{"id": id, "createdAt": now()} },
		func(all []object) any { return object{"items": all, "_links": object{}} },
		func(found object) any { return object{"items": []object{found}} })
}

func registryKind[T any](path, id string, collection func(*schemaregistry.Client) *objects.Collection[T], wanted objects.Creatable[T]) kind {
	return newKind(path, schemaregistry.New, collection, wanted,
		func(value string) object {
			return object{id: value, "meta:class": schemaregistry.ExperienceEvent, "meta:registryMetadata": object{"repo:createdDate": now()}}
		},
		func(all []object) any { return object{"results": all, "_page": object{"next": nil}} },
		func(found object) any { return found })
}

// service keeps the objects of one kind.
type service struct {
	kind
	mutex   sync.Mutex
	objects []object
	posts   int
	// skew is how far the service's clock is ahead.
	skew time.Duration
	// post is called with what a POST asks for. Its answer is lost.
	post func(s *service, sent object)
}

// serve starts a service without objects, and opens it.
func (k kind) serve(t *testing.T, post func(s *service, sent object)) (*service, calls) {
	t.Helper()
	s := &service{kind: k, post: post}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, k.open(transport.New(transport.Config{Service: "Shop", BaseURL: server.URL, Timeout: 10 * time.Second, MaxRetries: 2}))
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		var sent object
		if json.NewDecoder(r.Body).Decode(&sent) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		s.post(s, sent)
		panic(http.ErrAbortHandler)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Date", time.Now().Add(s.skew).UTC().Format(http.TimeFormat))
	if r.URL.Path == s.path {
		_ = json.NewEncoder(w).Encode(s.list(s.objects))
		return
	}
	for _, one := range s.objects {
		if id := strings.TrimPrefix(r.URL.Path, s.path+"/"); r.URL.Query().Get("version") == "" && s.idOf(one) == id {
			_ = json.NewEncoder(w).Encode(s.one(one))
			return
		}
	}
	w.WriteHeader(http.StatusNotFound)
}

// add keeps an object with what the service adds.
func (s *service) add(sent object) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.posts++
	maps.Copy(sent, s.assigned(fmt.Sprint(s.posts)))
	s.objects = append(s.objects, sent)
}

func (s *service) idOf(one object) string {
	for _, name := range []string{"id", "$id", "@id"} {
		if id, is := one[name].(string); is {
			return id
		}
	}
	return ""
}
