// Package catalog calls Adobe's Catalog Service: the datasets that events end in.
package catalog

import (
	"net/http"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// Service is the name in errors and logs.
	Service = "Adobe Catalog Service"
	// BasePath is the service's path on the platform's host (documented: catalog-api).
	BasePath = "/data/foundation/catalog"
)

// NotFound is how the service writes a 404.
var NotFound = transport.AdobeProblem

// Client calls Catalog in one sandbox.
type Client struct {
	Datasets objects.Collection[Dataset]
}

// New builds a client on a transport whose base URL ends with [BasePath]. The register is that of all clients of the provider.
func New(client *transport.Client, register *objects.Register) *Client {
	const path = "/dataSets"
	return &Client{objects.Collection[Dataset]{
		Transport: client, Register: register, Path: path, Object: "dataset", Referred: true,
		Receipt:  func() objects.Envelope[Dataset] { return &references{} },
		Envelope: func() objects.Envelope[Dataset] { return &byID{} },
		Identify: func(one *Dataset) (string, time.Time) { return one.ID, one.Created.Time },
		Reader:   func(name string) objects.Reader[Dataset] { return datasetsByName(client, path, name) },
		Tells:    func(one *Dataset) bool { return one.Name != "" && one.SchemaRef.ID != "" },
		Patching: objects.Patching[Dataset]{
			// A patch that removes something is refused when it is repeated after its answer was lost.
			Attempts: objects.RefusedPatchAttempts, RetryOn: http.StatusBadRequest,
			// A plain JSON body would overwrite all tags, the service's own included (documented: catalog-update).
			Header: func(*Dataset) http.Header { return http.Header{"Content-Type": {"application/json-patch+json"}} },
		},
	}}
}
