package provider

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
	"weak"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"
)

// eachCall runs a test for every call of the protocol, with a function that makes the call with an empty request and returns its
// answer.
func eachCall(t *testing.T, of any, test func(t *testing.T, name string, call func(context.Context) (answer any, err error))) {
	t.Helper()
	methods := reflect.TypeFor[protocol]()
	for i := range methods.NumMethod() {
		name := methods.Method(i).Name
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			method := reflect.ValueOf(of).MethodByName(name)
			test(t, name, func(ctx context.Context) (any, error) {
				request := reflect.New(method.Type().In(1).Elem())
				results := method.Call([]reflect.Value{reflect.ValueOf(ctx), request})
				err, _ := results[1].Interface().(error)
				return results[0].Interface(), err
			})
		})
	}
}

// read reads an answer that is a sequence to its end.
func read(answer any) {
	switch answer := answer.(type) {
	case *tfprotov6.ListResourceServerStream:
		for range answer.Results {
			continue
		}
	case *tfprotov6.InvokeActionServerStream:
		for range answer.Events {
			continue
		}
	case *tfprotov6.ReadStateBytesStream:
		for range answer.Chunks {
			continue
		}
	}
}

// TestServerHasEveryCall: whatever the framework's server can be asked is asked of ours. Optional parts of the protocol are found by
// type assertions, so the compiler does not miss them.
func TestServerHasEveryCall(t *testing.T) {
	t.Parallel()
	framework := reflect.TypeOf(providerserver.NewProtocol6(New("test")())())
	shipped := reflect.TypeOf(NewServer("test")())
	require.GreaterOrEqual(t, framework.NumMethod(), 36)
	for i := range framework.NumMethod() {
		_, has := shipped.MethodByName(framework.Method(i).Name)
		require.True(t, has, "%s is not in server_calls.go", framework.Method(i).Name)
	}
}

// broken is a server whose every call panics: what it embeds is nil.
type broken struct{ protocol }

func TestPanicEndsOnlyItsCall(t *testing.T) {
	t.Parallel()
	eachCall(t, server{framework: broken{}}, func(t *testing.T, name string, call func(context.Context) (any, error)) {
		t.Helper()
		answer, err := call(t.Context())
		require.ErrorContains(t, err, "a bug in the provider: runtime error: invalid memory address or nil pointer dereference")
		require.ErrorContains(t, err, "broken)."+name, "the stack is part of the report")
		require.Zero(t, reflect.Indirect(reflect.ValueOf(answer)))
	})
}

type burdenKey struct{}

// carry makes a call with a value in its context, and returns a pointer to it that does not keep it alive.
func carry(t *testing.T, call func(context.Context) (any, error)) weak.Pointer[[1024]byte] {
	t.Helper()
	burden := new([1024]byte)
	answer, err := call(context.WithValue(t.Context(), burdenKey{}, burden))
	if err == nil { // some calls cannot do with an empty request, which is no matter here
		read(answer)
	}
	return weak.Make(burden)
}

func TestCallLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	eachCall(t, NewServer("test")(), func(t *testing.T, _ string, call func(context.Context) (any, error)) {
		t.Helper()
		burden := carry(t, call)
		require.Eventually(t, func() bool {
			runtime.GC()
			return burden.Value() == nil
		}, 10*time.Second, time.Millisecond, "the call has ended, and its context is still held")
	})
}

// TestFrameworkStillNeedsTheServer fails once the framework does by itself what the server is there for.
func TestFrameworkStillNeedsTheServer(t *testing.T) {
	t.Parallel()
	framework := providerserver.NewProtocol6(New("test")())()
	burden := carry(t, func(ctx context.Context) (any, error) {
		return framework.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: "customerio_unknown"})
	})
	for range 10 {
		runtime.GC()
		require.NotNil(t, burden.Value(), "the framework lets go of a call's context: take lease out of server.go")
	}
	runtime.KeepAlive(framework)

	buggy := providerserver.NewProtocol6(buggy{cause: "x"})()
	require.Panics(t, func() {
		_, _ = buggy.GetMetadata(t.Context(), &tfprotov6.GetMetadataRequest{})
		_, _ = buggy.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "buggy", CurrentState: buggyObject(t)})
	}, "the framework recovers panics: take recoverInto out of server.go")
}

