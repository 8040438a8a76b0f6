package targetschema

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// The parts of a schema in the registry are a field group, the schema itself, and perhaps a descriptor.

// build creates the parts one after the other, and saves each before it creates the next, so that a later failure leaves nothing behind
// that the state does not know.
func build(ctx context.Context, client *schemaregistry.Client, plan *model, save func()) error {
	namespace := plan.TenantNamespace.ValueString()
	if namespace == "" { // the plan had no client
		var err error
		if namespace, err = client.TenantNamespace(ctx); err != nil {
			return err
		}
	}
	plan.TenantNamespace = types.StringValue(namespace)
	title := plan.Title.ValueString()
	group, err := buildFieldGroup(ctx, client, title, plan.fieldGroup(namespace))
	if err != nil {
		return fmt.Errorf("the field group: %w", err)
	}
	plan.FieldGroupID = types.StringValue(group)
	save()
	schema, err := client.Schemas.CreateWithReceipt(ctx, schemaregistry.NewSchema(title, plan.Description.ValueString(), group))
	if err != nil {
		return err
	}
	plan.setSchema(schema)
	save()
	if err := identify(ctx, client, plan, plan.PrimaryIdentity); err != nil {
		return err
	}
	save()
	if !plan.ProfileEnabled.ValueBool() {
		return nil
	}
	if err := client.EnableProfile(ctx, schema.ID); err != nil {
		return fmt.Errorf("enabling the profile: %w", err)
	}
	if schema, err = client.Schemas.Get(ctx, schema.ID); err != nil {
		return err
	}
	plan.setSchema(schema)
	return nil
}

// codeTitleTaken is the code for a title that is already in use (documented).
const codeTitleTaken = "1521-400"

// buildFieldGroup creates the field group, or adopts the one that was created just before the provider was killed. Nobody could import
// that one, because it belongs to no schema.
func buildFieldGroup(ctx context.Context, client *schemaregistry.Client, schemaTitle string, wanted schemaregistry.FieldGroup) (string, error) {
	id, err := client.FieldGroups.Create(ctx, wanted)
	if !transport.HasCode(err, codeTitleTaken) {
		return id, err
	}
	if left, lookErr := client.FindCreatedFieldGroup(ctx, wanted, schemaTitle, objects.Window{}); lookErr == nil && left != "" {
		return left, nil
	}
	return "", err
}

// identify creates the descriptor of a primary identity, unless that is nil.
func identify(ctx context.Context, client *schemaregistry.Client, state *model, identity *identityModel) error {
	if identity == nil {
		return nil
	}
	id, err := client.Descriptors.Create(ctx, schemaregistry.NewPrimaryIdentity(
		state.ID.ValueString(),
		propertyOf(identity.Field.ValueString(), state.TenantNamespace.ValueString()),
		identity.Namespace.ValueString(),
	))
	if err != nil {
		return fmt.Errorf("the primary identity: %w", err)
	}
	state.PrimaryIdentity, state.IdentityDescriptorID = identity, types.StringValue(id)
	return nil
}

// read distinguishes a schema that does not exist from a part of it that does not.
func read(ctx context.Context, call managed.Call[schemaregistry.Client], state *model) error {
	client := call.Client
	schema, err := client.Schemas.Get(ctx, state.ID.ValueString())
	switch {
	case transport.IsNotFound(err):
		return fieldGroupLeft(ctx, client, state, err)
	case err != nil:
		return err
	}
	imported := state.TenantNamespace.IsNull()
	if imported {
		namespace, err := client.TenantNamespace(ctx)
		if err != nil {
			return &managed.PartError{Err: err}
		}
		state.TenantNamespace = types.StringValue(namespace)
	}
	group, err := fieldGroup(ctx, client, schema, state)
	if err != nil {
		return &managed.PartError{Err: err}
	}
	state.FieldGroupID = types.StringValue(group.ID)
	identity, err := primaryIdentity(ctx, client, state, imported)
	if err != nil {
		return &managed.PartError{Err: err}
	}
	state.fromAPI(schema, group, identity)
	if left := leftOut(schema, group, state.TenantNamespace.ValueString()); imported && len(left) > 0 {
		call.Diagnostics.AddWarning("Parts of the schema are not managed", fmt.Sprintf(
			"The schema %q has more than this resource holds: %s. Terraform leaves that as it is.", schema.Title, advice.Listed(left)))
	}
	return nil
}

