package poll

import (
	"context"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// looks is how often an object must be missing to be taken for gone.
const looks = 3

// Confirmed reads an object, and takes it for gone only where it is missing several times: a service may not see yet what was
// just made (inferred, no document promises that it does), and Terraform would make it a second time.
func Confirmed[T any](ctx context.Context, read func(ctx context.Context) (T, error)) (T, error) {
	pause := NewPause()
	for look := 1; ; look++ {
		found, err := read(ctx)
		if !transport.IsNotFound(err) || look == looks || pause.Wait(ctx) != nil {
			return found, err
		}
	}
}
