package flowservice

import (
	"encoding/json"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// BaseConnection holds the credentials for a source that requires them. The published Customer.io specification does not.
type BaseConnection struct {
	ID             string  `json:"id,omitempty"`
	Name           string  `json:"name"`
	Description    string  `json:"description,omitempty"`
	ConnectionSpec SpecRef `json:"connectionSpec"`
	// ProviderID is not in any documented answer, so it cannot be read back.
	ProviderID string `json:"providerId,omitempty"`
	Auth       *Auth  `json:"auth,omitempty"`
	// CreatedAt is set by the service and never sent.
	CreatedAt jsonvalue.Time `json:"createdAt,omitzero"`
}

// Auth is how a base connection authenticates. Params depend on the connection specification. The service withholds some of
// them in its answers (documented: flow-api).
type Auth struct {
	SpecName string          `json:"specName"`
	Params   json.RawMessage `json:"params,omitempty"`
}

// Wanted is the base connection to create.
func (b BaseConnection) Wanted() objects.Wanted[BaseConnection] {
	return objects.Wanted[BaseConnection]{Name: b.Name, Body: b, Matches: b.matches}
}

// matches leaves out what the service withholds or does not return.
func (b BaseConnection) matches(other *BaseConnection) bool {
	return b.Name == other.Name && objects.Agree(b.Description, other.Description) && b.ConnectionSpec.agrees(other.ConnectionSpec) &&
		objects.Agree(b.Auth.name(), other.Auth.name())
}

// name is "" for no authentication.
func (a *Auth) name() string {
	if a == nil {
		return ""
	}
	return a.SpecName
}