// TestServerNamesTheFramework: what server.go says of the framework's source is looked at again with each version.
func TestServerNamesTheFramework(t *testing.T) {
	t.Parallel()
	const framework = "github.com/hashicorp/terraform-plugin-framework"
	version, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Version}}", framework).Output()
	require.NoError(t, err)
	source, err := os.ReadFile("server.go")
	require.NoError(t, err)
	require.Contains(t, string(source), "what terraform-plugin-framework "+strings.TrimSpace(string(version))+" lacks",
		"check that the comment on server still holds for this version, and name it there")
}

// TestNoActions: the framework runs an action in a goroutine of its own (internal/proto6server/server_invokeaction.go), where no
// server can recover a panic. An action has to do that itself.
func TestNoActions(t *testing.T) {
	t.Parallel()
	_, has := New("test")().(provider.ProviderWithActions)
	require.False(t, has, "let actions recover their panics, then drop this test")
}

// buggyObject is an object without attributes.
func buggyObject(t *testing.T) *tfprotov6.DynamicValue {
	t.Helper()
	object := tftypes.NewValue(tftypes.Object{}, map[string]tftypes.Value{})
	encoded, err := tfprotov6.NewDynamicValue(object.Type(), object)
	require.NoError(t, err)
	return &encoded
}

// TestBuggyProviderIsReported: a panic in the provider's code is the error of its call, which says where and shows no secret. The
// server goes on.
func TestBuggyProviderIsReported(t *testing.T) {
	t.Parallel()
	object := buggyObject(t)
	null, err := tfprotov6.NewDynamicValue(tftypes.Object{}, tftypes.NewValue(tftypes.Object{}, nil))
	require.NoError(t, err)
	for _, cause := range []any{"canary-4f9d", errors.New("canary-4f9d"), map[string]string{"secret": "canary-4f9d"}} {
		s := serve(buggy{cause: cause})
		kind := fmt.Sprintf("panic of type %T", cause)
		for _, test := range []struct {
			name, message, where string
			call                 func() error
		}{
			{"ConfigureProvider", kind, "buggy.Configure", func() error {
				_, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: object})
				return err
			}},
			{"ReadResource", kind, "buggyResource.Read", func() error {
				_, err := s.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "buggy", CurrentState: object})
				return err
			}},
			{"ApplyResourceChange", "interface conversion: string is not error", "buggyResource.Create", func() error {
				_, err := s.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
					TypeName: "buggy", PriorState: &null, PlannedState: object, Config: object,
				})
				return err
			}},
			{"ReadDataSource", kind, "buggyDataSource.Read", func() error {
				_, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "buggy", Config: object})
				return err
			}},
			{"OpenEphemeralResource", kind, "buggyEphemeral.Open", func() error {
				_, err := s.OpenEphemeralResource(t.Context(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: "buggy", Config: object})
				return err
			}},
			{"CallFunction", kind, "buggyFunction.Run", func() error {
				_, err := s.CallFunction(t.Context(), &tfprotov6.CallFunctionRequest{Name: "buggy"})
				return err
			}},
			{"ListResource", kind, "buggyList.List", func() error {
				stream, err := s.ListResource(t.Context(), &tfprotov6.ListResourceRequest{TypeName: "buggy", Config: object})
				require.NoError(t, err)
				var details []string
				for result := range stream.Results {
					require.Len(t, result.Diagnostics, 1)
					details = append(details, result.Diagnostics[0].Detail)
				}
				require.Len(t, details, 2, "what came before the panic, and the panic")
				return errors.New(details[1])
			}},
		} {
			err := test.call()
			require.ErrorContains(t, err, "a bug in the provider: "+test.message, test.name)
			require.ErrorContains(t, err, test.where, test.name)
			require.NotContains(t, err.Error(), "canary", test.name)
		}
	}
}

// TestStreamEndsWhereItsReaderStops: a reader that has enough gets nothing more, not even the panic that follows.
func TestStreamEndsWhereItsReaderStops(t *testing.T) {
	t.Parallel()
	ended := 0
	elements := guarded(func(yield func(int) bool) {
		yield(1)
		panic("after the reader left")
	}, func() { ended++ }, func(*tfprotov6.Diagnostic) int { return -1 })
	var got []int
	for element := range elements {
		got = append(got, element)
		break
	}
	require.Equal(t, []int{1}, got)
	require.Equal(t, 1, ended)
}
