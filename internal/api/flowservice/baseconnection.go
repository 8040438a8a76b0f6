package flowservice

import (
	"context"
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

func (b BaseConnection) wanted() objects.Wanted[BaseConnection] {
	return objects.Wanted[BaseConnection]{Name: b.Name, Body: b, Matches: b.matches}
}

// matches leaves out what the service withholds or does not return.
func (b BaseConnection) matches(other *BaseConnection) bool {
	sameAuth := (b.Auth == nil) == (other.Auth == nil) && (b.Auth == nil || b.Auth.SpecName == other.Auth.SpecName)
	return b.Name == other.Name && b.Description == other.Description && b.ConnectionSpec == other.ConnectionSpec && sameAuth
}

// CreateBaseConnection returns the ID of the new base connection.
func (c *Client) CreateBaseConnection(ctx context.Context, connection BaseConnection) (string, error) {
	return c.bases.create(ctx, connection.wanted())
}

// FindCreatedBaseConnection finds what a create with an unknown outcome created, and returns "" if that is nothing.
func (c *Client) FindCreatedBaseConnection(ctx context.Context, connection BaseConnection, window objects.Window) (string, error) {
	return c.bases.FindCreated(ctx, connection.wanted(), window)
}

// BaseConnection reads a base connection.
func (c *Client) BaseConnection(ctx context.Context, id string) (*BaseConnection, error) {
	return c.bases.Get(ctx, id)
}

// ListBaseConnections lists the base connections that a filter selects.
func (c *Client) ListBaseConnections(ctx context.Context, filter Filter) ([]BaseConnection, error) {
	return c.bases.List(ctx, filter.Name)
}

// BaseConnectionChange has the members that change in place; nil members stay as they are.
type BaseConnectionChange struct {
	TextChange
	AuthParams json.RawMessage
}

// UpdateBaseConnection changes a base connection. New auth params replace all old ones (documented: flow-destinations).
func (c *Client) UpdateBaseConnection(ctx context.Context, id string, change BaseConnectionChange) error {
	if change.AuthParams == nil {
		return c.bases.updateTexts(ctx, id, change.TextChange)
	}
	return c.bases.update(ctx, id, func(current *revision) (objects.Patch, error) {
		patch, err := change.patch(current)
		patch.Add("/auth/params", change.AuthParams)
		return patch, err
	})
}

// DeleteBaseConnection waits until the base connection is gone.
func (c *Client) DeleteBaseConnection(ctx context.Context, id string) error {
	return c.bases.revisions.Remove(ctx, id)
}
