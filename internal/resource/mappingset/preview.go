package mappingset

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type previewModel struct {
	attribute.InSandbox
	MappingSetID   types.String      `tfsdk:"mapping_set_id"`
	MappingVersion types.Int64       `tfsdk:"mapping_version"`
	SchemaID       types.String      `tfsdk:"schema_id"`
	SchemaVersion  types.String      `tfsdk:"schema_version"`
	Mappings       types.Map         `tfsdk:"mappings"`
	Event          types.String      `tfsdk:"event"`
	Row            types.String      `tfsdk:"row"`
	Values         map[string]string `tfsdk:"values"`
	Lost           map[string]string `tfsdk:"lost"`
	Errors         map[string]string `tfsdk:"errors"`
}

// NewPreview returns the data source customerio_mapping_preview.
func NewPreview() datasource.DataSource {
	return lookup.NewDataSource(lookup.DataSource[previewModel, dataprep.Client]{
		TypeName: "mapping_preview",
		MarkdownDescription: "The row that mappings create from an event, and the mappings that fill nothing. Data Prep maps the event as a dataflow would, and stores " +
			"nothing. Use it in `terraform test` and in `check` blocks to test a change of mappings before a dataflow uses it.\n\n" +
			"It previews an existing mapping set (`mapping_set_id`), or the mappings of a configuration (`schema_id` and `mappings`).",
		Attributes: previewAttributes(),
		Client:     clients.DataPrep,
		Read:       readPreview,
	})
}

func readPreview(ctx context.Context, call lookup.Call[dataprep.Client], m *previewModel) {
	set := m.mappingSet(ctx, call)
	if call.Diagnostics.HasError() {
		return
	}
	preview, err := call.Client.PreviewMappingSet(ctx, *set, m.Event.ValueString())
	if err != nil {
		m.report(call, err)
		return
	}
	m.fromAPI(set, preview, fieldsOf(ctx, call.Clients, types.StringValue(set.SchemaID), types.StringValue(set.ContentType)))
}

// mappingSet is the mapping set of the ID, or one that consists of the mappings of the configuration.
func (m *previewModel) mappingSet(ctx context.Context, call lookup.Call[dataprep.Client]) *dataprep.MappingSet {
	if m.MappingSetID.IsNull() {
		return m.configured(ctx, call)
	}
	id, version := m.MappingSetID.ValueString(), int64(-1)
	if !m.MappingVersion.IsNull() {
		version = m.MappingVersion.ValueInt64()
	}
	set, err := call.Client.PreviewedMappingSet(ctx, id, version)
	switch {
	case err == nil:
		m.MappingVersion = types.Int64Value(set.Version)
	case version >= 0 && dataprep.IsNoVersion(err):
		call.Diagnostics.AddAttributeError(path.Root("mapping_version"), "No such version of the mapping set", fmt.Sprintf(
			"The mapping set %s has no version %d, or does not exist: %s.\n\nCheck `mapping_version`, or remove it to preview the newest version.", id, version, err))
	default:
		attempt := advice.Attempt{Verb: "read", Object: "mapping set", Name: id}
		call.ReportMissing(path.Root("mapping_set_id"), attempt, err)
	}
	return set
}

func (m *previewModel) configured(ctx context.Context, call lookup.Call[dataprep.Client]) *dataprep.MappingSet {
	if m.SchemaVersion.IsNull() {
		m.SchemaVersion = managed.VersionOf(ctx, call.Clients, m.SchemaID) // as a mapping set of these mappings would take it
	}
	set := &dataprep.MappingSet{SchemaID: m.SchemaID.ValueString(), ContentType: m.SchemaVersion.ValueString()}
	var mappings map[string]mappingModel
	call.Diagnostics.Append(m.Mappings.ElementsAs(ctx, &mappings, false)...)
	for destination, mapping := range mappings {
		set.Mappings = append(set.Mappings, mapping.toAPI(destination))
	}
	return set
}

// report puts what Data Prep does not take on the attribute that names the mappings. Its refusals have no documented form.
func (m *previewModel) report(call lookup.Call[dataprep.Client], err error) {
	at, check := "mapping_set_id", "the mapping set in the Experience Platform UI, and that its schema exists"
	if m.MappingSetID.IsNull() {
		at, check = "schema_id", "that the schema exists in this version in the sandbox, and the sources of the mappings"
	}
	if !dataprep.IsNoVersion(err) || transport.IsForeign(err) {
		call.Report(advice.Attempt{Verb: "preview", Object: "mapping set", Name: m.MappingSetID.ValueString()}, err)
		return
	}
	call.Diagnostics.AddAttributeError(path.Root(at), "Mappings cannot be previewed", fmt.Sprintf("%s.\n\nCheck %s.", advice.Capital(err.Error()), check))
}

// fromAPI takes what the schema lacks for lost, whatever the row has: no row is stored with it. tree is nil where the schema is not known.
func (m *previewModel) fromAPI(set *dataprep.MappingSet, preview *dataprep.Preview, tree *schemaregistry.Tree) {
	m.Row, m.Errors = types.StringValue(preview.Row), preview.Errors
	m.Values, m.Lost = map[string]string{}, map[string]string{}
	for _, mapping := range set.Mappings {
		value, found := preview.Value(mapping.Destination)
		switch {
		case lacks(tree, mapping.Destination):
			m.Lost[mapping.Destination] = notInSchema(tree, mapping.Destination, set.SchemaID)
		case found:
			m.Values[mapping.Destination] = value
		default:
			m.Lost[mapping.Destination] = whyLost(mapping, preview)
		}
	}
}

// whyLost tells why the row has no value for a mapping.
func whyLost(mapping dataprep.Mapping, preview *dataprep.Preview) string {
	reason, told := preview.Errors[mapping.Destination]
	switch {
	case told:
		return reason
	case mapping.SourceType == dataprep.SourceExpression:
		return "The expression " + mapping.Source + " has no value for this event."
	case mapping.SourceType == dataprep.SourceAttribute && !preview.HasSource(mapping.Source):
		return strings.TrimSpace("The event has no value at " + mapping.Source + ". " + mappingModel{}.over(mapping).noPath())
	default:
		return "There is a value, and the row does not have it. The schema may have no such field."
	}
}
