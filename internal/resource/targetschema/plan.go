package targetschema

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// modifyPlan refuses what cannot be undone or would lose data, and plans a replacement for changes that need a new schema.
func modifyPlan(ctx context.Context, change managed.Change[model]) {
	if change.Deletes() {
		return
	}
	state, plan, resp := change.State(ctx), change.Plan(ctx), change.Response
	if resp.Diagnostics.HasError() {
		return
	}
	if !change.Creates() && state.ID.IsNull() { // of the former schema, only the field group is left
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), types.StringUnknown())...)
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("id"))
	}
	checkProfile(&resp.Diagnostics, state, plan)
	checkTitle(ctx, change, state, plan)
	if plan.TenantNamespace.IsUnknown() {
		planNamespace(ctx, change, plan.Title.ValueString())
	}
	expectFields(change, state, plan)
	if change.Creates() || state.ID.IsNull() || !plan.isKnown() || resp.Diagnostics.HasError() {
		return
	}
	if plan.samePrimaryIdentity(&state) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("identity_descriptor_id"), state.IdentityDescriptorID)...)
	} else if state.ProfileEnabled.ValueBool() {
		resp.Diagnostics.AddAttributeError(path.Root("primary_identity"), "Primary identity cannot be changed",
			"The schema is enabled for Real-Time Customer Profile, which merges profiles by its primary identity. Create another schema "+
				"with the other identity beside it.")
	}
	if lost := plan.lostFrom(state); len(lost.fields) > 0 {
		resp.RequiresReplace = append(resp.RequiresReplace, replacement(ctx, change, state, lost)...)
	}
}

// planNamespace plans the tenant namespace, which the registry tells before there is any schema, so that the mappings that begin with it show
// in the first plan. A failure is an error, since nothing could be created without the namespace, and since Terraform plans once more in the
// apply: what was known then has to be known again.
func planNamespace(ctx context.Context, change managed.Change[model], title string) {
	if change.Clients == nil || change.Clients.SchemaRegistry.Client == nil {
		return
	}
	namespace, err := change.Clients.SchemaRegistry.Client.TenantNamespace(ctx)
	if err != nil {
		change.Report(advice.Attempt{Verb: "create", Object: object, Name: title}, err)
		return
	}
	change.Response.Diagnostics.Append(change.Response.Plan.SetAttribute(ctx, path.Root("tenant_namespace"), namespace)...)
}

// expectFields tells the mapping sets of this plan which fields the schema is about to get: the registry does not have them yet.
func expectFields(change managed.Change[model], state, plan model) {
	if change.Clients == nil || change.Clients.SchemaRegistry.Client == nil || state.ID.IsNull() {
		return
	}
	id, namespace := state.ID.ValueString(), state.TenantNamespace.ValueString()
	if !plan.isKnown() {
		change.Clients.SchemaRegistry.Client.Expect(id, namespace, nil)
	} else if fields := plan.missingFrom(&state); len(fields) > 0 {
		change.Clients.SchemaRegistry.Client.Expect(id, namespace, fields)
	}
}

// isKnown tells whether all names and types of fields are known.
func (m *model) isKnown() bool {
	_, known := attribute.Texts(m.EventFields)
	for _, field := range m.AdditionalFields {
		known = known && !field.Type.IsUnknown()
	}
	return known
}

func (m *model) samePrimaryIdentity(other *model) bool {
	if m.PrimaryIdentity == nil || other.PrimaryIdentity == nil {
		return m.PrimaryIdentity == other.PrimaryIdentity
	}
	return m.PrimaryIdentity.Field.Equal(other.PrimaryIdentity.Field) && m.PrimaryIdentity.Namespace.Equal(other.PrimaryIdentity.Namespace)
}

// checkProfile requires consent to enabling the schema, because that cannot be undone.
func checkProfile(diags *diag.Diagnostics, state, plan model) {
	switch wanted, is := plan.ProfileEnabled, state.ProfileEnabled.ValueBool(); {
	case wanted.IsUnknown(), wanted.ValueBool() == is:
	case is:
		diags.AddAttributeError(path.Root("profile_enabled"), "Profile cannot be disabled",
			"A schema that is enabled for Real-Time Customer Profile stays enabled. Create another schema and dataset beside it.")
	case !plan.AllowIrreversible.ValueBool():
		diags.AddAttributeError(path.Root("profile_enabled"), "Irreversible change",
			"A schema that is enabled for Real-Time Customer Profile can be neither disabled nor deleted. To enable it nevertheless, set "+
				"`allow_irreversible = true`.")
	}
}

// destroyAnyway is for a destroy: Terraform plans the configuration first.
const destroyAnyway = "To destroy everything as it is, use `terraform destroy -refresh=false`."

// replacement plans a replacement of the schema, unless a dataset uses it: its data would be lost with the dataset, or no longer fit.
func replacement(ctx context.Context, change managed.Change[model], state model, lost lost) path.Paths {
	diags := &change.Response.Diagnostics
	what := fmt.Sprintf("The plan would remove or retype fields of the schema %q: %s.", state.Title.ValueString(), advice.Listed(lost.fields))
	at := path.Root(lost.from)
	if state.ProfileEnabled.ValueBool() {
		diags.AddAttributeError(at, "Fields cannot be removed or retyped", what+" The schema is enabled for Real-Time Customer Profile "+
			"and cannot be replaced either. Keep the fields, or create another schema beside it. "+destroyAnyway)
		return nil
	}
	client := change.Clients.Catalog.Use(diags)
	if client == nil || state.ID.IsNull() {
		return nil
	}
	datasets, err := client.DatasetsOfSchema(ctx, state.ID.ValueString())
	if err != nil {
		change.Report(advice.Attempt{Verb: "look for the datasets of the", Object: object, Name: state.Title.ValueString()}, err)
		return nil
	}
	if len(datasets) == 0 {
		return path.Paths{at}
	}
	var names []string
	for _, dataset := range datasets {
		names = append(names, fmt.Sprintf("%q (%s)", dataset.Name, dataset.ID))
	}
	diags.AddAttributeError(at, "Fields cannot be removed or retyped", what+" The provider replaces a schema only while no dataset uses it, and this one is "+
		"used by "+strings.Join(names, ", ")+". Keep the fields (they need no mapping), or create another schema and dataset. "+destroyAnyway)
	return nil
}

// checkNames compares the names of fields in several attributes.
func checkNames(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var events types.Set
	var additional types.Map
	var identity types.Object
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("event_fields"), &events)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("additional_fields"), &additional)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("primary_identity"), &identity)...)
	names, known := fieldNames(events)
	if resp.Diagnostics.HasError() || !known || additional.IsUnknown() {
		return
	}
	taken := map[string]string{}
	for _, name := range names {
		taken[strings.ToLower(name)] = name
	}
	for name := range additional.Elements() {
		if other, clash := taken[strings.ToLower(name)]; clash {
			resp.Diagnostics.AddAttributeError(path.Root("additional_fields").AtMapKey(name), "Field defined twice", fmt.Sprintf(
				"The schema would have the fields %q and %q, and Schema Registry ignores upper and lower case. Remove one of them.", other, name))
		}
		taken[strings.ToLower(name)] = name
	}
	field, _ := identity.Attributes()["field"].(types.String)
	if name := field.ValueString(); name != "" && taken[strings.ToLower(name)] != name {
		resp.Diagnostics.AddAttributeError(path.Root("primary_identity"), "Unknown field", fmt.Sprintf(
			"The primary identity must be one of the schema's fields, and %q is neither in event_fields nor in additional_fields.", name))
	}
}
