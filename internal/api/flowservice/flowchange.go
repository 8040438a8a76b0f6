package flowservice

import (
	"context"
	"fmt"
	"strconv"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/change"
)

// FlowChange holds what changes in place; nil members stay as they are.
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
	err := c.patch(ctx, flows, id, func(current *revision) ([]Operation, error) {
		operations, err := current.texts(change.TextChange)
		if err == nil && change.Mapping != nil {
			operation, conflict := current.mapping(*change.Mapping)
			operations, err = append(operations, operation), conflict
		}
		return operations, err
	})
	if err != nil {
		return err
	}
	_, err = c.awaitSettled(ctx, id)
	return err
}

// mapping is the operation that changes the mapping of a dataflow.
func (r *revision) mapping(change MappingChange) (Operation, error) {
	transformation := Transformation{Name: mappingTransformation, Params: change.To}
	index := mappingIndex(r.Transformations)
	if index < 0 {
		return set("/transformations", []Transformation{transformation}), nil
	}
	// "add" would insert into the list, beside the old mapping.
	operation := Operation{Op: "replace", Path: fmt.Sprintf("/transformations/%d", index), Value: transformation}
	found := r.Transformations[index].Params
	if found == change.To {
		return operation, nil
	}
	return operation, r.first(change.text(mappingID).Conflict("mappingId", mappingID(found)),
		change.text(mappingVersion).Conflict("mappingVersion", mappingVersion(found)))
}

func mappingID(mapping MappingRef) string      { return mapping.MappingID }
func mappingVersion(mapping MappingRef) string { return strconv.Itoa(int(mapping.MappingVersion)) }

func (m MappingChange) text(of func(MappingRef) string) *change.Text {
	return &change.Text{From: of(m.From), To: of(m.To)}
}
