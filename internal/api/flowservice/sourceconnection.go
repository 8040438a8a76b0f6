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
	return s.Name == other.Name && s.Description == other.Description && s.ConnectionSpec == other.ConnectionSpec &&
		s.BaseConnectionID == other.BaseConnectionID && s.Data == other.Data && includes(other.Params, s.Params)
}

// includes tells whether a JSON object has all members of another one, with the same values. Null and absent objects have none.
func includes(object, members json.RawMessage) bool {
	var has, wants map[string]json.RawMessage
	if len(members) == 0 {
		return true
	}
	if json.Unmarshal(members, &wants) != nil {
		return false
	}
	if len(object) > 0 && json.Unmarshal(object, &has) != nil {
		return false
	}
	for name, value := range wants {
		held, told := has[name]
		if !told {
			held = json.RawMessage("null")
		}
		if !jsonvalue.Equal(held, value) {
			return false
		}
	}
	return true
}
