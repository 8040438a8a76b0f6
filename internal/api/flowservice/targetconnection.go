package flowservice

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
)

const targetConnections = "/targetConnections"

// TargetConnection is where a dataflow puts its data: a dataset in the data lake.
type TargetConnection struct {
	ID             string       `json:"id,omitempty"`
	Name           string       `json:"name"`
	Description    string       `json:"description,omitempty"`
	ConnectionSpec SpecRef      `json:"connectionSpec"`
	Data           TargetData   `json:"data"`
	Params         TargetParams `json:"params"`
	// CreatedAt is the service's, and no part of a request.
	CreatedAt jsonvalue.Time `json:"createdAt,omitzero"`
}

// TargetData is the form of the data and the XDM schema it follows.
type TargetData struct {
	Format string    `json:"format"`
	Schema SchemaRef `json:"schema"`
}

// SchemaRef refers to an XDM schema by its $id and the media type that pins its version.
type SchemaRef struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// UnmarshalJSON takes the id from "id" or "schemaId": answers hold either, as a client of the real service found.
func (r *SchemaRef) UnmarshalJSON(raw []byte) error {
	var answer struct {
		ID       string `json:"id"`
		SchemaID string `json:"schemaId"`
		Version  string `json:"version"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return err
	}
	*r = SchemaRef{ID: answer.ID, Version: answer.Version}
	if r.ID == "" {
		r.ID = answer.SchemaID
	}
	return nil
}

// TargetParams names the dataset.
type TargetParams struct {
	DataSetID string `json:"dataSetId"`
}

// CreateTargetConnection returns the id that the service assigned.
func (c *Client) CreateTargetConnection(ctx context.Context, connection TargetConnection) (string, error) {
	return c.create(ctx, targetConnections, connection, c.targetConnectionsLike(connection))
}

// LeftTargetConnection finds what a create with an unknown outcome made, and returns "" where that is nothing.
func (c *Client) LeftTargetConnection(ctx context.Context, connection TargetConnection, window adopt.Window) (string, error) {
	return c.register.Find(ctx, "target connection", c.targetConnectionsLike(connection), window)
}

func (c *Client) targetConnectionsLike(connection TargetConnection) adopt.Finder {
	return adopt.Among(
		func(ctx context.Context) ([]TargetConnection, error) {
			return c.ListTargetConnections(ctx, Filter{Name: connection.Name})
		},
		func(one *TargetConnection) (string, time.Time) { return one.ID, one.CreatedAt.Time },
		connection.isLike,
	)
}

// isLike ignores spaces in the schema's version, which the service changes.
func (t TargetConnection) isLike(other *TargetConnection) bool {
	compact := func(version string) string { return strings.ReplaceAll(version, " ", "") }
	return t.Name == other.Name && t.Description == other.Description && t.ConnectionSpec == other.ConnectionSpec &&
		t.Params == other.Params && t.Data.Format == other.Data.Format && t.Data.Schema.ID == other.Data.Schema.ID &&
		compact(t.Data.Schema.Version) == compact(other.Data.Schema.Version)
}

// TargetConnection reads a target connection.
func (c *Client) TargetConnection(ctx context.Context, id string) (*TargetConnection, error) {
	return get[TargetConnection](ctx, c, targetConnections, id)
}

// ListTargetConnections lists the target connections that a filter lets through.
func (c *Client) ListTargetConnections(ctx context.Context, filter Filter) ([]TargetConnection, error) {
	return list[TargetConnection](ctx, c, targetConnections, filter)
}

// UpdateTargetConnection changes name and description.
func (c *Client) UpdateTargetConnection(ctx context.Context, id string, change TextChange) error {
	return c.patchTexts(ctx, targetConnections, id, change)
}

// DeleteTargetConnection waits until the target connection is gone.
func (c *Client) DeleteTargetConnection(ctx context.Context, id string) error {
	return c.remove(ctx, targetConnections, id)
}
