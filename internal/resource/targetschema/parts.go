package targetschema

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// A schema has parts of its own in the registry: a field group, the schema itself, and perhaps a descriptor.

// build makes the parts one after the other, and has each one saved before the next: what fails later then leaves nothing
// behind that the state does not know.
func build(ctx context.Context, client *schemaregistry.Client, made *model, save func()) error {
	namespace, err := client.TenantNamespace(ctx)
	if err != nil {
		return err
	}
	made.TenantNamespace = types.StringValue(namespace)
	title := made.Title.ValueString()
	group, err := buildFieldGroup(ctx, client, title, made.fieldGroup(namespace))
	if err != nil {
		return fmt.Errorf("the field group: %w", err)
	}
	made.FieldGroupID = types.StringValue(group)
	save()
	schema, err := client.Schemas.CreateWithReceipt(ctx, schemaregistry.NewSchema(title, made.Description.ValueString(), group))
	if err != nil {
		return err
	}
	made.setSchema(schema)
	save()
	if err := identify(ctx, client, made); err != nil {
		return err
	}
	save()
	if !made.ProfileEnabled.ValueBool() {
		return nil
	}
	if err := client.EnableProfile(ctx, schema.ID); err != nil {
		return fmt.Errorf("enabling the profile: %w", err)
	}
	if schema, err = client.Schemas.Get(ctx, schema.ID); err != nil {
		return err
	}
	made.setSchema(schema)
	save()
	return nil
}

// codeTitleTaken refuses a title that something has already (documented).
const codeTitleTaken = "1521-400"

// buildFieldGroup makes the field group, or takes the one that was made just before the provider was killed. Nobody could import
// that one, since it belongs to no schema.
func buildFieldGroup(ctx context.Context, client *schemaregistry.Client, schemaTitle string, wanted schemaregistry.FieldGroup) (string, error) {
	id, err := client.FieldGroups.Create(ctx, wanted)
	if !transport.HasCode(err, codeTitleTaken) {
		return id, err
	}
	if left, lookErr := client.FindCreatedFieldGroup(ctx, wanted, schemaTitle); lookErr == nil && left != "" {
		return left, nil
	}
	return "", err
}

// identify makes the descriptor of the primary identity, if there is to be one.
func identify(ctx context.Context, client *schemaregistry.Client, made *model) error {
	if made.PrimaryIdentity == nil {
		return nil
	}
	id, err := client.Descriptors.Create(ctx, schemaregistry.NewPrimaryIdentity(
		made.ID.ValueString(),
		propertyOf(made.PrimaryIdentity.Field.ValueString(), made.TenantNamespace.ValueString()),
		made.PrimaryIdentity.Namespace.ValueString(),
	))
	if err != nil {
		return fmt.Errorf("the primary identity: %w", err)
	}
	made.IdentityDescriptorID = types.StringValue(id)
	return nil
}

// read tells a schema that does not exist from a part of it that does not.
func read(ctx context.Context, client *schemaregistry.Client, state *model) error {
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
	return nil
}

// fieldGroupLeft looks whether the field group of a schema that is gone is still there. Then it stays in the state by itself, to be
// deleted before the schema is made anew: its title would be taken.
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

// fieldGroup reads the field group of a schema. After an import it is the one that has the title of ours, else the only one
// with fields under the tenant's namespace.
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
		return nil, fmt.Errorf("%d of its field groups have fields under %s, and this resource manages schemas with one", len(candidates), namespace)
	}
	return candidates[0], nil
}

// isForeign tells whether a field group could not be read because it is Adobe's own, which are in another container.
func isForeign(err error) bool { return transport.IsNotFound(err) }

// primaryIdentity reads the descriptor that the state knows. It is looked for among all descriptors only where the state's one
// is gone, or after an import.
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

// apply brings the schema from state to plan. state follows step by step, so that it says what was reached when the next step
// fails.
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

// reidentify takes the old primary identity away first: a schema has at most one. Where the state knows none, an earlier apply may have
// made one all the same, whose answer was lost.
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
	made := *state
	made.PrimaryIdentity = plan.PrimaryIdentity
	if err := identify(ctx, client, &made); err != nil {
		return err
	}
	*state = made
	return nil
}

// complete looks for the parts of a schema that is not complete, by their titles, which are unique.
func complete(ctx context.Context, client *schemaregistry.Client, state *model) error {
	title := state.Title.ValueString()
	if state.FieldGroupID.IsNull() {
		state.ID = types.StringNull() // it stands for the field group's
		namespace, err := client.TenantNamespace(ctx)
		if err != nil {
			return err
		}
		group, err := client.FindCreatedFieldGroup(ctx, state.fieldGroup(namespace), title)
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

// fieldGroup is the one that holds the fields.
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
