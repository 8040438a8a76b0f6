package targetdataset

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// The tags that let a dataset take part in the Real-Time Customer Profile, and their values (documented).
const (
	profileTag  = "unifiedProfile"
	identityTag = "unifiedIdentity"
	enabledTag  = "enabled:true"
	disabledTag = "enabled:false"
)

type model struct {
	ID                 types.String          `tfsdk:"id"`
	Name               types.String          `tfsdk:"name"`
	Description        types.String          `tfsdk:"description"`
	SchemaID           types.String          `tfsdk:"schema_id"`
	SchemaVersion      attribute.ContentType `tfsdk:"schema_version"`
	ProfileEnabled     types.Bool            `tfsdk:"profile_enabled"`
	Tags               types.Map             `tfsdk:"tags"`
	ErrorDiagnostics   types.Bool            `tfsdk:"error_diagnostics"`
	DeletionProtection types.Bool            `tfsdk:"deletion_protection"`
	Timeouts           timeouts.Value        `tfsdk:"timeouts"`
}

func (m *model) toAPI(ctx context.Context) (catalog.Dataset, diag.Diagnostics) {
	tags, diags := m.tags(ctx)
	if m.ProfileEnabled.ValueBool() {
		tags[profileTag], tags[identityTag] = []string{enabledTag}, []string{enabledTag}
	}
	diagnostics := m.ErrorDiagnostics.ValueBool()
	return catalog.Dataset{
		Name:             m.Name.ValueString(),
		Description:      m.Description.ValueString(),
		SchemaRef:        xdm.SchemaRef{ID: m.SchemaID.ValueString(), ContentType: m.SchemaVersion.ValueString()},
		Tags:             tags,
		ErrorDiagnostics: &diagnostics,
	}, diags
}

// tags are those that the configuration manages.
func (m *model) tags(ctx context.Context) (map[string][]string, diag.Diagnostics) {
	tags := map[string][]string{}
	if m.Tags.IsNull() {
		return tags, nil
	}
	diags := m.Tags.ElementsAs(ctx, &tags, false)
	return tags, diags
}

// changeFrom is what has to change in place. A tag that is no longer managed is removed.
func (m *model) changeFrom(ctx context.Context, state model) (catalog.DatasetChange, diag.Diagnostics) {
	change := catalog.DatasetChange{
		Name: attribute.Changed(state.Name, m.Name), Description: attribute.Changed(state.Description, m.Description),
		Tags: map[string][]string{},
	}
	before, diags := state.tags(ctx)
	after, more := m.tags(ctx)
	diags.Append(more...)
	for name := range before {
		change.Tags[name] = nil
	}
	for name, values := range after {
		change.Tags[name] = values
		if slices.Equal(values, before[name]) {
			delete(change.Tags, name)
		}
	}
	if !m.ErrorDiagnostics.Equal(state.ErrorDiagnostics) {
		change.ErrorDiagnostics = m.ErrorDiagnostics.ValueBoolPointer()
	}
	if !m.ProfileEnabled.Equal(state.ProfileEnabled) {
		value := disabledTag
		if m.ProfileEnabled.ValueBool() {
			value = enabledTag
		}
		change.Tags[profileTag], change.Tags[identityTag] = []string{value}, []string{value}
	}
	return change, diags
}

// fromAPI takes what the service holds. Of the tags it takes those that the state already manages: the service adds some of
// its own, and other tools theirs.
func (m *model) fromAPI(ctx context.Context, dataset *catalog.Dataset) diag.Diagnostics {
	managed, diags := m.tags(ctx)
	m.Name = types.StringValue(dataset.Name)
	m.Description = attribute.TextOrNull(dataset.Description)
	m.SchemaID = types.StringValue(dataset.SchemaRef.ID)
	m.SchemaVersion = attribute.ContentTypeValue(dataset.SchemaRef.ContentType)
	m.ProfileEnabled = types.BoolValue(isEnabled(dataset.Tags[profileTag]))
	if dataset.ErrorDiagnostics != nil || m.ErrorDiagnostics.IsNull() {
		m.ErrorDiagnostics = types.BoolValue(dataset.ErrorDiagnostics != nil && *dataset.ErrorDiagnostics)
	}
	if m.DeletionProtection.IsNull() { // imported
		m.DeletionProtection = types.BoolValue(true)
	}
	if m.Tags.IsNull() {
		return diags
	}
	present := map[string][]string{}
	for name := range managed {
		if values, there := dataset.Tags[name]; there {
			present[name] = values
		}
	}
	var more diag.Diagnostics
	m.Tags, more = types.MapValueFrom(ctx, types.ListType{ElemType: types.StringType}, present)
	diags.Append(more...)
	return diags
}

// isEnabled ignores spaces: the documents write the value with and without one.
func isEnabled(values []string) bool {
	return slices.ContainsFunc(values, func(value string) bool {
		return strings.EqualFold(strings.ReplaceAll(value, " ", ""), enabledTag)
	})
}
