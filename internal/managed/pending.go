package managed

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// A create whose outcome is unknown leaves a pending resource in the state: what was planned, and in place of the ID the window in
// which the object appears, if it does. As soon as a look finds the object, its ID takes that place. As long as the window is open and
// nothing is found, nobody knows, and the resource stays as it is. Terraform taints it, so the next apply deletes it first. That delete
// waits until the object is found or the window is over. Private state would not do: Terraform does not pass it to the delete of a
// tainted resource.

// pendingPrefix begins such an ID, as in "pending:2026-11-23T21:17:53Z..2026-11-23T21:18:31Z,not:63ec807d3f5ce91bd2d06c65", which ends with
// the equal objects that existed before. No service has IDs like that.
const (
	pendingPrefix = "pending:"
	otherPrefix   = "not:"
)

func pendingID(window objects.Window) types.String {
	parts := []string{pendingPrefix + window.Since.UTC().Format(time.RFC3339) + ".." + roundedUp(window.Until).Format(time.RFC3339)}
	for _, id := range window.Others {
		parts = append(parts, otherPrefix+id)
	}
	return types.StringValue(strings.Join(parts, ","))
}

// roundedUp is the first full second that is not before a time.
func roundedUp(moment time.Time) time.Time {
	return moment.Add(time.Second - time.Nanosecond).UTC().Truncate(time.Second)
}

// pendingWindow tells whether an ID is that of a pending resource, and what is known of its object. A malformed ID is a window in which
// nothing was.
func pendingWindow(id types.String) (window objects.Window, is bool) {
	text, is := strings.CutPrefix(id.ValueString(), pendingPrefix)
	parts := strings.Split(text, ",")
	since, until, _ := strings.Cut(parts[0], "..")
	window.Since, _ = time.Parse(time.RFC3339, since)
	window.Until, _ = time.Parse(time.RFC3339, until)
	for _, part := range parts[1:] {
		window.Others = append(window.Others, strings.TrimPrefix(part, otherPrefix))
	}
	return window, is
}

// IsPending tells whether nobody knows yet if there is an object.
func (b *Base) IsPending() bool {
	_, is := pendingWindow(b.ID)
	return is
}

// isOpen tells whether the object may still appear.
func isOpen(window objects.Window) bool { return time.Now().Before(window.Until) }

// keepPending puts a resource into the state whose create failed with an unknown outcome, unless a former step has saved it with its ID.
// Other errors leave nothing to keep. What the create took from other objects is kept too: the object is looked for by what was sent.
func (r *managed[M, C, P]) keepPending(ctx context.Context, err error, req resource.CreateRequest, plan *M, resp *resource.CreateResponse) {
	var unknown *objects.UnknownError
	if !errors.As(err, &unknown) {
		return
	}
	if resp.State.Raw.IsNull() {
		sent := req.Plan
		resp.Diagnostics.Append(sent.Set(ctx, plan)...)
		planned, transformErr := tftypes.Transform(sent.Raw, func(_ *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
			if value.IsKnown() {
				return value, nil
			}
			return tftypes.NewValue(value.Type(), nil), nil
		})
		if transformErr != nil {
			resp.Diagnostics.AddError("Unable to save the planned "+r.Object, transformErr.Error())
			return
		}
		resp.State.Raw = planned
	}
	var known types.String
	if resp.Diagnostics.Append(resp.State.GetAttribute(ctx, path.Root("id"), &known)...); !known.IsNull() {
		return
	}
	id := pendingID(unknown.Window)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), id)...)
}

// findPending completes a pending state with the ID of what its create left, and tells whether it found that. Parts that were known before
// are not what it looks for.
func (r *managed[M, C, P]) findPending(ctx context.Context, call Call[C], state *M, window objects.Window) (bool, error) {
	P(state).base().ID = types.StringNull()
	before := r.identity(state)
	err := r.FindCreated(ctx, call, state, window)
	return err == nil && !r.identity(state).Equal(before), err
}

// awaitPending is [managed.findPending] until the object is found or its window is over.
func (r *managed[M, C, P]) awaitPending(ctx context.Context, call Call[C], state *M, window objects.Window) (found bool, err error) {
	err = objects.Until(ctx, func(ctx context.Context) (bool, error, error) {
		last := !isOpen(window)
		found, err = r.findPending(ctx, call, state, window)
		if err == nil && !found && !last {
			tflog.Info(ctx, "Waiting until it is known whether the "+r.Object+" was created", map[string]any{"until": window.Until.Format(time.RFC3339)})
		}
		return found || last, errNotKnownYet, err
	})
	return found, err
}

var errNotKnownYet = errors.New("it is not known yet whether it was created")

// stillPending says how long nobody will know.
func (r *managed[M, C, P]) stillPending(state *M, window objects.Window) (summary, detail string) {
	return "Outcome of a create not known yet", fmt.Sprintf(
		"The answer to the create of the %s %q was lost. The %s was not found so far, and may still appear until %s. Apply again: the delete "+
			"of what the create left waits for it.",
		r.Object, r.Name(state).ValueString(), r.Object, window.Until.UTC().Format(time.RFC3339))
}

// refusePending refuses to update what may not exist, as after an untaint.
func (r *managed[M, C, P]) refusePending(state *M, diags *diag.Diagnostics) {
	if window, is := pendingWindow(P(state).base().ID); is {
		summary, _ := r.stillPending(state, window)
		diags.AddError(summary, fmt.Sprintf("The answer to the create of the %s %q was lost, so there is nothing to update yet. After %s, plan "+
			"again with a refresh, or let Terraform replace it (`terraform taint`).",
			r.Object, r.Name(state).ValueString(), window.Until.UTC().Format(time.RFC3339)))
	}
}
