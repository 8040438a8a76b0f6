package flowservice

import (
	"cmp"
	"encoding/json"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

// TargetConnection is where a dataflow puts its data: a dataset in the data lake.
type TargetConnection struct {
	ID             string       `json:"id,omitempty"`
	Name           string       `json:"name"`
	Description    string       `json:"description,omitempty"`
	ConnectionSpec SpecRef      `json:"connectionSpec"`
	Data           TargetData   `json:"data"`
	Params         TargetParams `json:"params"`
	// CreatedAt is set by the service and never sent.
	CreatedAt jsonvalue.Time `json:"createdAt,omitzero"`
}

// TargetData is the form of the data and the XDM schema that it follows.
type TargetData struct {
	Format string    `json:"format"`
	Schema SchemaRef `json:"schema"`
}

// SchemaRef is an [xdm.SchemaRef] in the Flow Service's form. Version is the media type.
type SchemaRef struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// UnmarshalJSON takes the ID from "id" or "schemaId": answers have either, as a client of the real service found.
func (r *SchemaRef) UnmarshalJSON(raw []byte) error {
	var answer struct {
		ID       string `json:"id"`
		SchemaID string `json:"schemaId"`
		Version  string `json:"version"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return err
	}
	*r = SchemaRef{ID: cmp.Or(answer.ID, answer.SchemaID), Version: answer.Version}
	return nil
}

func (r SchemaRef) common() xdm.SchemaRef { return xdm.SchemaRef{ID: r.ID, ContentType: r.Version} }

// TargetParams names the dataset.
type TargetParams struct {
	DataSetID string `json:"dataSetId"`
}

// Wanted is the target connection to create.
func (t TargetConnection) Wanted() objects.Wanted[TargetConnection] {
	return objects.Wanted[TargetConnection]{Name: t.Name, Body: t, Object: &t, Matches: t.matches}
}

func (t TargetConnection) matches(other *TargetConnection) bool {
	return t.Name == other.Name && objects.Agree(t.Description, other.Description) && t.ConnectionSpec.agrees(other.ConnectionSpec) &&
		objects.Agree(t.Params, other.Params) && objects.Agree(t.Data.Format, other.Data.Format) &&
		t.Data.Schema.common().Agrees(other.Data.Schema.common())
}

// tells tells whether an answer has all that matters.
func (t *TargetConnection) tells() bool {
	return t.Name != "" && t.Data.Schema.ID != "" && t.Params.DataSetID != ""
}
