package managed

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// Terraform plans, applies and destroys in different processes. The private state tells the next one when an object was created, because a
// service may not find it for a while.

const createdKey = "created"

// private is the private state of a request or a response.
type private interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// remember notes that an object was created just now.
func remember(ctx context.Context, private private, diags *diag.Diagnostics) {
	value, err := json.Marshal(time.Now().UTC())
	if err != nil {
		diags.AddError("Unable to note the time of a create", err.Error())
		return
	}
	diags.Append(private.SetKey(ctx, createdKey, value)...)
}

// recall puts the time of creation into the context, if it is known.
func recall(ctx context.Context, private private, diags *diag.Diagnostics) context.Context {
	value, more := private.GetKey(ctx, createdKey)
	diags.Append(more...)
	var created time.Time
	if len(value) == 0 || json.Unmarshal(value, &created) != nil {
		return ctx
	}
	return objects.WithCreated(ctx, created)
}
