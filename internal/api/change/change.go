// Package change says what is to become of an object that others may change at the same time.
package change

import (
	"fmt"
	"time"
)

// Text is a text that is to change: what it was when that was decided, and what it is to be.
type Text struct{ From, To string }

// ConflictError says that somebody else changed the same in the meantime. What they changed is left as it is.
type ConflictError struct {
	// Member is what both change, in the service's name for it, such as "description".
	Member string
	// Planned is the change that was to be made, and Found what is there in its place.
	Planned Text
	Found   string
	// By and At are who made the last change and when, as far as the service tells.
	By string
	At time.Time
}

func (e *ConflictError) Error() string {
	text := fmt.Sprintf("its %s was %q when this change", e.Member, e.Planned.From)
	if e.Planned.To != e.Planned.From { // the two are the same where it belongs to something that changes as a whole
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

// Conflict compares what is there with what a change began from: an error unless it is that, or already what it is to be.
func (t *Text) Conflict(member, found string) *ConflictError {
	if t == nil || found == t.From || found == t.To {
		return nil
	}
	return &ConflictError{Member: member, Planned: *t, Found: found}
}

// First returns the first of the conflicts that there is, as an error that tells who made the last change and when.
func First(by string, at time.Time, conflicts ...*ConflictError) error {
	for _, conflict := range conflicts {
		if conflict != nil {
			conflict.By, conflict.At = by, at
			return conflict
		}
	}
	return nil
}
