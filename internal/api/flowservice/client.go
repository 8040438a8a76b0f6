// Package flowservice calls Adobe's Flow Service: base, source and target connections, and dataflows.
package flowservice

import (
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// Service is the name in errors and logs.
	Service = "Adobe Flow Service"
	// BasePath is the service's path on the platform's host (documented: flow-api).
	BasePath = "/data/foundation/flowservice"
)

// Identifiers that Adobe publishes for the Customer.io source (documented: flow-cio).
const (
	CustomerIOConnectionSpec = "96479064-7b8a-4d69-b9ed-21c5683837ea"
	DataLakeConnectionSpec   = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
	GenericStreamingFlowSpec = "e77fde5a-22a8-11ed-861d-0242ac120002"
	StreamingProvider        = "521eee4d-8cbe-4906-bb48-fb6bd4450033"
	SpecVersion              = "1.0"
)

// NotFound is how the service writes a 404: a problem, or the older form (sources: flow-api).
var NotFound = append(transport.Form{{"errorMessage": "", "errorDetails": ""}}, transport.AdobeProblem...)

// Client calls the Flow Service in one sandbox.
type Client struct {
	transport         *transport.Client
	BaseConnections   Collection[BaseConnection]
	SourceConnections Collection[SourceConnection]
	TargetConnections Collection[TargetConnection]
	ConnectionSpecs   Collection[ConnectionSpec]
	FlowSpecs         Collection[FlowSpec]
	Flows             Flows
}

// New builds a client on a transport whose base URL ends with [BasePath]. The register is that of all clients of the provider.
func New(client *transport.Client, register *objects.Register) *Client {
	c := &Client{
		transport: client,
		BaseConnections: newCollection(client, register, "/connections", "base connection",
			func(one *BaseConnection) (string, time.Time) { return one.ID, one.CreatedAt.Time }),
		SourceConnections: newCollection(client, register, "/sourceConnections", "source connection",
			func(one *SourceConnection) (string, time.Time) { return one.ID, one.CreatedAt.Time }),
		TargetConnections: newCollection(client, register, "/targetConnections", "target connection",
			func(one *TargetConnection) (string, time.Time) { return one.ID, one.CreatedAt.Time }),
		ConnectionSpecs: newCollection(client, register, "/connectionSpecs", "connection specification",
			func(one *ConnectionSpec) (string, time.Time) { return one.ID, time.Time{} }),
		FlowSpecs: newCollection(client, register, flowSpecs, "flow specification",
			func(one *FlowSpec) (string, time.Time) { return one.ID, time.Time{} }),
		Flows: Flows{newCollection(client, register, "/flows", "dataflow",
			func(one *Flow) (string, time.Time) { return one.ID, one.CreatedAt.Time })},
	}
	c.Flows.Envelope = func() objects.Envelope[Flow] { return &flowItems{} }
	c.BaseConnections.Tells = func(one *BaseConnection) bool { return one.Name != "" && one.ConnectionSpec.ID != "" }
	c.SourceConnections.Tells = func(one *SourceConnection) bool { return one.Name != "" && one.ConnectionSpec.ID != "" }
	c.TargetConnections.Tells = (*TargetConnection).tells
	c.Flows.Tells = (*Flow).tells
	return c
}

// SpecRef refers to a connection or flow specification.
type SpecRef struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// agrees tells whether an answer does not contradict the reference.
func (r SpecRef) agrees(answered SpecRef) bool {
	return objects.Agree(r.ID, answered.ID) && objects.Agree(r.Version, answered.Version)
}

// IsCustomerIO tells whether it refers to the connection specification of Customer.io.
func (r SpecRef) IsCustomerIO() bool { return strings.EqualFold(r.ID, CustomerIOConnectionSpec) }
