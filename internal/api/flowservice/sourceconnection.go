package flowservice

import (
	"context"
	"encoding/json"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/change"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
)

const sourceConnections = "/sourceConnections"

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
	// CreatedAt is the service's, and no part of a request.
	CreatedAt jsonvalue.Time `json:"createdAt,omitzero"`
}

// SourceData is the form of the data; "json" is the only one for Customer.io (documented).
type SourceData struct {
	Format string `json:"format"`
}

// TextChange holds what changes in place on a source or target connection; nil members stay as they are. The service does
// not carry other changes over to the dataflow (documented).
type TextChange struct {
	Name, Description *change.Text
}

// CreateSourceConnection returns the id that the service assigned.
func (c *Client) CreateSourceConnection(ctx context.Context, connection SourceConnection) (string, error) {
	return c.create(ctx, sourceConnections, connection, c.sourceConnectionsLike(connection))
}

// LeftSourceConnection finds what a create with an unknown outcome made, and returns "" where that is nothing.
func (c *Client) LeftSourceConnection(ctx context.Context, connection SourceConnection, window adopt.Window) (string, error) {
	return c.register.Find(ctx, "source connection", c.sourceConnectionsLike(connection), window)
}

func (c *Client) sourceConnectionsLike(connection SourceConnection) adopt.Finder {
	return adopt.Among(
		func(ctx context.Context) ([]SourceConnection, error) {
			return c.ListSourceConnections(ctx, Filter{Name: connection.Name})
		},
		func(one *SourceConnection) (string, time.Time) { return one.ID, one.CreatedAt.Time },
		connection.isLike,
	)
}

// isLike leaves out what the service does not return. Of params it looks at those that were sent, since the service adds some.
func (s SourceConnection) isLike(other *SourceConnection) bool {
	return s.Name == other.Name && s.Description == other.Description && s.ConnectionSpec == other.ConnectionSpec &&
		s.BaseConnectionID == other.BaseConnectionID && s.Data == other.Data && jsonvalue.Includes(other.Params, s.Params)
}

// SourceConnection reads a source connection.
func (c *Client) SourceConnection(ctx context.Context, id string) (*SourceConnection, error) {
	return get[SourceConnection](ctx, c, sourceConnections, id)
}

// ListSourceConnections lists the source connections that a filter lets through.
func (c *Client) ListSourceConnections(ctx context.Context, filter Filter) ([]SourceConnection, error) {
	return list[SourceConnection](ctx, c, sourceConnections, filter)
}

// UpdateSourceConnection changes name and description.
func (c *Client) UpdateSourceConnection(ctx context.Context, id string, change TextChange) error {
	return c.patchTexts(ctx, sourceConnections, id, change)
}

// DeleteSourceConnection waits until the source connection is gone.
func (c *Client) DeleteSourceConnection(ctx context.Context, id string) error {
	return c.remove(ctx, sourceConnections, id)
}
