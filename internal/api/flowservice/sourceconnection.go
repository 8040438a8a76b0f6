package flowservice

import (
	"context"
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

func (s SourceConnection) wanted() objects.Wanted[SourceConnection] {
	return objects.Wanted[SourceConnection]{Name: s.Name, Body: s, Matches: s.matches}
}

// matches leaves out what the service does not return. It compares only the params that were sent, since the service adds some.
func (s SourceConnection) matches(other *SourceConnection) bool {
	return s.Name == other.Name && s.Description == other.Description && s.ConnectionSpec == other.ConnectionSpec &&
		s.BaseConnectionID == other.BaseConnectionID && s.Data == other.Data && jsonvalue.Includes(other.Params, s.Params)
}

// CreateSourceConnection returns the ID of the new source connection.
func (c *Client) CreateSourceConnection(ctx context.Context, connection SourceConnection) (string, error) {
	return c.sources.create(ctx, connection.wanted())
}

// FindCreatedSourceConnection finds what a create with an unknown outcome created, and returns "" if that is nothing.
func (c *Client) FindCreatedSourceConnection(ctx context.Context, connection SourceConnection, window objects.Window) (string, error) {
	return c.sources.FindCreated(ctx, connection.wanted(), window)
}

// SourceConnection reads a source connection.
func (c *Client) SourceConnection(ctx context.Context, id string) (*SourceConnection, error) {
	return c.sources.Get(ctx, id)
}

// ListSourceConnections lists the source connections that a filter selects.
func (c *Client) ListSourceConnections(ctx context.Context, filter Filter) ([]SourceConnection, error) {
	return c.sources.List(ctx, filter.Name)
}

// UpdateSourceConnection changes name and description.
func (c *Client) UpdateSourceConnection(ctx context.Context, id string, change TextChange) error {
	return c.sources.updateTexts(ctx, id, change)
}

// DeleteSourceConnection waits until the source connection is gone.
func (c *Client) DeleteSourceConnection(ctx context.Context, id string) error {
	return c.sources.revisions.Remove(ctx, id)
}
