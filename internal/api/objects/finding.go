package objects

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Found is an object that a create may have created.
type Found struct {
	ID string
	// Created is zero if the service does not tell.
	Created time.Time
}

// FindCreated lists the objects that have everything that was sent and that are not older than since, in the service's time.
type FindCreated func(ctx context.Context, since time.Time) ([]Found, error)

// Window is when a create may have created an object, by the service's clock.
type Window struct{ Since, Until time.Time }

// SeveralError says that more than one object may be the one that a create created.
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
	return fmt.Sprintf("%s; of the %ss that match what was sent, %d are new: %s", e.Cause, e.Object, len(e.Found), strings.Join(lines, "; "))
}

// UnknownError says that it is unknown whether a create created an object, or which of several. [Register.Find] finds the
// object, if there is one.
type UnknownError struct {
	Window Window
	// Cause is a [*transport.AmbiguousError] or a [*SeveralError].
	Cause error
}

func (e *UnknownError) Error() string { return e.Cause.Error() }
func (e *UnknownError) Unwrap() error { return e.Cause }

// Find finds what a create with an unknown outcome created: "" if that is nothing, and a [*SeveralError] if several objects
// match. object is what it is called.
func (r *Register) Find(ctx context.Context, object string, find FindCreated, window Window) (string, error) {
	found, err := find(ctx, window.Since)
	if err != nil {
		return "", fmt.Errorf("looking for what an earlier create may have created: %w", err)
	}
	found = slices.DeleteFunc(r.withoutClaimed(found), func(one Found) bool { return one.Created.After(window.Until) })
	switch len(found) {
	case 0:
		return "", nil
	case 1:
		return found[0].ID, nil
	}
	return "", &SeveralError{Object: object, Found: found, Cause: errors.New("an earlier create may have created one")}
}
