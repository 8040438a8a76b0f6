package acctest

import (
	"os"
	"testing"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// reads is how the provider reads objects in these tests, from the environment variable TEST_READS. By default, that is as users have it: the first
// object of a kind by its ID, and further ones from a list. Most tests have one object of a kind, so "lists" asks for the list at once. "off" is the
// provider's read_batching.
var reads = os.Getenv("TEST_READS")

const (
	readsFromLists = "lists"
	readsOff       = "off"
)

func setReads() {
	switch reads {
	case readsFromLists:
		objects.ReadsByID = 0
	case "", readsOff:
	default:
		panic("TEST_READS is " + readsFromLists + " or " + readsOff)
	}
}

// readBatching is the setting of a provider block, "" for the default.
func readBatching() string {
	if reads != readsOff {
		return ""
	}
	return `read_batching = "` + readsOff + `"`
}

// CountsReads skips a test that expects reads by ID, where lists take their place.
func CountsReads(t *testing.T) {
	t.Helper()
	if reads == readsFromLists {
		t.Skip("it counts reads by ID")
	}
}

// CountsLists skips a test that expects lists, where read_batching turns them off.
func CountsLists(t *testing.T) {
	t.Helper()
	if reads == readsOff {
		t.Skip("it counts lists")
	}
}