// leftOut is what an imported schema has and a resource does not: other field groups, and fields that hold other fields.
func leftOut(schema *schemaregistry.Schema, group *schemaregistry.FieldGroup, namespace string) (parts []string) {
	for _, id := range schema.FieldGroups() {
		if !objects.Agree(id, group.ID) {
			parts = append(parts, "the field group "+id)
		}
	}
	for _, field := range group.Fields(namespace) {
		if field.Type == "" {
			parts = append(parts, fmt.Sprintf("the field %s.%s, which holds other fields", namespace, field.Name))
		}
	}
	return parts
}

// fieldGroupLeft keeps the field group in the state if it outlives its schema. It has to be deleted before the schema is created again,
// because its title is taken.
func fieldGroupLeft(ctx context.Context, client *schemaregistry.Client, state *model, schemaGone error) error {
	if state.FieldGroupID.IsNull() {
		return schemaGone
	}
	_, err := client.FieldGroups.Get(ctx, state.FieldGroupID.ValueString())
	if transport.IsNotFound(err) {
		return schemaGone
	}
	group, namespace := state.FieldGroupID, state.TenantNamespace
	*state = state.withoutComputed()
	state.FieldGroupID, state.TenantNamespace = group, namespace
	return err
}

// fieldGroup reads the field group of a schema. After an import, that is the one with the title that the provider gives, or else the only
// one with fields under the tenant namespace.
func fieldGroup(ctx context.Context, client *schemaregistry.Client, schema *schemaregistry.Schema, state *model) (*schemaregistry.FieldGroup, error) {
	namespace := state.TenantNamespace.ValueString()
	if !state.FieldGroupID.IsNull() {
		return client.FieldGroups.Get(ctx, state.FieldGroupID.ValueString())
	}
	var candidates []*schemaregistry.FieldGroup
	for _, id := range schema.FieldGroups() {
		group, err := client.FieldGroups.Get(ctx, id)
		switch {
		case isForeign(err):
			continue
		case err != nil:
			return nil, err
		case group.Title == groupTitle(schema.Title):
			return group, nil
		case len(group.Fields(namespace)) > 0:
			candidates = append(candidates, group)
		}
	}
	if len(candidates) != 1 {
		var titles []string
		for _, group := range candidates {
			titles = append(titles, fmt.Sprintf("%q (%s)", group.Title, group.ID))
		}
		return nil, &managed.UnsuitableError{Err: fmt.Errorf("%d of its field groups have fields under %s, and this resource manages schemas with one. %sTo say which is "+
			"meant, give it the title %q, or use the data source customerio_target_schema, which manages nothing", len(candidates), namespace, found(titles), groupTitle(schema.Title))}
	}
	return candidates[0], nil
}

// found lists field groups, if there are any.
func found(titles []string) string {
	if len(titles) == 0 {
		return ""
	}
	return "They are: " + strings.Join(titles, ", ") + ". "
}

// isForeign tells whether a field group could not be read because it is one of Adobe's, which are in another container.
func isForeign(err error) bool { return transport.IsNotFound(err) }

// primaryIdentity reads the descriptor in the state. It searches all descriptors only if that one is gone, or after an import.
func primaryIdentity(ctx context.Context, client *schemaregistry.Client, state *model, imported bool) (*schemaregistry.Descriptor, error) {
	if known := state.IdentityDescriptorID.ValueString(); known != "" {
		identity, err := client.Descriptors.Once(ctx, known, nil)
		if !transport.IsNotFound(err) {
			return identity, err
		}
	} else if !imported && state.PrimaryIdentity == nil {
		return nil, nil
	}
	return client.PrimaryIdentity(ctx, state.ID.ValueString())
}

