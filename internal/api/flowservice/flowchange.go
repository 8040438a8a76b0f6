package flowservice

import (
	"context"
	"strconv"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// FlowChange has the members that change in place; nil members stay as they are.
type FlowChange struct {
	TextChange
	Mapping *MappingChange
}

// MappingChange moves a dataflow from one version of a mapping set to another, or to another mapping set.
type MappingChange struct{ From, To MappingRef }

// UpdateFlow changes a dataflow by one PATCH and waits until it is settled again.
func (c *Client) UpdateFlow(ctx context.Context, id string, change FlowChange) error {
	if _, err := c.awaitSettled(ctx, id); err != nil { // a change in a passing state is refused (1420-400)
		return err
	}
	if err := c.flows.update(ctx, id, change.patch); err != nil {
		return err
	}
	_, err := c.awaitSettled(ctx, id)
	return err
}

func (f FlowChange) patch(current *revision) (objects.Patch, error) {
	patch, err := f.TextChange.patch(current)
	if err != nil || f.Mapping == nil {
		return patch, err
	}
	return patch, f.Mapping.addTo(&patch, current)
}

// addTo adds the step that changes the mapping of a dataflow.
func (m MappingChange) addTo(patch *objects.Patch, current *revision) error {
	transformation := Transformation{Name: mappingTransformation, Params: m.To}
	index := mappingIndex(current.Transformations)
	if index < 0 {
		patch.Add("/transformations", []Transformation{transformation})
		return nil
	}
	// "add" would insert into the list, beside the old mapping.
	patch.Replace(objects.Pointer("transformations", strconv.Itoa(index)), transformation)
	found := current.Transformations[index].Params
	if found == m.To {
		return nil
	}
	return current.first(m.text(mappingID).Conflict("mappingId", mappingID(found)),
		m.text(mappingVersion).Conflict("mappingVersion", mappingVersion(found)))
}

func mappingID(mapping MappingRef) string      { return mapping.MappingID }
func mappingVersion(mapping MappingRef) string { return strconv.Itoa(int(mapping.MappingVersion)) }

func (m MappingChange) text(of func(MappingRef) string) *objects.Text {
	return &objects.Text{From: of(m.From), To: of(m.To)}
}
