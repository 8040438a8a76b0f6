package provider

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// The calls of protocol version 6.11 (terraform-plugin-go v0.31.0), a block for each of its interfaces: provider, resources, data sources,
// functions, ephemeral resources, list resources, actions and state stores.

var _ protocol = server{}

func (s server) GetMetadata(ctx context.Context, q *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return unary(ctx, q, s.framework.GetMetadata)
}
func (s server) GetProviderSchema(ctx context.Context, q *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return unary(ctx, q, s.framework.GetProviderSchema)
}
func (s server) GetResourceIdentitySchemas(ctx context.Context, q *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return unary(ctx, q, s.framework.GetResourceIdentitySchemas)
}
func (s server) ValidateProviderConfig(ctx context.Context, q *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	answer, err := unary(ctx, q, s.framework.ValidateProviderConfig)
	if err == nil {
		answer.Diagnostics = inOurWords(answer.Diagnostics)
	}
	return answer, err
}
func (s server) ConfigureProvider(ctx context.Context, q *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return unary(ctx, q, s.framework.ConfigureProvider)
}
func (s server) StopProvider(ctx context.Context, q *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return unary(ctx, q, s.framework.StopProvider)
}

func (s server) ValidateResourceConfig(ctx context.Context, q *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	answer, err := unary(ctx, q, s.framework.ValidateResourceConfig)
	if err == nil {
		answer.Diagnostics = inOurWords(answer.Diagnostics)
	}
	return answer, err
}
func (s server) UpgradeResourceState(ctx context.Context, q *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	answer, err := unary(ctx, q, s.framework.UpgradeResourceState)
	if err == nil && q.RawState != nil && s.holds != nil {
		s.holds(q.RawState.JSON)
	}
	return answer, err
}
func (s server) ReadResource(ctx context.Context, q *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return unary(ctx, q, s.framework.ReadResource)
}
func (s server) PlanResourceChange(ctx context.Context, q *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return unary(ctx, q, s.framework.PlanResourceChange)
}
func (s server) ApplyResourceChange(ctx context.Context, q *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return unary(ctx, q, s.framework.ApplyResourceChange)
}
func (s server) ImportResourceState(ctx context.Context, q *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return unary(ctx, q, s.framework.ImportResourceState)
}
func (s server) MoveResourceState(ctx context.Context, q *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return unary(ctx, q, s.framework.MoveResourceState)
}
func (s server) UpgradeResourceIdentity(ctx context.Context, q *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return unary(ctx, q, s.framework.UpgradeResourceIdentity)
}
func (s server) GenerateResourceConfig(ctx context.Context, q *tfprotov6.GenerateResourceConfigRequest) (*tfprotov6.GenerateResourceConfigResponse, error) {
	return unary(ctx, q, s.framework.GenerateResourceConfig)
}

func (s server) ValidateDataResourceConfig(ctx context.Context, q *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	answer, err := unary(ctx, q, s.framework.ValidateDataResourceConfig)
	if err == nil {
		answer.Diagnostics = inOurWords(answer.Diagnostics)
	}
	return answer, err
}
func (s server) ReadDataSource(ctx context.Context, q *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return unary(ctx, q, s.framework.ReadDataSource)
}

func (s server) CallFunction(ctx context.Context, q *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return unary(ctx, q, s.framework.CallFunction)
}
func (s server) GetFunctions(ctx context.Context, q *tfprotov6.GetFunctionsRequest) (*tfprotov6.GetFunctionsResponse, error) {
	return unary(ctx, q, s.framework.GetFunctions)
}

func (s server) ValidateEphemeralResourceConfig(ctx context.Context, q *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return unary(ctx, q, s.framework.ValidateEphemeralResourceConfig)
}
func (s server) OpenEphemeralResource(ctx context.Context, q *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return unary(ctx, q, s.framework.OpenEphemeralResource)
}
func (s server) RenewEphemeralResource(ctx context.Context, q *tfprotov6.RenewEphemeralResourceRequest) (*tfprotov6.RenewEphemeralResourceResponse, error) {
	return unary(ctx, q, s.framework.RenewEphemeralResource)
}
func (s server) CloseEphemeralResource(ctx context.Context, q *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return unary(ctx, q, s.framework.CloseEphemeralResource)
}

