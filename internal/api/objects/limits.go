package objects

import "time"

// Settling is how long after a create, or after its answer was lost, a service may not list or find the object yet. No document promises
// that lists and reads are up to date. A time that is too short makes a second object; one that is too long only costs time. It is a
// variable for the tests, which cannot wait that long.
var Settling = 30 * time.Second

// The limits of every loop above the retrying client. docs/design/retries.md has the reason and the worst case of each.
const (
	// RefusalSettling takes the place of Settling where the service refused a create with 401 or 429: it hardly acted.
	RefusalSettling = 2 * time.Second
	// LastLook bounds the search after the caller's context has ended, as by Ctrl-C.
	LastLook = 1200 * time.Millisecond
	// ClockTolerance is how much later than it could have been made an object may claim to be created, by clocks that are set.
	ClockTolerance = time.Minute
	// Quiet is how long nobody may have asked for an object before it is decided which ones have no owner, and LongestQuiet is how long
	// that is waited for.
	Quiet        = time.Second
	LongestQuiet = 5 * time.Minute

	// FirstPause and LongestPause bound the wait between two looks, which grows by half each time. The documented samples show about
	// six seconds from the create of a dataflow to its inlet (flow-api).
	FirstPause   = 200 * time.Millisecond
	LongestPause = 5 * time.Second

	// Gathering is how long who looks at an object waits for others that are going to look at theirs. Ten webhooks, as many as Terraform
	// deletes at a time, take Customer.io a second.
	Gathering = time.Second

	// ReadsUntilGone is how often an object must be missing before it counts as gone, and how often an answer about another object is
	// met with another read.
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
	// StaleReads is how often an object is read until it is as a PUT wrote it.
	StaleReads = 5

	// ActionTakesEffect is how long an action of a dataflow may take to show before it is sent again.
	ActionTakesEffect = 2 * time.Second
)
