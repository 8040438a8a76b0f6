package flow

import (
	_ "embed"
	"slices"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// The IDs that Adobe gave to the two connection specs that are told apart here.
const (
	specHTTPAPI  = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
	specDataLake = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
)

// specs are the connection specs and flow specs of this pipeline and its nearest relatives, by collection, as the
// service answers them. A flow spec declares mappingVersion a text, although clients send a number.
var specs = document.MustDecode[map[string][]map[string]any](specsJSON)

//go:embed specs.json
var specsJSON []byte

func findSpec(collection, id string) (spec map[string]any, known bool) {
	i := slices.IndexFunc(specs[collection], func(spec map[string]any) bool { return spec["id"] == id })
	if i < 0 {
		return nil, false
	}
	return specs[collection][i], true
}

// withoutAuth: the connector has no authentication, so its source connections have no base connection. Those made with
// Adobe's SDK for streaming sources take JSON alone.
func withoutAuth(connectionSpec map[string]any) bool {
	return len(document.List(connectionSpec, "authSpec")) == 0
}

func (s *Service) listSpecs(collection string) web.Handler {
	return func(r *web.Request) (*web.Answer, error) {
		return s.answerList(r.URL.Query(), collection, specs[collection])
	}
}

func getSpec(collection string) web.Handler {
	return func(r *web.Request) (*web.Answer, error) {
		spec, known := findSpec(collection, r.PathValue("id"))
		if !known {
			return nil, notFound(collection, r.PathValue("id"))
		}
		return answerOne(spec)
	}
}
