package managed

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// A create whose outcome is unknown leaves a pending resource in the state: what was asked for, and in the place of its id when the
// object was made, if it was. Terraform holds it for tainted, and so the next apply deletes it first, which is: looks for what the
// create made, and deletes that. Only then is it made anew. (Private state would not reach that delete.)

// pendingPrefix begins such an id, as in "pending:2026-11-23T21:17:53Z..2026-11-23T21:18:31Z". No service has ids like that.
const pendingPrefix = "pending:"

func pendingID(window objects.Window) types.String {
	return types.StringValue(pendingPrefix + window.Since.UTC().Format(time.RFC3339) + ".." + window.Until.UTC().Format(time.RFC3339))
}

// Pending tells whether an id is that of a pending resource, and when its object was made.
func Pending(id types.String) (objects.Window, bool) {
	text, is := strings.CutPrefix(id.ValueString(), pendingPrefix)
	from, until, _ := strings.Cut(text, "..")
	var window objects.Window
	window.Since, _ = time.Parse(time.RFC3339, from) // what somebody else wrote is a window in which nothing was made
	window.Until, _ = time.Parse(time.RFC3339, until)
	return window, is
}

// KeepPending puts a resource into the state whose create failed with an unknown outcome. Other errors leave nothing to keep.
func KeepPending(ctx context.Context, err error, req resource.CreateRequest, resp *resource.CreateResponse) {
	var unknown *objects.UnknownError
	if !errors.As(err, &unknown) {
		return
	}
	asked, transformErr := tftypes.Transform(req.Plan.Raw, func(_ *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		if value.IsKnown() {
			return value, nil
		}
		return tftypes.NewValue(value.Type(), nil), nil
	})
	if transformErr != nil {
		resp.Diagnostics.AddError("Unable to keep what was asked for", transformErr.Error())
		return
	}
	id := pendingID(unknown.Window)
	resp.State.Raw = asked
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
	resp.Diagnostics.Append(SetIdentity(ctx, resp.Identity, id)...)
}

// Finder looks for what a create made that may have made something in that time, and returns "" where that is nothing.
type Finder func(ctx context.Context, window objects.Window) (string, error)

// ReadPending reads a pending resource, and tells whether it is one. Where its create turns out to have made nothing, it is gone; else
// it stays pending.
func ReadPending(ctx context.Context, o advice.Attempt, id types.String, resp *resource.ReadResponse, find Finder) bool {
	window, is := Pending(id)
	if !is {
		return false
	}
	found, err := find(ctx, window)
	switch {
	case err != nil:
		o.Report(&resp.Diagnostics, err)
	case found == "":
		resp.State.RemoveResource(ctx)
	}
	return true
}

// FindPending gives a pending resource that is to be deleted its id. It tells whether there is anything to delete.
func FindPending(ctx context.Context, o advice.Attempt, resp *resource.DeleteResponse, id *types.String, find Finder) bool {
	window, is := Pending(*id)
	if !is {
		return true
	}
	found, err := find(ctx, window)
	if err != nil {
		o.Report(&resp.Diagnostics, err)
		return false
	}
	*id = types.StringValue(found)
	return found != ""
}

// AsError makes one error of the errors among diagnostics.
func AsError(diags diag.Diagnostics) error {
	var all []error
	for _, one := range diags.Errors() {
		all = append(all, errors.New(one.Detail()))
	}
	return errors.Join(all...)
}
