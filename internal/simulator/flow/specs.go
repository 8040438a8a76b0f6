package flow

import (
	"maps"
	"slices"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// The ids that Adobe gave to the specs of this pipeline.
const (
	specCustomerIO = "96479064-7b8a-4d69-b9ed-21c5683837ea"
	specPendo      = "6ff5654f-19d5-427d-bd3e-c0ebc802389a"
	specHTTPAPI    = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
	specAmazonS3   = "ecadc60c-7455-4d87-84dc-2a0e293d997b"
	specDataLake   = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"

	flowSpecStreaming  = "e77fde5a-22a8-11ed-861d-0242ac120002"
	flowSpecHTTPMapped = "c1a19761-d2c7-4702-b9fa-fe91f0613e81"
	flowSpecHTTPPlain  = "d8a6f005-7eaf-4153-983e-e8574508b877"

	providerStreaming = "521eee4d-8cbe-4906-bb48-fb6bd4450033"
	providerBatch     = "0ed90a81-07f4-4586-8190-b40eccef1c5a"
)

type authSpec struct {
	name, kind string
	required   []string
}

// connectionSpec is what the service knows of a connector.
type connectionSpec struct {
	id, name, provider, category string
	auth                         []authSpec
	// onlyJSON: the connector takes json as its only data format.
	onlyJSON bool
	// withoutBase: the connector has no authentication, so its source connections have no base connection.
	withoutBase bool
	isSource    bool
}

var connectionSpecs = map[string]connectionSpec{
	specCustomerIO: {
		id: specCustomerIO, name: "customerio-webhook", provider: providerStreaming, category: "Marketing Automation",
		onlyJSON: true, withoutBase: true, isSource: true,
	},
	specPendo: {
		id: specPendo, name: "pendo-webhook", provider: providerStreaming, category: "Analytics",
		onlyJSON: true, withoutBase: true, isSource: true,
	},
	specHTTPAPI: {
		id: specHTTPAPI, name: "Streaming Connection", provider: providerStreaming, category: "Streaming",
		auth:     []authSpec{{name: "Streaming Connection", kind: "Streaming_Connection", required: []string{"dataType"}}},
		isSource: true,
	},
	specAmazonS3: {
		id: specAmazonS3, name: "amazon-s3", provider: providerBatch, category: "Cloud Storage",
		auth: []authSpec{
			{name: "Access Key", kind: "KeyBased", required: []string{"s3AccessKey", "s3SecretKey"}},
		},
		isSource: true,
	},
	specDataLake: {id: specDataLake, name: "Data Lake", provider: providerStreaming, category: "Data Lake", withoutBase: true},
}

type flowSpec struct {
	id, name      string
	sources       []string
	needsMapping  bool
	inletFromFlow bool
}

var flowSpecs = map[string]flowSpec{
	flowSpecStreaming: {
		id: flowSpecStreaming, name: "GenericStreamingAEP", sources: []string{specPendo, specCustomerIO},
		needsMapping: true, inletFromFlow: true,
	},
	flowSpecHTTPMapped: {
		id: flowSpecHTTPMapped, name: "Stream data with transformation", sources: []string{specHTTPAPI}, needsMapping: true,
	},
	flowSpecHTTPPlain: {
		id: flowSpecHTTPPlain, name: "Stream data without transformation", sources: []string{specHTTPAPI},
	},
}

type presentable interface{ present() map[string]any }

func listSpecs[S presentable](s *Service, path string, specs map[string]S) web.Handler {
	return func(r *web.Request) (*web.Answer, error) {
		var items []map[string]any
		for _, id := range slices.Sorted(maps.Keys(specs)) {
			items = append(items, document.Clone(specs[id].present()))
		}
		return s.answerList(r.URL.Query(), path, items)
	}
}

func getSpec[S presentable](path string, specs map[string]S) web.Handler {
	return func(r *web.Request) (*web.Answer, error) {
		spec, known := specs[r.PathValue("id")]
		if !known {
			return nil, notFound(path, r.PathValue("id"))
		}
		return answerOne(spec.present())
	}
}

func (spec connectionSpec) present() map[string]any {
	auth := []any{}
	for _, one := range spec.auth {
		auth = append(auth, map[string]any{"name": one.name, "type": one.kind, "spec": one.jsonSchema()})
	}
	shown := map[string]any{
		"id": spec.id, "name": spec.name, "providerId": spec.provider, "version": "1.0", "authSpec": auth,
		"attributes": map[string]any{
			"category": spec.category, "isSource": spec.isSource,
			"uiAttributes": map[string]any{"apiFeatures": map[string]any{"updateSupported": false}},
		},
		"permissionsInfo": permissions("StreamingSource"),
	}
	if spec.withoutBase && spec.isSource {
		shown["sourceSpec"] = map[string]any{"attributes": map[string]any{"authRequired": false}}
	}
	return shown
}

func (auth authSpec) jsonSchema() map[string]any {
	properties := map[string]any{}
	for _, name := range auth.required {
		properties[name] = map[string]any{"type": "string"}
	}
	return map[string]any{
		"$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
		"properties": properties, "required": auth.required,
	}
}

func (spec flowSpec) present() map[string]any {
	shown := map[string]any{
		"id": spec.id, "name": spec.name, "providerId": providerStreaming, "version": "1.0",
		"sourceConnectionSpecIds": spec.sources,
		"targetConnectionSpecIds": []string{specDataLake},
		"optionSpec":              map[string]any{"name": "OptionSpec", "spec": optionSchema},
		"attributes": map[string]any{
			"isSourceFlow": true,
			"uiAttributes": map[string]any{"apiFeatures": map[string]any{"updateSupported": true}},
		},
		"permissionsInfo": permissions("StreamingSource"),
	}
	if spec.needsMapping {
		shown["transformationSpecs"] = []any{map[string]any{"name": mappingTransformation, "spec": mappingSchema}}
	}
	return shown
}

var optionSchema = map[string]any{
	"$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
	"properties": map[string]any{
		"errorDiagnosticsEnabled": map[string]any{"type": "boolean", "default": false},
		"partialIngestionPercent": map[string]any{"type": "number", "exclusiveMinimum": 0},
		"inletUrl":                map[string]any{"type": "string"},
	},
}

// mappingSchema declares mappingVersion a string, although clients send a number.
var mappingSchema = map[string]any{
	"$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
	"properties": map[string]any{
		"mappingId":      map[string]any{"type": "string"},
		"mappingVersion": map[string]any{"type": "string"},
	},
}

func permissions(name string) map[string]any {
	return map[string]any{
		"manage": []any{map[string]any{"type": "lowLevel", "name": name, "permissions": []string{"write"}}},
		"view":   []any{map[string]any{"type": "lowLevel", "name": name, "permissions": []string{"read"}}},
	}
}
