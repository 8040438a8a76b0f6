package flowservice

import (
	"encoding/json"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// SourceConnection is where a dataflow takes its data from.
type SourceConnection struct {
	ID               string     `json:"id,omitempty"`
	Name             string     `json:"name"`
	Description      string     `json:"description,omitempty"`
	ConnectionSpec   SpecRef    `json:"connectionSpec"`
	BaseConnectionID string     `json:"baseConnectionId,omitempty"`
	Data             SourceData `json:"data"`
	// ProviderID is not in any documented answer, so it cannot be read back.
	ProviderID string          `json:"providerId,omitempty"`
	Params     json.RawMessage `json:"params,omitempty"`
	// CreatedAt is set by the service and never sent.
	CreatedAt jsonvalue.Time `json:"createdAt,omitzero"`
}

// SourceData is the form of the data; "json" is the only one for Customer.io (documented: flow-cio).
type SourceData struct {
	Format string `json:"format"`
}

// Wanted is the source connection to create.
func (s SourceConnection) Wanted() objects.Wanted[SourceConnection] {
	return objects.Wanted[SourceConnection]{Name: s.Name, Body: s, Matches: s.matches}
}

// matches leaves out what the service does not return. It compares only the params that were sent, since the service adds some.
func (s SourceConnection) matches(other *SourceConnection) bool {
	return s.Name == other.Name && objects.Agree(s.Description, other.Description) && s.ConnectionSpec.agrees(other.ConnectionSpec) &&
		objects.Agree(s.BaseConnectionID, other.BaseConnectionID) && objects.Agree(s.Data, other.Data) && agreesWith(s.Params, other.Params)
}

// agreesWith tells whether an answered JSON object does not contradict the members that were sent.
func agreesWith(sent, answered json.RawMessage) bool {
	if len(sent) == 0 { // the service adds params of its own
		return true
	}
	told, err := jsonvalue.Over(answered, sent)
	if err != nil {
		return false
	}
	untold, err := jsonvalue.Over(nil, sent)
	return err == nil && jsonvalue.Equal(told, untold)
}
