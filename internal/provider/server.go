package provider

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// protocol is every call that the framework's server answers.
type protocol interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

// server adds to the framework's server what terraform-plugin-framework v1.19.0 lacks:
//
//   - A panic ends one call. The framework recovers none, so one bug would end the process, and with it every other create that is
//     under way.
//   - A finished call leaves nothing behind. The framework keeps the context of every call until the provider stops
//     (internal/proto6server/serve.go: registerContext appends to contextCancels and nothing removes), and each context holds the
//     call's loggers. In a plan of a thousand resources they outweigh everything else in memory.
//   - The provider is told what the state holds, also without a refresh, and of a tainted object, which is planned as if there were none.
//
// The framework's server is a field rather than embedded, so that a call of a newer protocol does not compile until it is in
// server_calls.go. The tests fail once the framework no longer needs either.
type server struct {
	framework protocol
	// holds is told every object of the state, as Terraform reads it from its file. It may be nil.
	holds func(state []byte)
}

// NewServer returns the constructor of the server that Terraform talks to. The version is that of the release. Every test of the
// provider talks to this server too.
func NewServer(version string) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer { return serve(New(version)()) }
}

func serve(p provider.Provider) server {
	wrapped := server{framework: providerserver.NewProtocol6(p)().(protocol)}
	if own, is := p.(*customerIOProvider); is {
		wrapped.holds = own.holds
	}
	return wrapped
}

// lease is the context of one call. It lets go of the request's context when the call has ended.
type lease struct {
	context.Context
	request atomic.Pointer[context.Context]
}

// Value is that of the request's context, and nil once the call has ended.
func (l *lease) Value(key any) any {
	if request := l.request.Load(); request != nil {
		return (*request).Value(key)
	}
	return nil
}

// newLease returns a context for one call, which is canceled with the request's, and the function that ends it.
func newLease(request context.Context) (*lease, func()) {
	ctx, cancel := context.WithCancel(context.Background()) //nolint:forbidigo // a child of the request's context would keep that alive
	leased := &lease{Context: ctx}
	leased.request.Store(&request)
	unlink := context.AfterFunc(request, cancel)
	return leased, func() {
		unlink()
		cancel()
		leased.request.Store(nil)
	}
}

// unary carries out a call with one answer.
func unary[Q, A any](request context.Context, q Q, do func(context.Context, Q) (A, error)) (answer A, err error) {
	ctx, end := newLease(request)
	defer end()
	defer recoverInto(&err)
	return do(ctx, q)
}

// stream carries out a call that answers with a sequence. The provider's code also runs while Terraform reads the sequence, so the
// call ends with that. A panic becomes the last element, which failed makes of the error.
func stream[Q, A, E any](
	request context.Context, q Q, do func(context.Context, Q) (*A, error), sequence func(*A) *iter.Seq[E], failed func(*tfprotov6.Diagnostic) E,
) (answer *A, err error) {
	ctx, end := newLease(request)
	defer func() {
		if err != nil {
			end()
		}
	}()
	defer recoverInto(&err)
	answer, err = do(ctx, q)
	if err != nil {
		return nil, err
	}
	elements := sequence(answer)
	*elements = guarded(*elements, end, failed)
	return answer, nil
}

func guarded[E any](elements iter.Seq[E], end func(), failed func(*tfprotov6.Diagnostic) E) iter.Seq[E] {
	return func(yield func(E) bool) {
		defer end()
		reading := true
		err := func() (err error) {
			defer recoverInto(&err)
			elements(func(element E) bool {
				reading = false // until yield returns: it must not be called again after a panic of its own
				reading = yield(element)
				return reading
			})
			return nil
		}()
		if err != nil && reading {
			yield(failed(&tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Bug in the provider", Detail: err.Error()}))
		}
	}
}

// recoverInto turns a panic into the error of this call. It is to be deferred.
func recoverInto(err *error) {
	if cause := recover(); cause != nil {
		*err = fmt.Errorf("a bug in the provider: %s. Only this call failed. If it was creating an object, the object may exist without being "+
			"in the state; the guide \"Troubleshooting\" shows how to find it. Please report this:\n\n%s", harmless(cause), debug.Stack())
	}
}

// harmless describes the cause of a panic without the values in it, which may be secret. Go's own runtime errors and stacks show
// none.
func harmless(cause any) string {
	if own, ok := cause.(runtime.Error); ok {
		return own.Error()
	}
	return fmt.Sprintf("panic of type %T", cause)
}
