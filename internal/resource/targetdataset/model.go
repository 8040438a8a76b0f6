package targetdataset

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// The tags that let a dataset take part in the Real-Time Customer Profile, and their values (documented).
const (
	profileTag  = "unifiedProfile"
	identityTag = "unifiedIdentity"
	enabledTag  = "enabled:true"
	disabledTag = "enabled:false"
)

type model struct {
	managed.Base
	attribute.InSandbox
	attributes
	Tags               types.Map  `tfsdk:"tags"`
	DeletionProtection types.Bool `tfsdk:"deletion_protection"`
}

// attributes are what resource and data source have in common.
type attributes struct {
	Name             types.String `tfsdk:"name"`
	Description      types.String `tfsdk:"description"`
	SchemaID         types.String `tfsdk:"schema_id"`
	SchemaVersion    types.String `tfsdk:"schema_version"`
	ProfileEnabled   types.Bool   `tfsdk:"profile_enabled"`
	ErrorDiagnostics types.Bool   `tfsdk:"error_diagnostics"`
}

func (m *model) toAPI() catalog.Dataset {
	tags := m.tags()
	if m.ProfileEnabled.ValueBool() {
		tags[profileTag], tags[identityTag] = []string{enabledTag}, []string{enabledTag}
	}
	return catalog.Dataset{
		Name:             m.Name.ValueString(),
		Description:      m.Description.ValueString(),
		SchemaRef:        xdm.SchemaRef{ID: m.SchemaID.ValueString(), ContentType: m.SchemaVersion.ValueString()},
		Tags:             tags,
		ErrorDiagnostics: new(m.ErrorDiagnostics.ValueBool()),
	}
}

// tags are those that the configuration manages.
func (m *model) tags() map[string][]string {
	tags := map[string][]string{}
	for name, values := range m.Tags.Elements() {
		list, _ := values.(types.List)
		tags[name], _ = attribute.Texts(list)
	}
	return tags
}

// changeFrom is what has to change in place. A tag that is no longer managed is removed.
func (m *model) changeFrom(state *model) catalog.DatasetChange {
	change := catalog.DatasetChange{
		Name: attribute.Changed(state.Name, m.Name), Description: attribute.Changed(state.Description, m.Description),
		Tags: map[string][]string{},
	}
	before, after := state.tags(), m.tags()
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
	return change
}

func (m *attributes) fromAPI(dataset *catalog.Dataset) {
	m.Name = attribute.Told(m.Name, dataset.Name)
	m.Description = attribute.Told(m.Description, dataset.Description)
	m.SchemaID = attribute.Told(m.SchemaID, dataset.SchemaRef.ID)
	m.SchemaVersion = attribute.ContentType(m.SchemaVersion, dataset.SchemaRef.ContentType)
	m.ProfileEnabled = attribute.ToldFlag(m.ProfileEnabled, enabled(dataset.Tags[profileTag]))
}

// fromAPI takes only those of the tags that the state already manages: the service and other tools add their own. An answer with any tag
// tells all of them, so one that it does not have was removed.
func (m *model) fromAPI(dataset *catalog.Dataset) {
	m.attributes.fromAPI(dataset)
	m.ErrorDiagnostics = attribute.ToldFlag(m.ErrorDiagnostics, dataset.ErrorDiagnostics)
	if m.DeletionProtection.IsNull() { // imported
		m.DeletionProtection = types.BoolValue(true)
	}
	if m.Tags.IsNull() || len(dataset.Tags) == 0 {
		return
	}
	present := map[string]attr.Value{}
	for name, known := range m.Tags.Elements() {
		values, there := dataset.Tags[name]
		switch {
		case there && len(values) == 0:
			present[name] = known
		case there:
			present[name] = types.ListValueMust(types.StringType, attribute.TextValues(values))
		}
	}
	m.Tags = types.MapValueMust(types.ListType{ElemType: types.StringType}, present)
}

// enabled is what a profile tag tells, nil for nothing. Off has a value of its own (documented), and the documents do not say that any way
// of switching it off removes the tag. So a tag that is missing tells nothing, unlike one of the user's: taken for off, it would change
// what the profile holds. It ignores spaces: the documents write the value with and without one.
func enabled(values []string) *bool {
	for _, value := range values {
		switch strings.ToLower(strings.ReplaceAll(value, " ", "")) {
		case enabledTag:
			return new(true)
		case disabledTag:
			return new(false)
		}
	}
	return nil
}
