package baseconnection

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type model struct {
	managed.Base
	attribute.InSandbox
	Name           types.String         `tfsdk:"name"`
	Description    types.String         `tfsdk:"description"`
	ConnectionSpec *attribute.SpecModel `tfsdk:"connection_spec"`
	ProviderID     types.String         `tfsdk:"provider_id"`
	Auth           *authModel           `tfsdk:"auth"`
}

type authModel struct {
	SpecName        types.String `tfsdk:"spec_name"`
	Params          types.String `tfsdk:"params"`
	ParamsWO        types.String `tfsdk:"params_wo"`
	ParamsWOVersion types.Int64  `tfsdk:"params_wo_version"`
}

func (m *model) toAPI(params json.RawMessage) flowservice.BaseConnection {
	connection := flowservice.BaseConnection{
		Name:           m.Name.ValueString(),
		Description:    m.Description.ValueString(),
		ConnectionSpec: m.ConnectionSpec.ToAPI(),
		ProviderID:     m.ProviderID.ValueString(),
	}
	if m.Auth != nil {
		connection.Auth = &flowservice.Auth{SpecName: m.Auth.SpecName.ValueString(), Params: params}
	}
	return connection
}

// fromAPI keeps the params of auth, because the service returns only parts of them, and the provider ID, which it does not return.
func (m *model) fromAPI(connection *flowservice.BaseConnection) {
	m.Name = attribute.Told(m.Name, connection.Name)
	m.Description = attribute.Told(m.Description, connection.Description)
	m.ConnectionSpec = attribute.ToldSpec(m.ConnectionSpec, connection.ConnectionSpec)
	switch {
	case connection.Auth == nil || connection.Auth.SpecName == "": // not told
	case m.Auth == nil:
		m.Auth = &authModel{SpecName: types.StringValue(connection.Auth.SpecName)}
	default:
		m.Auth.SpecName = types.StringValue(connection.Auth.SpecName)
	}
}

// authParams returns the params to send: the ones in the plan, or the write-only ones, which are in the configuration alone.
func authParams(ctx context.Context, config tfsdk.Config, plan *model) (json.RawMessage, diag.Diagnostics) {
	if plan.Auth == nil {
		return nil, nil
	}
	if !plan.Auth.Params.IsNull() {
		return json.RawMessage(plan.Auth.Params.ValueString()), nil
	}
	var writeOnly types.String
	diags := config.GetAttribute(ctx, path.Root("auth").AtName("params_wo"), &writeOnly)
	if diags.HasError() || writeOnly.IsNull() {
		return nil, diags
	}
	return json.RawMessage(writeOnly.ValueString()), diags
}

// paramsDifferFrom tells whether the params are to be sent again.
func (m *model) paramsDifferFrom(state *model) bool {
	if m.Auth == nil || state.Auth == nil {
		return false // replaced
	}
	return !m.Auth.Params.Equal(state.Auth.Params) || !m.Auth.ParamsWOVersion.Equal(state.Auth.ParamsWOVersion)
}

// secrets are the params as far as the state holds them.
func (m *model) secrets() any {
	var params any
	if m.Auth == nil || json.Unmarshal([]byte(m.Auth.Params.ValueString()), &params) != nil {
		return nil
	}
	return params
}
