package objects

import (
	"fmt"
	"time"
)

// Text is a text to change: its value when the change was planned, and the new one.
type Text struct{ From, To string }

// ConflictError says that another client changed the same member in the meantime. Its change is left as it is.
type ConflictError struct {
	// Member is what both change, in the service's name for it, such as "description".
	Member string
	// Planned is the change that was planned, and Found the value that the service has instead.
	Planned Text
	Found   string
	// By and At are who made the last change and when, as far as the service tells.
	By string
	At time.Time
}

func (e *ConflictError) Error() string {
	text := fmt.Sprintf("its %s was %q when this change", e.Member, e.Planned.From)
	if e.Planned.To != e.Planned.From { // both are the same in a member of something that changes as a whole
		text += fmt.Sprintf(" to %q", e.Planned.To)
	}
	text += fmt.Sprintf(" was planned, and is %q now", e.Found)
	if e.By != "" || !e.At.IsZero() {
		text += ", last changed"
	}
	if e.By != "" {
		text += " by " + e.By
	}
	if !e.At.IsZero() {
		text += " at " + e.At.UTC().Format(time.RFC3339)
	}
	return text
}

// Left is the change if it is still to be made, nil if the service has the new value: a patch that was refused may be one that a proxy sent
// twice.
func (t *Text) Left(found string) *Text {
	if t != nil && found == t.To && found != "" { // or else it is not told
		return nil
	}
	return t
}

// Conflict compares the value that the service has with the planned change. It is no conflict if that is the old or the new value, or is not
// told: the next plan would not be told it either.
func (t *Text) Conflict(member, found string) *ConflictError {
	if t == nil || Agree(t.From, found) || found == t.To {
		return nil
	}
	return &ConflictError{Member: member, Planned: *t, Found: found}
}

// FirstConflict returns the first conflict, if any, with who made the last change and when.
func FirstConflict(by string, at time.Time, conflicts ...*ConflictError) error {
	for _, conflict := range conflicts {
		if conflict != nil {
			conflict.By, conflict.At = by, at
			return conflict
		}
	}
	return nil
}
