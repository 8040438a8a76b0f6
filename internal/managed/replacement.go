package managed

import (
	"context"
	"encoding/json"
)

// Terraform asks twice for the plan of a replacement: about the object, and then as if there were none, for the one that takes its place. Where
// -replace or replace_triggered_by asks for it, the first is an empty plan, and only the second shows it. The private state goes from the first
// to the second. A tainted object is planned only once, as if there were none.

const replacedKey = "replaced"

// IfReplaced leaves a text about an object for the second plan, "" for none. Terraform keeps an error of that plan, but no warning.
func (c Change[M]) IfReplaced(ctx context.Context, text string) {
	value, _ := json.Marshal(text) // a text can be
	if text == "" {
		value = nil
	}
	if c.Response.Private != nil { // as in a unit test
		c.Response.Diagnostics.Append(c.Response.Private.SetKey(ctx, replacedKey, value)...)
	}
}

// Replaces is the text that the first plan left, if this is the second one.
func (c Change[M]) Replaces(ctx context.Context) (text string) {
	if c.Creates() && c.Request.Private != nil {
		value, diags := c.Request.Private.GetKey(ctx, replacedKey)
		c.Response.Diagnostics.Append(diags...)
		_ = json.Unmarshal(value, &text) // there may be none
	}
	return text
}
