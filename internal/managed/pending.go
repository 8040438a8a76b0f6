package managed

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// A create whose outcome is unknown leaves a pending resource in the state: what was planned, and in place of the ID the window in
// which the object was created, if it was. Terraform taints it, so the next apply deletes it first. That delete looks for what the
// create left, and deletes it. Private state would not do: Terraform does not pass it to the delete of a tainted resource.

// pendingPrefix begins such an ID, as in "pending:2026-11-23T21:17:53Z..2026-11-23T21:18:31Z". No service has IDs like that.
const pendingPrefix = "pending:"

func pendingID(window objects.Window) types.String {
	return types.StringValue(pendingPrefix + window.Since.UTC().Format(time.RFC3339) + ".." + window.Until.UTC().Format(time.RFC3339))
}

// pendingWindow tells whether an ID is that of a pending resource, and when its object may have been created. A malformed ID is a
// window in which nothing was.
func pendingWindow(id types.String) (window objects.Window, is bool) {
	text, is := strings.CutPrefix(id.ValueString(), pendingPrefix)
	since, until, _ := strings.Cut(text, "..")
	window.Since, _ = time.Parse(time.RFC3339, since)
	window.Until, _ = time.Parse(time.RFC3339, until)
	return window, is
}

// keepPending puts a resource into the state whose create failed with an unknown outcome. Other errors leave nothing to keep.
func (r *managed[M, C, P]) keepPending(ctx context.Context, err error, req resource.CreateRequest, resp *resource.CreateResponse) {
	var unknown *objects.UnknownError
	if !errors.As(err, &unknown) {
		return
	}
	planned, transformErr := tftypes.Transform(req.Plan.Raw, func(_ *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		if value.IsKnown() {
			return value, nil
		}
		return tftypes.NewValue(value.Type(), nil), nil
	})
	if transformErr != nil {
		resp.Diagnostics.AddError("Unable to save the planned "+r.Object, transformErr.Error())
		return
	}
	id := pendingID(unknown.Window)
	resp.State.Raw = planned
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), id)...)
}

// findPending completes a pending state with the ID of what its create left, and tells whether there is anything.
func (r *managed[M, C, P]) findPending(ctx context.Context, call Call[C], state *M, window objects.Window) (bool, error) {
	P(state).base().ID = types.StringNull()
	err := r.FindCreated(ctx, call, state, window)
	return err == nil && !r.identity(state).IsNull(), err
}