func (s server) ValidateListResourceConfig(ctx context.Context, q *tfprotov6.ValidateListResourceConfigRequest) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	answer, err := unary(ctx, q, s.framework.ValidateListResourceConfig)
	if err == nil {
		answer.Diagnostics = inOurWords(answer.Diagnostics)
	}
	return answer, err
}
func (s server) ListResource(ctx context.Context, q *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return stream(ctx, q, s.framework.ListResource,
		func(answer *tfprotov6.ListResourceServerStream) *iter.Seq[tfprotov6.ListResourceResult] {
			return &answer.Results
		},
		func(bug *tfprotov6.Diagnostic) tfprotov6.ListResourceResult {
			return tfprotov6.ListResourceResult{Diagnostics: []*tfprotov6.Diagnostic{bug}}
		})
}

func (s server) ValidateActionConfig(ctx context.Context, q *tfprotov6.ValidateActionConfigRequest) (*tfprotov6.ValidateActionConfigResponse, error) {
	return unary(ctx, q, s.framework.ValidateActionConfig)
}
func (s server) PlanAction(ctx context.Context, q *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	return unary(ctx, q, s.framework.PlanAction)
}
func (s server) InvokeAction(ctx context.Context, q *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	return stream(ctx, q, s.framework.InvokeAction,
		func(answer *tfprotov6.InvokeActionServerStream) *iter.Seq[tfprotov6.InvokeActionEvent] {
			return &answer.Events
		},
		func(bug *tfprotov6.Diagnostic) tfprotov6.InvokeActionEvent {
			return tfprotov6.InvokeActionEvent{Type: tfprotov6.CompletedInvokeActionEventType{Diagnostics: []*tfprotov6.Diagnostic{bug}}}
		})
}

func (s server) ValidateStateStoreConfig(ctx context.Context, q *tfprotov6.ValidateStateStoreConfigRequest) (*tfprotov6.ValidateStateStoreConfigResponse, error) {
	return unary(ctx, q, s.framework.ValidateStateStoreConfig)
}
func (s server) ConfigureStateStore(ctx context.Context, q *tfprotov6.ConfigureStateStoreRequest) (*tfprotov6.ConfigureStateStoreResponse, error) {
	return unary(ctx, q, s.framework.ConfigureStateStore)
}
func (s server) ReadStateBytes(ctx context.Context, q *tfprotov6.ReadStateBytesRequest) (*tfprotov6.ReadStateBytesStream, error) {
	return stream(ctx, q, s.framework.ReadStateBytes,
		func(answer *tfprotov6.ReadStateBytesStream) *iter.Seq[tfprotov6.ReadStateByteChunk] {
			return &answer.Chunks
		},
		func(bug *tfprotov6.Diagnostic) tfprotov6.ReadStateByteChunk {
			return tfprotov6.ReadStateByteChunk{Diagnostics: []*tfprotov6.Diagnostic{bug}}
		})
}
func (s server) WriteStateBytes(ctx context.Context, q *tfprotov6.WriteStateBytesStream) (*tfprotov6.WriteStateBytesResponse, error) {
	return unary(ctx, q, s.framework.WriteStateBytes)
}
func (s server) GetStates(ctx context.Context, q *tfprotov6.GetStatesRequest) (*tfprotov6.GetStatesResponse, error) {
	return unary(ctx, q, s.framework.GetStates)
}
func (s server) DeleteState(ctx context.Context, q *tfprotov6.DeleteStateRequest) (*tfprotov6.DeleteStateResponse, error) {
	return unary(ctx, q, s.framework.DeleteState)
}
func (s server) LockState(ctx context.Context, q *tfprotov6.LockStateRequest) (*tfprotov6.LockStateResponse, error) {
	return unary(ctx, q, s.framework.LockState)
}
func (s server) UnlockState(ctx context.Context, q *tfprotov6.UnlockStateRequest) (*tfprotov6.UnlockStateResponse, error) {
	return unary(ctx, q, s.framework.UnlockState)
}
