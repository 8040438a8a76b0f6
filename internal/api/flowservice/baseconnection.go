package flowservice

import (
	"context"
	"encoding/json"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
)

const baseConnections = "/connections"

// BaseConnection holds the credentials of a source that needs some. The published Customer.io specification needs none.
type BaseConnection struct {
	ID             string  `json:"id,omitempty"`
	Name           string  `json:"name"`
	Description    string  `json:"description,omitempty"`
	ConnectionSpec SpecRef `json:"connectionSpec"`
	// ProviderID is not in any documented answer, so it cannot be read back.
	ProviderID string `json:"providerId,omitempty"`
	Auth       *Auth  `json:"auth,omitempty"`
	// CreatedAt is the service's, and no part of a request.
	CreatedAt jsonvalue.Time `json:"createdAt,omitzero"`
}

// Auth is how a base connection authenticates. Params depend on the connection specification, and the service returns
// them partly withheld (documented).
type Auth struct {
	SpecName string          `json:"specName"`
	Params   json.RawMessage `json:"params,omitempty"`
}

// BaseConnectionChange holds what changes in place; nil members stay as they are.
type BaseConnectionChange struct {
	TextChange
	AuthParams json.RawMessage
}

// CreateBaseConnection returns the id that the service assigned.
func (c *Client) CreateBaseConnection(ctx context.Context, connection BaseConnection) (string, error) {
	return c.create(ctx, baseConnections, connection, c.baseConnectionsLike(connection))
}

// LeftBaseConnection finds what a create with an unknown outcome made, and returns "" where that is nothing.
func (c *Client) LeftBaseConnection(ctx context.Context, connection BaseConnection, window adopt.Window) (string, error) {
	return c.register.Find(ctx, "base connection", c.baseConnectionsLike(connection), window)
}

func (c *Client) baseConnectionsLike(connection BaseConnection) adopt.Finder {
	return adopt.Among(
		func(ctx context.Context) ([]BaseConnection, error) {
			return c.ListBaseConnections(ctx, Filter{Name: connection.Name})
		},
		func(one *BaseConnection) (string, time.Time) { return one.ID, one.CreatedAt.Time },
		connection.isLike,
	)
}

// isLike leaves out what the service withholds or does not return.
func (b BaseConnection) isLike(other *BaseConnection) bool {
	sameAuth := (b.Auth == nil) == (other.Auth == nil) && (b.Auth == nil || b.Auth.SpecName == other.Auth.SpecName)
	return b.Name == other.Name && b.Description == other.Description && b.ConnectionSpec == other.ConnectionSpec && sameAuth
}

// BaseConnection reads a base connection.
func (c *Client) BaseConnection(ctx context.Context, id string) (*BaseConnection, error) {
	return get[BaseConnection](ctx, c, baseConnections, id)
}

// ListBaseConnections lists the base connections that a filter lets through.
func (c *Client) ListBaseConnections(ctx context.Context, filter Filter) ([]BaseConnection, error) {
	return list[BaseConnection](ctx, c, baseConnections, filter)
}

// UpdateBaseConnection changes a base connection. New auth params take the place of all the old ones (documented).
func (c *Client) UpdateBaseConnection(ctx context.Context, id string, change BaseConnectionChange) error {
	if change.TextChange == (TextChange{}) && change.AuthParams == nil {
		return nil // refused by the service (1405-400)
	}
	return c.patch(ctx, baseConnections, id, func(current *revision) ([]Operation, error) {
		operations, err := current.texts(change.TextChange)
		if change.AuthParams != nil {
			operations = append(operations, set("/auth/params", change.AuthParams))
		}
		return operations, err
	})
}

// DeleteBaseConnection waits until the base connection is gone.
func (c *Client) DeleteBaseConnection(ctx context.Context, id string) error {
	return c.remove(ctx, baseConnections, id)
}
