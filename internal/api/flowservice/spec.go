package flowservice

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const flowSpecs = "/flowSpecs"

// ConnectionSpec describes a source or a target that the organization may use.
type ConnectionSpec struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Version    string `json:"version"`
	ProviderID string `json:"providerId"`
}

// Specs are the connection specifications, or the flow specifications. They have nothing in common but that others refer to them.
type Specs interface {
	Confirm(ctx context.Context, id string) error
	What() string
}

// FlowSpec is how a dataflow runs, as far as it matters here.
type FlowSpec struct {
	ID string `json:"id"`
}

// IsPublishedSpec tells whether Adobe publishes an ID for the Customer.io source.
func IsPublishedSpec(id string) bool {
	return slices.ContainsFunc([]string{CustomerIOConnectionSpec, DataLakeConnectionSpec, GenericStreamingFlowSpec}, func(one string) bool {
		return strings.EqualFold(one, id)
	})
}

// IsUnavailable tells whether err, of a read of a specification, says that there is no such specification, or none for this organization: the table of error
// codes has one for a specification that is not valid and one for a missing entitlement.
func IsUnavailable(err error) bool {
	return transport.IsNotFound(err) || transport.HasCode(err, "1100-400", "1413-400")
}

// FlowSpecsOfSource are the IDs of the flow specifications that accept a connection specification as their source, sorted. Every
// dataflow needs one of them (documented: sdk-flow-specs).
func (c *Client) FlowSpecsOfSource(ctx context.Context, connectionSpecID string) ([]string, error) {
	found := []string{}
	for raw, err := range pages(c.transport, flowSpecs, listQuery("")).Items(ctx) {
		if err != nil {
			return nil, err
		}
		var spec struct {
			ID      string   `json:"id"`
			Sources []string `json:"sourceConnectionSpecIds"`
		}
		if json.Unmarshal(raw, &spec) == nil && slices.Contains(spec.Sources, connectionSpecID) {
			found = append(found, spec.ID)
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}
