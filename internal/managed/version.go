package managed

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// TakeVersion plans schema_version as the schema of schema_id has it, unless the configuration says which. What the state holds stays while
// the schema does, as long as it pins the version that all schemas begin with. It tells whether it changed the plan.
func (c Change[M]) TakeVersion(ctx context.Context) (changed bool) {
	diags, at := &c.Response.Diagnostics, path.Root("schema_version")
	var configured, held, heldSchema, schema types.String
	diags.Append(c.Request.Config.GetAttribute(ctx, at, &configured)...)
	diags.Append(c.Request.Plan.GetAttribute(ctx, path.Root("schema_id"), &schema)...)
	if !c.Creates() {
		diags.Append(c.Request.State.GetAttribute(ctx, at, &held)...)
		diags.Append(c.Request.State.GetAttribute(ctx, path.Root("schema_id"), &heldSchema)...)
	}
	if !configured.IsNull() || schema.Equal(heldSchema) && xdm.SameVersion(held.ValueString(), attribute.DefaultContentType) {
		return false
	}
	version := types.StringUnknown()
	if !schema.IsUnknown() && (c.Clients == nil || len(c.Clients.SchemaRegistry.Unknown) == 0) { // or the sandbox is not known
		version = VersionOf(ctx, c.Clients, schema)
	}
	if !held.IsNull() && !version.IsUnknown() && xdm.SameVersion(held.ValueString(), version.ValueString()) {
		version = held
	}
	diags.Append(c.Response.Plan.SetAttribute(ctx, at, version)...)
	return !version.Equal(held)
}

// PinsVersion reports a version that the schema does not have, which nothing that refers to it would be told before it is used. Major versions are
// numbered from 1, and every schema has that one, so only another is looked up. What cannot be read is left to the service.
func (c Change[M]) PinsVersion(ctx context.Context) {
	diags, at := &c.Response.Diagnostics, path.Root("schema_version")
	if c.Deletes() || c.Clients == nil || c.Clients.SchemaRegistry.Client == nil || diags.HasError() {
		return
	}
	var planned, held, schema, heldSchema types.String
	diags.Append(c.Response.Plan.GetAttribute(ctx, at, &planned)...)
	diags.Append(c.Response.Plan.GetAttribute(ctx, path.Root("schema_id"), &schema)...)
	if !c.Creates() {
		diags.Append(c.Request.State.GetAttribute(ctx, at, &held)...)
		diags.Append(c.Request.State.GetAttribute(ctx, path.Root("schema_id"), &heldSchema)...)
	}
	pinned, err := strconv.Atoi(xdm.MajorVersion(planned.ValueString()))
	if err != nil || pinned == 1 || schema.ValueString() == "" || planned.Equal(held) && schema.Equal(heldSchema) {
		return
	}
	newest, err := c.Clients.SchemaRegistry.Client.ContentType(ctx, schema.ValueString())
	if err != nil {
		return
	}
	if last, err := strconv.Atoi(xdm.MajorVersion(newest)); err == nil && (pinned > last || pinned < 1) {
		diags.AddAttributeError(at, "Version not of the schema", fmt.Sprintf(
			"The schema %s has no version %d: its newest is %d, as in %s. Leave out `schema_version` to take that.", schema.ValueString(), pinned, last, newest))
	}
}

// SchemaVersion is the version that is planned, or that of the schema where [Change.TakeVersion] could not know the schema yet.
func (c Call[C]) SchemaVersion(ctx context.Context, schema, planned types.String) types.String {
	if planned.IsUnknown() {
		return VersionOf(ctx, c.Clients, schema)
	}
	return planned
}

// VersionOf asks Schema Registry for the version of a schema, as a media type. Where it cannot be asked, the version is the one that all schemas begin with: a user who maps into a schema
// need not be allowed to read it.
func VersionOf(ctx context.Context, set *clients.Set, schema types.String) types.String {
	if set != nil && set.SchemaRegistry.Client != nil {
		if version, err := set.SchemaRegistry.Client.ContentType(ctx, schema.ValueString()); err == nil {
			return types.StringValue(version)
		}
	}
	return types.StringValue(attribute.DefaultContentType)
}
