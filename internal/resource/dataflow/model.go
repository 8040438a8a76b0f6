package dataflow

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type model struct {
	managed.Base
	attribute.InSandbox
	attributes
}

// attributes are what resource and data source have in common.
type attributes struct {
	Name                 types.String         `tfsdk:"name"`
	Description          types.String         `tfsdk:"description"`
	FlowSpec             *attribute.SpecModel `tfsdk:"flow_spec"`
	SourceConnectionID   types.String         `tfsdk:"source_connection_id"`
	TargetConnectionID   types.String         `tfsdk:"target_connection_id"`
	MappingSetID         types.String         `tfsdk:"mapping_set_id"`
	MappingVersion       types.Int64          `tfsdk:"mapping_version"`
	State                types.String         `tfsdk:"state"`
	StreamingEndpointURL types.String         `tfsdk:"streaming_endpoint_url"`
	WebhookURL           types.String         `tfsdk:"webhook_url"`
}

func (m *model) toAPI() flowservice.NewFlow {
	return flowservice.NewFlow{
		Name:               m.Name.ValueString(),
		Description:        m.Description.ValueString(),
		FlowSpec:           m.FlowSpec.ToAPI(),
		SourceConnectionID: m.SourceConnectionID.ValueString(),
		TargetConnectionID: m.TargetConnectionID.ValueString(),
		Mapping:            m.mapping(),
	}
}

func (m *attributes) mapping() flowservice.MappingRef {
	return flowservice.MappingRef{
		MappingID: m.MappingSetID.ValueString(), MappingVersion: jsonvalue.Integer(m.MappingVersion.ValueInt64()),
	}
}

// changeFrom is what one PATCH has to change, and whether there is anything.
func (m *model) changeFrom(state model) (flowservice.Change, bool) {
	change := flowservice.Change{
		Name: attribute.Changed(state.Name, m.Name), Description: attribute.Changed(state.Description, m.Description),
	}
	if m.mapping() != state.mapping() {
		change.Mapping = &flowservice.MappingChange{From: state.mapping(), To: m.mapping()}
	}
	return change, !change.IsEmpty()
}

func (m *attributes) setEndpoint(flow *flowservice.Flow) {
	m.StreamingEndpointURL = attribute.Told(m.StreamingEndpointURL, flow.Options.InletURL)
	m.WebhookURL = attribute.Told(m.WebhookURL, flow.WebhookURL())
}

// fromAPI takes the version of the mapping from the flow: a change in the Experience Platform UI creates a new version and moves the
// dataflow to it.
func (m *attributes) fromAPI(flow *flowservice.Flow) error {
	if len(flow.SourceConnectionIDs) > 1 || len(flow.TargetConnectionIDs) > 1 {
		return fmt.Errorf("the dataflow has %d source and %d target connections, and this resource manages dataflows with one of each",
			len(flow.SourceConnectionIDs), len(flow.TargetConnectionIDs))
	}
	m.Name = attribute.Told(m.Name, flow.Name)
	m.Description = attribute.Told(m.Description, flow.Description)
	m.FlowSpec = attribute.ToldSpec(m.FlowSpec, flow.FlowSpec)
	m.SourceConnectionID = attribute.ToldID(m.SourceConnectionID, strings.Join(flow.SourceConnectionIDs, ""))
	m.TargetConnectionID = attribute.ToldID(m.TargetConnectionID, strings.Join(flow.TargetConnectionIDs, ""))
	if mapping := flow.MappingOver(m.mapping()); mapping.MappingID != "" {
		m.MappingSetID = attribute.ToldID(m.MappingSetID, mapping.MappingID)
		m.MappingVersion = types.Int64Value(int64(mapping.MappingVersion))
	}
	m.State = attribute.Told(m.State, strings.ToLower(flow.State))
	m.setEndpoint(flow)
	return nil
}
