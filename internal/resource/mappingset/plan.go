package mappingset

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// planned is what a plan has of a mapping set. The mappings may not be known yet, which a model cannot hold.
type planned struct {
	managed.Change[model]
	attributes
	// mappings are those that are known, by destination.
	mappings map[string]mappingModel
	// isKnown tells whether the schema and all mappings are known, and otherSchema whether the schema is another one than in the state.
	isKnown, otherSchema bool
	held                 map[string]mappingModel
}

// checkPlan looks at what a plan changes of a mapping set: at the sources, at the fields of the schema, and if all is well, by the eyes of
// the service. What is in the state already was accepted. What cannot be read is left to the apply.
func checkPlan(ctx context.Context, change managed.Change[model]) {
	if change.Deletes() {
		return
	}
	if change.TakeVersion(ctx) {
		change.Response.Diagnostics.Append(change.Response.Plan.SetAttribute(ctx, path.Root("version"), types.Int64Unknown())...)
		change.Request.Plan = change.Response.Plan
	}
	if change.Clients == nil || change.Clients.DataPrep.Client == nil || change.Clients.SchemaRegistry.Client == nil {
		return
	}
	p := planOf(ctx, change)
	if p.Response.Diagnostics.HasError() {
		return
	}
	if p.PinsVersion(ctx); p.Response.Diagnostics.HasError() {
		return
	}
	if len(p.changed()) == 0 {
		change.RefersToSchema(ctx)
		return
	}
	p.checkSources()
	changing := p.checkSchema(ctx)
	if !p.isKnown || changing || p.Response.Diagnostics.HasError() {
		return
	}
	// The apply asks again, and reports a failure to ask.
	set := model{attributes: p.attributes}
	set.ID, set.Mappings = change.State(ctx).ID, p.mappings
	if invalid, err := change.Clients.DataPrep.Client.ValidateMappingSet(ctx, set.toAPI()); err == nil {
		p.Response.Diagnostics.Append(set.refusals(ctx, change.Clients, invalid)...)
	}
}

func planOf(ctx context.Context, change managed.Change[model]) planned {
	state, diags, plan := change.State(ctx), &change.Response.Diagnostics, change.Request.Plan
	p := planned{Change: change, mappings: map[string]mappingModel{}, held: state.Mappings}
	var mappings types.Map
	diags.Append(plan.GetAttribute(ctx, path.Root("mappings"), &mappings)...)
	diags.Append(plan.GetAttribute(ctx, path.Root("name"), &p.Name)...)
	diags.Append(plan.GetAttribute(ctx, path.Root("schema_id"), &p.SchemaID)...)
	diags.Append(plan.GetAttribute(ctx, path.Root("schema_version"), &p.SchemaVersion)...)
	p.isKnown = !mappings.IsUnknown() && !p.Name.IsUnknown() && p.knowsSchema()
	p.otherSchema = !p.SchemaID.Equal(state.SchemaID) || !xdm.SameVersion(p.SchemaVersion.ValueString(), state.SchemaVersion.ValueString())
	for destination, element := range mappings.Elements() {
		var mapping mappingModel
		object, is := element.(types.Object)
		if !is || object.IsUnknown() {
			p.isKnown = false
			continue
		}
		diags.Append(object.As(ctx, &mapping, basetypes.ObjectAsOptions{})...)
		p.mappings[destination] = mapping
		p.isKnown = p.isKnown && mapping.isKnown()
	}
	return p
}

func (m mappingModel) isKnown() bool {
	return !m.Source.IsUnknown() && !m.SourceType.IsUnknown() && !m.Name.IsUnknown() && !m.Description.IsUnknown()
}

func (p planned) knowsSchema() bool {
	return p.SchemaID.ValueString() != "" && p.SchemaVersion.ValueString() != ""
}

// changed are the destinations of the mappings that have another source than in the state, or go into another schema.
func (p planned) changed() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(p.mappings)), func(destination string) bool {
		return !p.otherSchema && !p.hasOtherSource(destination)
	})
}

func (p planned) hasOtherSource(destination string) bool {
	mapping, held := p.mappings[destination], p.held[destination]
	return !mapping.Source.Equal(held.Source) || !mapping.SourceType.Equal(held.SourceType)
}

func at(destination string) path.Path { return path.Root("mappings").AtMapKey(destination) }

// checkSchema compares the changed mappings with the fields of the schema. It returns whether the schema has other fields after the apply than
// now.
func (p planned) checkSchema(ctx context.Context) (changing bool) {
	if !p.knowsSchema() {
		p.RefersToSchema(ctx)
		return false
	}
	diags, id := &p.Response.Diagnostics, p.SchemaID.ValueString()
	tree, changing, err := p.Clients.SchemaRegistry.Client.Resolved(ctx, id, p.SchemaVersion.ValueString())
	if p.DeniesSandbox(advice.Attempt{Verb: "read", Object: "schema", Name: id}, err) {
		return changing
	}
	if transport.IsNotFound(err) {
		p.RefersToSchema(ctx)
	}
	if err != nil || tree == nil {
		return changing
	}
	for _, destination := range p.changed() {
		field, found := tree.Find(xdm.Steps(destination))
		if !found {
			diags.AddAttributeError(at(destination), "Field not in the schema", notInSchema(tree, destination, id))
		} else if why := misfit(p.mappings[destination], field); why != "" {
			diags.AddAttributeWarning(at(destination).AtName("source"), inMapping("Source does not fit the field", destination), fmt.Sprintf(
				"%s, and the field %q takes %s. %s", why, destination, taken(field), convert(p.mappings[destination], field)))
		}
	}
	return changing
}
