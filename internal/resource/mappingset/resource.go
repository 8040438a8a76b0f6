// Package mappingset is the resource customerio_mapping_set: which field of an event fills which field of the XDM schema.
package mappingset

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type call = managed.Call[dataprep.Client]

// New returns the resource.
func New() resource.Resource { return managed.New(declared()) }

// declared is the resource. How long a delete takes is not documented.
func declared() managed.Resource[model, dataprep.Client] {
	return managed.Resource[model, dataprep.Client]{
		TypeName: "mapping_set",
		Object:   "mapping set",
		ID:       "ID that the service assigned, 32 hexadecimal digits.",
		IDForm:   attribute.Hex32(),
		Schema:   resourceSchema,
		Waits:    managed.Waits{Delete: managed.Wait{Default: 30 * time.Second, Until: "until the mapping set is deleted"}},
		Client:   clients.DataPrep,
		Name:     (*model).label,
		Create: func(ctx context.Context, call call, plan *model) error {
			plan.SchemaVersion = call.SchemaVersion(ctx, plan.SchemaID, plan.SchemaVersion)
			if err := validate(ctx, call, plan); err != nil {
				return err
			}
			set, err := call.Client.MappingSets.CreateWithReceipt(ctx, plan.toAPI())
			if err != nil {
				return err
			}
			plan.ID, plan.Version = types.StringValue(set.ID), types.Int64Value(set.Version)
			return nil
		},
		FindCreated: func(ctx context.Context, call call, state *model, window objects.Window) error {
			return state.Assign(call.Client.MappingSets.FindCreated(ctx, state.toAPI(), window))
		},
		Read:       read,
		Update:     update,
		ModifyPlan: checkPlan,
		Delete:     remove,
	}
}

// validate asks the service for its opinion before anything is written, and puts what it refuses on the mapping at fault.
func validate(ctx context.Context, call call, plan *model) error {
	invalid, err := call.Client.ValidateMappingSet(ctx, plan.toAPI())
	if err != nil {
		return &managed.StepError{Verb: "validate", Err: err}
	}
	return managed.Check(plan.refusals(ctx, call.Clients, invalid))
}

// refusals are what the service says, and what the schema tells of it. It may be one that this apply created, whose fields no plan knew.
func (m *model) refusals(ctx context.Context, set *clients.Set, invalid []dataprep.Invalid) (diags diag.Diagnostics) {
	if len(invalid) == 0 {
		return nil
	}
	tree := fieldsOf(ctx, set, m.SchemaID, m.SchemaVersion)
	for _, mapping := range invalid {
		reason := cmp.Or(mapping.Reason, "it gives no reason.")
		if lacks(tree, mapping.Destination) {
			reason += ".\n\n" + notInSchema(tree, mapping.Destination, m.SchemaID.ValueString())
		}
		diags.AddAttributeError(at(mapping.Destination), "Invalid mapping", fmt.Sprintf(
			"Data Prep does not accept the mapping into %q: %s\n\nThis mapping set was not changed.", mapping.Destination, reason))
	}
	return diags
}

func read(ctx context.Context, call call, state *model) error {
	set, err := call.Client.NewestMappingSet(ctx, state.ID.ValueString(), state.Name.ValueString(), state.Version.ValueInt64())
	if err != nil {
		return err
	}
	call.Client.MappingSets.Share(state.ID.ValueString(), set) // for previews of the same plan
	if duplicates := state.fromAPI(set); len(duplicates) > 0 {
		call.Diagnostics.AddWarning("Fields mapped more than once", fmt.Sprintf(
			"The mapping set %s maps %s more than once, which this resource cannot hold. The last mapping of each counts. Correct the "+
				"mapping set in the Experience Platform UI, or change it here to rewrite it.", state.ID.ValueString(), advice.Listed(duplicates)))
	}
	return nil
}

func update(ctx context.Context, call call, state, plan *model) error {
	plan.SchemaVersion = call.SchemaVersion(ctx, plan.SchemaID, plan.SchemaVersion)
	if err := validate(ctx, call, plan); err != nil {
		return err
	}
	before, set := state.toAPI(), plan.toAPI()
	before.Version, set.Version = state.Version.ValueInt64(), state.Version.ValueInt64()
	if err := call.Client.Conflict(ctx, before, set); err != nil {
		return err
	}
	version, err := call.Client.UpdateMappingSet(ctx, set)
	plan.Version = types.Int64Value(version)
	return err
}

func remove(ctx context.Context, call call, state *model) error {
	err := call.Client.MappingSets.Remove(ctx, state.ID.ValueString())
	if !dataprep.CannotDelete(err) {
		return err
	}
	call.Diagnostics.AddWarning("Mapping set not deleted", fmt.Sprintf(
		"Data Prep refused to delete the mapping set %s (%s).\n\nTerraform no longer manages it. It stays in the sandbox; no dataflow of "+
			"this configuration uses it.", state.ID.ValueString(), err))
	return nil
}
