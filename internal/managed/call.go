package managed

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// Call is one request of Terraform for a resource.
type Call[C any] struct {
	Client *C
	// Clients are those of all services, for what another one tells.
	Clients *clients.Set
	// Config holds the write-only values, which are in neither plan nor state. It is there for a create and an update.
	Config tfsdk.Config
	// WasPending tells whether the object of a delete was found only now, because nobody knew the outcome of its create.
	WasPending bool
	// InOwnSandbox tells whether the configuration of the object names its sandbox, and not the provider's.
	InOwnSandbox bool
	// Diagnostics take warnings. Errors are returned.
	Diagnostics *diag.Diagnostics
	// Save puts the plan into the state. It is there for a create.
	Save func()
}

// Report adds the diagnostic of an error to some.
func (c Call[C]) Report(diags *diag.Diagnostics, attempt advice.Attempt, err error) {
	attempt.InOwnSandbox = c.InOwnSandbox
	attempt.Report(diags, err)
}

// StepError is a failure of one step of an operation, which the message names in place of the operation.
type StepError struct {
	// Verb makes the summary: "provision" is "Unable to provision dataflow".
	Verb string
	Err  error
}

func (e *StepError) Error() string { return e.Err.Error() }
func (e *StepError) Unwrap() error { return e.Err }

// PartError is a failure to read a part of an object that itself exists.
type PartError struct{ Err error }

func (e *PartError) Error() string { return e.Err.Error() }
func (e *PartError) Unwrap() error { return e.Err }

// UnsuitableError says that an object exists, and that the resource cannot hold it.
type UnsuitableError struct{ Err error }

func (e *UnsuitableError) Error() string { return e.Err.Error() }
func (e *UnsuitableError) Unwrap() error { return e.Err }

// Diagnostics are errors that are ready to be shown.
type Diagnostics diag.Diagnostics

// Error is what they say.
func (d Diagnostics) Error() string {
	var details []string
	for _, one := range diag.Diagnostics(d).Errors() {
		details = append(details, one.Detail())
	}
	return strings.Join(details, "\n")
}

// Check is an error if there is one among the diagnostics.
func Check(diags diag.Diagnostics) error {
	if diags.HasError() {
		return Diagnostics(diags)
	}
	return nil
}

func asDiagnostics(err error) (diag.Diagnostics, bool) {
	var ready Diagnostics
	is := errors.As(err, &ready)
	return diag.Diagnostics(ready), is
}

// Change is a planned create, update, replacement or delete.
type Change[M any] struct {
	// Clients is nil while the provider is not configured.
	Clients  *clients.Set
	Request  resource.ModifyPlanRequest
	Response *resource.ModifyPlanResponse
	// InOwnSandbox tells whether the configuration of the object names its sandbox, and not the provider's.
	InOwnSandbox bool
}

// Report adds the diagnostic of an error.
func (c Change[M]) Report(attempt advice.Attempt, err error) {
	attempt.InOwnSandbox = c.InOwnSandbox
	attempt.Report(&c.Response.Diagnostics, err)
}

// Creates tells whether there is no object yet.
func (c Change[M]) Creates() bool { return c.Request.State.Raw.IsNull() }

// Deletes tells whether there is to be no object.
func (c Change[M]) Deletes() bool { return c.Request.Plan.Raw.IsNull() }

// State is the state, empty for a create. Errors are reported.
func (c Change[M]) State(ctx context.Context) (state M) {
	if !c.Creates() {
		c.Response.Diagnostics.Append(c.Request.State.Get(ctx, &state)...)
	}
	return state
}

// Plan is the plan of a change that does not delete. Errors are reported.
func (c Change[M]) Plan(ctx context.Context) (plan M) {
	c.Response.Diagnostics.Append(c.Request.Plan.Get(ctx, &plan)...)
	return plan
}
