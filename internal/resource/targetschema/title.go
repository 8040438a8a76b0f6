package targetschema

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// checkTitle warns of a new title that another schema has: titles are unique (XDM-1521-400). One that the state holds may be deleted, replaced or
// renamed in the same apply. It is no error, because nobody knows the state of the resources that are planned later. What cannot be read is left to
// the service.
func checkTitle(ctx context.Context, change managed.Change[model], state, plan model) {
	title := plan.Title.ValueString()
	if title == "" || title == state.Title.ValueString() || change.Clients == nil || change.Clients.SchemaRegistry.Client == nil {
		return
	}
	other, err := change.Clients.SchemaRegistry.Client.Titled(ctx, title, func(id string) bool { return change.Clients.IsHeld(ctx, id, title) })
	if err != nil || other == nil {
		return
	}
	next := "Otherwise choose another title."
	if change.Creates() {
		id := other.ID
		var written types.String
		if change.Response.Diagnostics.Append(change.Request.Config.GetAttribute(ctx, path.Root(attribute.SandboxName), &written)...); !written.IsNull() {
			id += "@" + written.ValueString()
		}
		next = fmt.Sprintf("Otherwise choose another title, or manage that schema here:\n\nimport {\n  to = customerio_target_schema.NAME\n  id = %q\n}", id)
	}
	change.Response.Diagnostics.AddAttributeWarning(path.Root("title"), "Title is taken", fmt.Sprintf(
		"The schema %s in the sandbox %q has the title %q. Titles are unique, so Schema Registry will refuse it (XDM-1521-400) unless this apply gives that schema "+
			"another title or deletes it before; if it does, add `depends_on`. %s",
		other.ID, change.Clients.SandboxName(), title, next))
}