// apply changes the schema from state to plan. The state follows step by step, so that it is right if the next step fails.
func apply(ctx context.Context, client *schemaregistry.Client, state, plan *model) error {
	id, texts := state.ID.ValueString(), schemaregistry.TextChange{
		Title: attribute.Changed(state.Title, plan.Title), Description: attribute.Changed(state.Description, plan.Description),
	}
	if err := client.UpdateFieldGroup(ctx, state.FieldGroupID.ValueString(), plan.groupChange(state)); err != nil {
		return fmt.Errorf("the field group: %w", err)
	}
	state.EventFields, state.AdditionalFields = plan.EventFields, plan.AdditionalFields
	if err := client.UpdateSchema(ctx, id, texts); err != nil {
		return err
	}
	state.Title, state.Description = plan.Title, plan.Description
	if !plan.samePrimaryIdentity(state) {
		if err := reidentify(ctx, client, state, plan); err != nil {
			return err
		}
	}
	if plan.ProfileEnabled.ValueBool() && !state.ProfileEnabled.ValueBool() {
		if err := client.EnableProfile(ctx, id); err != nil {
			return fmt.Errorf("enabling the profile: %w", err)
		}
		state.ProfileEnabled = plan.ProfileEnabled
	}
	schema, err := client.Schemas.Get(ctx, id)
	if err != nil {
		return err
	}
	plan.setSchema(schema)
	plan.IdentityDescriptorID = state.IdentityDescriptorID
	return nil
}

// reidentify deletes the old primary identity first, because a schema has at most one. If the state has none, an earlier apply may still
// have created one and lost the answer.
func reidentify(ctx context.Context, client *schemaregistry.Client, state, plan *model) error {
	former := state.IdentityDescriptorID.ValueString()
	if former == "" {
		found, err := client.PrimaryIdentity(ctx, state.ID.ValueString())
		if err != nil {
			return fmt.Errorf("the former primary identity: %w", err)
		}
		if found != nil {
			former = found.ID
		}
	}
	if former != "" {
		if err := client.Descriptors.Remove(ctx, former); err != nil {
			return fmt.Errorf("the former primary identity: %w", err)
		}
	}
	state.PrimaryIdentity, state.IdentityDescriptorID = nil, types.StringNull()
	return identify(ctx, client, state, plan.PrimaryIdentity)
}

// complete looks for the missing parts of a schema by their titles, which are unique. window is that of a create with an unknown outcome.
func complete(ctx context.Context, client *schemaregistry.Client, state *model, window objects.Window) error {
	title := state.Title.ValueString()
	if state.FieldGroupID.IsNull() {
		state.ID = types.StringNull() // it stands for the field group's
		namespace, err := client.TenantNamespace(ctx)
		if err != nil {
			return err
		}
		group, err := client.FindCreatedFieldGroup(ctx, state.fieldGroup(namespace), title, window)
		state.FieldGroupID = attribute.TextOrNull(group)
		return err
	}
	if state.ID.IsNull() {
		schemas, err := client.SchemasByTitle(ctx, title)
		for _, schema := range schemas {
			if slices.Contains(schema.FieldGroups(), state.FieldGroupID.ValueString()) {
				state.ID = types.StringValue(schema.ID)
			}
		}
		if err != nil || state.ID.IsNull() {
			return err
		}
	}
	if state.PrimaryIdentity == nil || !state.IdentityDescriptorID.IsNull() {
		return nil
	}
	identity, err := client.PrimaryIdentity(ctx, state.ID.ValueString())
	if identity != nil {
		state.IdentityDescriptorID = types.StringValue(identity.ID)
	}
	return err
}

// fieldGroup is the field group that is planned.
func (m *model) fieldGroup(namespace string) schemaregistry.FieldGroup {
	title := m.Title.ValueString()
	return schemaregistry.NewFieldGroup(groupTitle(title), groupDescription(title), namespace, m.fields())
}

// remove deletes the parts in the opposite order. Those that were never created have no ID.
func remove(ctx context.Context, client *schemaregistry.Client, state *model) error {
	if id := state.IdentityDescriptorID.ValueString(); id != "" {
		if err := client.Descriptors.Remove(ctx, id); err != nil {
			return fmt.Errorf("the primary identity: %w", err)
		}
	}
	if id := state.ID.ValueString(); id != "" {
		if err := client.Schemas.Remove(ctx, id); err != nil {
			return err
		}
	}
	if id := state.FieldGroupID.ValueString(); id != "" {
		if err := client.FieldGroups.Remove(ctx, id); err != nil {
			return fmt.Errorf("the field group: %w", err)
		}
	}
	return nil
}
