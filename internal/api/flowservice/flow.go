package flowservice

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// mappingTransformation is the only name that a streaming dataflow's mapping may have (documented: flow-http).
const mappingTransformation = "Mapping"

// States that a dataflow settles in.
const (
	StateEnabled  = "enabled"
	StateDisabled = "disabled"
	stateDraft    = "draft"
	// stateDeleting is the state of a dataflow that counts as gone.
	stateDeleting = "delete-finalizing"
)

// Flow is a dataflow. The service sets State, Options and LastOperation, and refuses them on create.
type Flow struct {
	ID                  string           `json:"id"`
	Name                string           `json:"name"`
	Description         string           `json:"description"`
	FlowSpec            SpecRef          `json:"flowSpec"`
	SourceConnectionIDs []string         `json:"sourceConnectionIds"`
	TargetConnectionIDs []string         `json:"targetConnectionIds"`
	Transformations     []Transformation `json:"transformations"`
	State               string           `json:"state"`
	Options             FlowOptions      `json:"options"`
	LastOperation       lastOperation    `json:"lastOperation"`
	CreatedAt           jsonvalue.Time   `json:"createdAt"`
}

// FlowOptions hold the streaming endpoint, and what Experience Platform's wizard offers besides, such as error diagnostics.
type FlowOptions struct {
	InletURL string
	// Others are the options that are set, besides the endpoint, each as it would be written: "errorDiagnosticsEnabled = true".
	Others []string
}

// UnmarshalJSON takes every option: their names and types are not part of the published description.
func (o *FlowOptions) UnmarshalJSON(raw []byte) error {
	var answer struct {
		InletURL string `json:"inletUrl"`
	}
	var all map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(raw, &answer), json.Unmarshal(raw, &all)); err != nil {
		return err
	}
	*o = FlowOptions{InletURL: answer.InletURL}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if value := string(all[name]); name != "inletUrl" && !slices.Contains(unset, value) {
			o.Others = append(o.Others, name+" = "+value)
		}
	}
	return nil
}

// unset are the values of options that do nothing.
var unset = []string{"null", "false", "0", `""`, "[]", "{}", `"false"`, `"0"`}

type lastOperation struct {
	Operation string          `json:"operation"`
	Status    operationStatus `json:"status"`
}

type operationStatus struct {
	Value  string            `json:"value"`
	Errors []json.RawMessage `json:"errors"`
}

// UnmarshalJSON also takes a status that is a text. The documented one is an object.
func (s *operationStatus) UnmarshalJSON(raw []byte) error {
	type object operationStatus
	if json.Unmarshal(raw, (*object)(s)) != nil {
		return json.Unmarshal(raw, &s.Value)
	}
	return nil
}

// Transformation is a step of a dataflow; Customer.io's has one, named "Mapping".
type Transformation struct {
	Name   string     `json:"name"`
	Params MappingRef `json:"params"`
}

// MappingRef pins a dataflow to one version of a mapping set.
type MappingRef struct {
	MappingID      string            `json:"mappingId"`
	MappingVersion jsonvalue.Integer `json:"mappingVersion"`
	// told says that an answer has the version: 0 is a version like any other.
	told bool
}

// UnmarshalJSON notes whether there is a version.
func (r *MappingRef) UnmarshalJSON(raw []byte) error {
	var answer struct {
		MappingID      string                    `json:"mappingId"`
		MappingVersion jsonvalue.OptionalInteger `json:"mappingVersion"`
	}
	err := json.Unmarshal(raw, &answer)
	*r = MappingRef{MappingID: answer.MappingID, MappingVersion: answer.MappingVersion.Value, told: answer.MappingVersion.Told}
	return err
}

// over is what an answer tells, and for the rest what is known.
func (r MappingRef) over(known MappingRef) MappingRef {
	known.MappingID = cmp.Or(r.MappingID, known.MappingID)
	if r.told {
		known.MappingVersion = r.MappingVersion
	}
	return known
}

// NewFlow is what a dataflow is created from. The streaming endpoint follows after the create: see [Flows.Await].
type NewFlow struct {
	Name               string
	Description        string
	FlowSpec           SpecRef
	SourceConnectionID string
	TargetConnectionID string
	Mapping            MappingRef
}

// Mapping returns the mapping set that a dataflow uses, and false if it uses none.
func (f *Flow) Mapping() (MappingRef, bool) {
	index := mappingIndex(f.Transformations)
	if index < 0 {
		return MappingRef{}, false
	}
	return f.Transformations[index].Params.over(MappingRef{}), true
}

// MappingOver is what an answer tells of the mapping, and for the rest what is known.
func (f *Flow) MappingOver(known MappingRef) MappingRef {
	index := mappingIndex(f.Transformations)
	if index < 0 {
		return known
	}
	return f.Transformations[index].Params.over(known)
}

func mappingIndex(transformations []Transformation) int {
	for i, transformation := range transformations {
		if strings.EqualFold(transformation.Name, mappingTransformation) {
			return i
		}
	}
	return -1
}

// tells tells whether an answer has all that matters, the streaming endpoint included.
func (f *Flow) tells() bool {
	return f.Name != "" && f.State != "" && f.Options.InletURL != "" && len(f.SourceConnectionIDs) > 0 && mappingIndex(f.Transformations) >= 0
}

// WebhookURL is the address that Customer.io posts to, empty while the dataflow has no streaming endpoint.
func (f *Flow) WebhookURL() string {
	if f.Options.InletURL == "" {
		return ""
	}
	return WebhookURL(f.Options.InletURL, f.ID)
}

// Wanted is the dataflow to create.
func (n NewFlow) Wanted() objects.Wanted[Flow] {
	body := n.request()
	return objects.Wanted[Flow]{Name: n.Name, Body: body, Matches: body.matches}
}

// flowRequest is the body of a create: the service refuses one that has a state (1410-400).
type flowRequest struct {
	Name                string           `json:"name"`
	Description         string           `json:"description,omitempty"`
	FlowSpec            SpecRef          `json:"flowSpec"`
	SourceConnectionIDs []string         `json:"sourceConnectionIds"`
	TargetConnectionIDs []string         `json:"targetConnectionIds"`
	Transformations     []Transformation `json:"transformations"`
}

func (n NewFlow) request() flowRequest {
	return flowRequest{
		Name:                n.Name,
		Description:         n.Description,
		FlowSpec:            n.FlowSpec,
		SourceConnectionIDs: []string{n.SourceConnectionID},
		TargetConnectionIDs: []string{n.TargetConnectionID},
		Transformations:     []Transformation{{Name: mappingTransformation, Params: n.Mapping}},
	}
}

func (r flowRequest) matches(other *Flow) bool {
	mapping := r.Transformations[0].Params
	return r.Name == other.Name && objects.Agree(r.Description, other.Description) && r.FlowSpec.agrees(other.FlowSpec) &&
		objects.AgreeAll(r.SourceConnectionIDs, other.SourceConnectionIDs) && objects.AgreeAll(r.TargetConnectionIDs, other.TargetConnectionIDs) &&
		other.MappingOver(mapping) == mapping
}

// flowItems is the answer to a read of a dataflow. One that is being deleted is reported as not found.
type flowItems struct{ items[Flow] }

func (i *flowItems) Object(id string) (*Flow, error) {
	flow, err := i.items.Object(id)
	if err == nil && strings.EqualFold(flow.State, stateDeleting) {
		return nil, objects.Absent("the dataflow is being deleted")
	}
	return flow, err
}
