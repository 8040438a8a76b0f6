package objects

import "time"

// The limits of every loop above the retrying client. docs/design/retries.md has the reason and the worst case of each.
const (
	// Settling is how long a service may need to list an object after it lost the connection of the create. No document promises
	// that lists are up to date. A wait that is too short creates a second object; one that is too long only costs time.
	Settling = 5 * time.Second
	// LastLook bounds the search after the caller's context has ended, as by Ctrl-C.
	LastLook = 1200 * time.Millisecond
	// ClockTolerance is how much older than its request an object may claim to be: the services' clocks show seconds.
	ClockTolerance = 2 * time.Second

	// FirstPause and LongestPause bound the wait between two looks, which grows by half each time. The documented samples show about
	// six seconds from the create of a dataflow to its inlet (flow-api).
	FirstPause   = 200 * time.Millisecond
	LongestPause = 5 * time.Second

	// ReadsUntilGone is how often an object must be missing before it counts as gone: no document promises that a service finds
	// an object right after its create.
	ReadsUntilGone = 3
	// ReadsPerRemoval is after how many reads a removal that was answered and had no effect is requested again.
	ReadsPerRemoval = 4
	// RemovalAttempts is how often a removal is tried that is refused because the object is still in use.
	RemovalAttempts = 5

	// PatchAttempts is how often a PATCH is tried while others change the same object (412).
	PatchAttempts = 5
	// RefusedPatchAttempts is how often a PATCH is tried that is refused if its first answer was lost (400).
	RefusedPatchAttempts = 2
	// IgnoredWriteAttempts is how often a PUT is tried that was answered and had no effect.
	IgnoredWriteAttempts = 2

	// UnseenReads is how often a dataflow that was just created may be missing.
	UnseenReads = 5
	// ActionTakesEffect is how long an action of a dataflow may take to show before it is sent again.
	ActionTakesEffect = 2 * time.Second
)
