package flowservice

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Flows are the dataflows. Every change of one takes a while.
type Flows struct{ Collection[Flow] }

// Update changes a dataflow by one PATCH, waits until it is settled again, and returns it. One in a passing state is waited for: the service
// would refuse the change (1420-400).
func (f *Flows) Update(ctx context.Context, id string, change Change) (*Flow, error) {
	err := objects.Until(ctx, func(ctx context.Context) (bool, error, error) {
		err := f.revisions.Update(ctx, id, func(current *revision) (objects.Patch, error) {
			flow := Flow{State: current.State, LastOperation: current.LastOperation}
			switch {
			case !flow.settled():
				return nil, flow.pending(f.Transport.Redact)
			case flow.failure(f.Transport.Redact) != nil:
				return nil, flow.failure(f.Transport.Redact)
			}
			return change.patch(current)
		})
		if pending, is := errors.AsType[*pendingError](err); is {
			return false, pending, nil
		}
		return err == nil, nil, err
	})
	if err != nil {
		return nil, err
	}
	return f.awaitSettled(ctx, id)
}

// pendingError says that an operation on a dataflow has not ended.
type pendingError struct{ state, operation string }

func (e *pendingError) Error() string {
	return fmt.Sprintf("the dataflow is %q (operation %q)", e.state, e.operation)
}

// pending is why a dataflow is not settled: a [*pendingError], or its failure if it is not going to settle.
func (f *Flow) pending(redact func(string) string) error {
	if strings.EqualFold(f.State, "failed") {
		return f.failure(redact)
	}
	return &pendingError{f.State, f.LastOperation.Operation}
}

// settled tells whether the last operation on the dataflow has ended. Unknown states count as not settled: the documents name nine
// and hint at more.
func (f *Flow) settled() bool {
	switch strings.ToLower(f.State) {
	case StateEnabled, StateDisabled, stateDraft:
	default:
		return false
	}
	switch strings.ToLower(f.LastOperation.Status.Value) {
	case "in_progress", "inprogress", "queued", "scheduled":
		return false
	}
	return true
}

// failure is the error of the last operation, or nil. The service's errors may quote secrets.
func (f *Flow) failure(redact func(string) string) error {
	status := f.LastOperation.Status
	if !strings.Contains(strings.ToLower(status.Value), "fail") && !strings.EqualFold(f.State, "failed") {
		return nil
	}
	texts := []error{fmt.Errorf("%s reports that the operation %q ended as %q (the dataflow is %q)",
		Service, f.LastOperation.Operation, status.Value, f.State)}
	for _, raw := range status.Errors {
		texts = append(texts, errors.New(redact(string(raw))))
	}
	return &FailedError{errors.Join(texts...)}
}

// FailedError says that the service gave up on a dataflow, or on a change of it.
type FailedError struct{ cause error }

func (e *FailedError) Error() string { return e.cause.Error() }
func (e *FailedError) Unwrap() error { return e.cause }

// Await waits until a dataflow is settled and has its streaming endpoint.
func (f *Flows) Await(ctx context.Context, id string) (*Flow, error) {
	return f.await(ctx, id, f.IsNew, (*Flow).hasEndpoint)
}

// AwaitCreated is [Flows.Await] for a dataflow that was just created. Until the context ends, it may be missing: it exists.
func (f *Flows) AwaitCreated(ctx context.Context, id string) (*Flow, error) {
	return f.await(ctx, id, func(context.Context, string) bool { return true }, (*Flow).hasEndpoint)
}

func (f *Flow) hasEndpoint() error {
	if f.Options.InletURL == "" {
		return fmt.Errorf("the dataflow is %q and has no streaming endpoint yet", f.State)
	}
	return nil
}

// AwaitEndpoint reads a dataflow that exists, and waits only if it has no streaming endpoint yet.
func (f *Flows) AwaitEndpoint(ctx context.Context, id string) (*Flow, error) {
	flow, err := f.Get(ctx, id)
	if err != nil || flow.Options.InletURL != "" {
		return flow, err
	}
	return f.Await(ctx, id)
}

