package httpscript

import (
	"os"
	"testing"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// Main runs the tests of a package whose services are scripts: they do not lag, so nobody waits for what they may show later.
func Main(m *testing.M) {
	objects.Settling = 50 * time.Millisecond
	os.Exit(m.Run())
}
