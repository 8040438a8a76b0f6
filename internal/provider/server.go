package provider

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// protocol is all that the framework's server does.
type protocol interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

// server is the framework's, without its appetite: to be able to cancel what is under way, that one keeps the context of every
// request there was until the provider ends, and each holds its loggers. For the thousand resources of two hundred pipelines
// those are more than everything else together.
type server struct{ protocol }

// NewServer makes the server that Terraform talks to. A version is that of the release.
func NewServer(version string) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		return server{providerserver.NewProtocol6(New(version)())().(protocol)}
	}
}

// passing is a context that lets go of what it holds once its request is done.
type passing struct {
	context.Context
	held atomic.Pointer[context.Context]
}

// Value is nil for everything once the request is done.
func (p *passing) Value(key any) any {
	if held := p.held.Load(); held != nil {
		return (*held).Value(key)
	}
	return nil
}

// passed carries out a request with a context that lets go afterwards. A panic is the error of this request alone: it must not
// take along what else is just being created.
func passed[Q, A any](ctx context.Context, request Q, do func(context.Context, Q) (A, error)) (answer A, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("a bug of the provider: %s. Nothing else is affected, but what was being created may exist without being in the "+
				"state; the guide \"When things go wrong\" tells how to find it. Please report this:\n\n%s", harmless(cause), debug.Stack())
		}
	}()
	ending, end := context.WithCancel(context.Background()) //nolint:forbidigo // a child of ctx would hold it
	defer context.AfterFunc(ctx, end)()
	defer end()
	p := &passing{Context: ending}
	p.held.Store(&ctx)
	defer p.held.Store(nil)
	return do(p, request)
}

// harmless is a panic's cause without the values in it, which may be secret: Go's own name none, as stacks name none.
func harmless(cause any) string {
	if own, ok := cause.(runtime.Error); ok {
		return own.Error()
	}
	return fmt.Sprintf("panic of the type %T", cause)
}

// What follows are the requests that come once or more for each resource, data source and call of a function.

func (s server) ValidateResourceConfig(ctx context.Context, request *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return passed(ctx, request, s.protocol.ValidateResourceConfig)
}

func (s server) UpgradeResourceState(ctx context.Context, request *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return passed(ctx, request, s.protocol.UpgradeResourceState)
}

func (s server) UpgradeResourceIdentity(ctx context.Context, request *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return passed(ctx, request, s.protocol.UpgradeResourceIdentity)
}

func (s server) ReadResource(ctx context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return passed(ctx, request, s.protocol.ReadResource)
}

func (s server) PlanResourceChange(ctx context.Context, request *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return passed(ctx, request, s.protocol.PlanResourceChange)
}

func (s server) ApplyResourceChange(ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return passed(ctx, request, s.protocol.ApplyResourceChange)
}

func (s server) ImportResourceState(ctx context.Context, request *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return passed(ctx, request, s.protocol.ImportResourceState)
}

func (s server) ValidateDataResourceConfig(ctx context.Context, request *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return passed(ctx, request, s.protocol.ValidateDataResourceConfig)
}

func (s server) ReadDataSource(ctx context.Context, request *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return passed(ctx, request, s.protocol.ReadDataSource)
}

func (s server) CallFunction(ctx context.Context, request *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return passed(ctx, request, s.protocol.CallFunction)
}