// awaitSettled waits until the last operation on the dataflow has ended.
func (f *Flows) awaitSettled(ctx context.Context, id string) (*Flow, error) {
	return f.await(ctx, id, f.IsNew, func(*Flow) error { return nil })
}

// await waits for a dataflow that lacks nothing. mayBeMissing tells whether a 404 means that it only cannot be found yet.
func (f *Flows) await(
	ctx context.Context, id string, mayBeMissing func(context.Context, string) bool, lacks func(*Flow) error,
) (*Flow, error) {
	defer f.Expect()()
	var flow *Flow
	err := objects.Until(ctx, func(ctx context.Context) (bool, error, error) {
		var err error
		flow, err = f.look(ctx, id, lacks)
		switch {
		case transport.IsNotFound(err) && mayBeMissing(ctx, id):
			return false, err, nil
		case err != nil:
			return false, nil, err
		case !flow.settled():
			pending := flow.pending(f.Transport.Redact)
			if _, is := errors.AsType[*pendingError](pending); is {
				return false, pending, nil
			}
			return false, nil, pending
		}
		if err := flow.failure(f.Transport.Redact); err != nil {
			return false, nil, err
		}
		pending := lacks(flow)
		return pending == nil, pending, nil
	})
	return flow, err
}

// look looks at a dataflow together with those who wait for others. Only of one that is on its way, a list is believed.
func (f *Flows) look(ctx context.Context, id string, lacks func(*Flow) error) (*Flow, error) {
	flow, listed, err := f.Look(ctx, id)
	if listed && (err != nil || flow.settled() && lacks(flow) != nil || strings.EqualFold(flow.State, stateDeleting)) {
		return f.Once(ctx, id, nil)
	}
	return flow, err
}

// SetState enables or disables a dataflow by an action, waits for the state, and returns the dataflow. The service refuses the action if the dataflow
// is already in that state (1422-400).
//
// An action whose answer is lost, or that has no effect, is sent again once the dataflow is settled in the old state.
func (f *Flows) SetState(ctx context.Context, id, state string) (*Flow, error) {
	for attempt := 0; ; attempt++ {
		flow, err := f.awaitSettled(ctx, id)
		if err != nil || strings.EqualFold(flow.State, state) {
			return flow, err
		}
		err = f.act(ctx, id, state)
		if err != nil && !transport.IsAmbiguous(err) && !transport.HasCode(err, "1422-400") {
			return flow, err
		}
		last := attempt >= f.Transport.MaxRetries()
		flow, waitErr := f.awaitEffect(ctx, id, state, last && err == nil)
		switch {
		case waitErr == nil:
			return flow, nil
		case last && err != nil && ctx.Err() == nil: // it was not accepted, so there is nothing to wait for
			return flow, err
		case last || ctx.Err() != nil || !errors.Is(waitErr, context.DeadlineExceeded):
			return flow, joined(err, waitErr)
		}
	}
}

// joined is both errors in one line.
func joined(err, waitErr error) error {
	if err == nil {
		return waitErr
	}
	return fmt.Errorf("%w; %w", err, waitErr)
}

func (f *Flows) act(ctx context.Context, id, state string) error {
	action := "enable"
	if state == StateDisabled {
		action = "disable"
	}
	return f.Write(ctx, id, transport.Request{Method: http.MethodPost, Path: "/action", Query: url.Values{"op": {action}}}, nil)
}

// awaitEffect waits for a state: without a limit of its own after the last action, otherwise only as long as one takes to show.
func (f *Flows) awaitEffect(ctx context.Context, id, state string, last bool) (*Flow, error) {
	if !last {
		var cancel context.CancelFunc
		ctx, cancel = transport.WithTimeout(ctx, objects.ActionTakesEffect)
		defer cancel()
	}
	return f.await(ctx, id, f.IsNew, func(flow *Flow) error {
		if !strings.EqualFold(flow.State, state) {
			return fmt.Errorf("the dataflow is %q, not yet %q", flow.State, state)
		}
		return nil
	})
}
