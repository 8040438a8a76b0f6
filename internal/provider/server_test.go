package provider

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"
	"weak"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/stretchr/testify/require"
)

type burdenKey struct{}

// TestServerForgetsRequests: what came with a request is free once it is done. Kept for thousands of requests, it is most of the
// provider's memory.
func TestServerForgetsRequests(t *testing.T) {
	t.Parallel()
	server := NewServer("test")()
	const resource, data = "customerio_unknown", "customerio_unknown" // refused, and held all the same
	for name, request := range map[string]func(context.Context) error{
		"ValidateResourceConfig": func(ctx context.Context) error {
			_, err := server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: resource})
			return err
		},
		"UpgradeResourceState": func(ctx context.Context) error {
			_, err := server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: resource})
			return err
		},
		"UpgradeResourceIdentity": func(ctx context.Context) error {
			_, err := server.UpgradeResourceIdentity(ctx, &tfprotov6.UpgradeResourceIdentityRequest{TypeName: resource})
			return err
		},
		"ReadResource": func(ctx context.Context) error {
			_, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: resource})
			return err
		},
		"PlanResourceChange": func(ctx context.Context) error {
			_, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: resource})
			return err
		},
		"ApplyResourceChange": func(ctx context.Context) error {
			_, err := server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: resource})
			return err
		},
		"ImportResourceState": func(ctx context.Context) error {
			_, err := server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: resource, ID: "x"})
			return err
		},
		"ValidateDataResourceConfig": func(ctx context.Context) error {
			_, err := server.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: data})
			return err
		},
		"ReadDataSource": func(ctx context.Context) error {
			_, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: data})
			return err
		},
		"CallFunction": func(ctx context.Context) error {
			_, err := server.CallFunction(ctx, &tfprotov6.CallFunctionRequest{Name: "events"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			burden := carry(t, request)
			require.Eventually(t, func() bool {
				runtime.GC()
				return burden.Value() == nil
			}, 10*time.Second, time.Millisecond, "the request is done, and what it carried is still held")
		})
	}
}

// carry makes a request with something in its context.
func carry(t *testing.T, request func(context.Context) error) weak.Pointer[[1024]byte] {
	t.Helper()
	burden := new([1024]byte)
	require.NoError(t, request(context.WithValue(t.Context(), burdenKey{}, burden)))
	return weak.Make(burden)
}

// bug is a server that panics, with a secret at hand.
type bug struct {
	protocol
	cause any
}

func (b bug) ReadResource(context.Context, *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	panic(b.cause)
}

func (b bug) ApplyResourceChange(context.Context, *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	resources := map[string]any{"canary-4f9d": "canary-4f9d"}
	return nil, resources["canary-4f9d"].(error)
}

// TestPanicsEndOneRequest: what panics says where, tells no secret, and leaves the server alive for the others.
func TestPanicsEndOneRequest(t *testing.T) {
	t.Parallel()
	for _, cause := range []any{"canary-4f9d", errors.New("canary-4f9d"), map[string]string{"secret": "canary-4f9d"}} {
		_, err := server{bug{cause: cause}}.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{})
		require.ErrorContains(t, err, fmt.Sprintf("panic of the type %T", cause))
		require.ErrorContains(t, err, "provider.bug.ReadResource")
		require.NotContains(t, err.Error(), "canary")
	}
	_, err := server{bug{}}.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{})
	require.ErrorContains(t, err, "a bug of the provider: interface conversion: string is not error")
	require.NotContains(t, err.Error(), "canary")
}
