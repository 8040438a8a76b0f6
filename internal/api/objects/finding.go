package objects

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Found is an object that a create may have created.
type Found struct {
	ID string
	// Created is zero if the service does not tell.
	Created time.Time
}

// Window is what is known of an object whose create has an unknown outcome.
type Window struct {
	// Since and Until are when the object appears, if it does, by the clock of the machine that sent the create.
	Since, Until time.Time
	// Others are the IDs of equal objects that existed before.
	Others []string
}

// isAfter tells whether a time of creation is certainly after the window: both by the service's clock and by this machine's, as either may
// be wrong. An unknown time is not.
func (w Window) isAfter(created time.Time, client *transport.Client) bool {
	latest := w.Until.Add(ClockTolerance)
	return !w.Until.IsZero() && created.After(latest) && created.After(client.ServiceTime(latest))
}

// SeveralError says that more than one object may be the one that a create created, or that only a later one may be.
type SeveralError struct {
	// Object is what it is called, such as "dataset".
	Object string
	Found  []Found
	// Cause is why the create's outcome is unknown.
	Cause error
}

func (e *SeveralError) Error() string {
	var lines []string
	for _, one := range e.Found {
		line := one.ID
		if !one.Created.IsZero() {
			line += ", created " + one.Created.UTC().Format(time.RFC3339)
		}
		lines = append(lines, line)
	}
	count := fmt.Sprintf("%d are new", len(e.Found))
	if len(e.Found) == 1 {
		count = "1 is new, but was created later"
	}
	return fmt.Sprintf("%s; of the %ss that match what was sent, %s: %s", e.Cause, e.Object, count, strings.Join(lines, "; "))
}

// UnknownError says that it is unknown whether a create created an object, or which of several. [Collection.FindCreated] finds the
// object, if there is one.
type UnknownError struct {
	Window Window
	// Cause is a [*transport.AmbiguousError] or a [*SeveralError].
	Cause error
}

func (e *UnknownError) Error() string { return e.Cause.Error() }
func (e *UnknownError) Unwrap() error { return e.Cause }

var errEarlier = errors.New("an earlier create may have created one")

// find finds what a create of another process created, and claims it: "" if there is nothing so far.
func (r *Register) find(ctx context.Context, creation creation, window Window) (string, error) {
	_, key, err := creation.encoded()
	if err != nil {
		return "", err
	}
	if err := r.awaitQuiet(ctx); err != nil {
		return "", err
	}
	giveBack, err := r.takeTurn(ctx, key)
	if err != nil {
		return "", err
	}
	defer giveBack()
	id, err := r.candidate(ctx, creation, window, errEarlier)
	if id != "" {
		r.claim(reference{creation.path, id})
	}
	return id, err
}
