package managed

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// Collection is where an object of a service can be.
type Collection interface {
	// Confirm returns an error for which [transport.IsNotFound] holds if there is no such object.
	Confirm(ctx context.Context, id string) error
	// What is what one of its objects is called, such as "dataset".
	What() string
}

// Reference is an attribute that holds the ID of another object.
type Reference struct {
	Attribute string
	// Planned is the ID in the plan, and Held the one in the state.
	Planned, Held types.String
	// In is where the object has to be, and Elsewhere where it is if somebody took the wrong ID.
	In        Collection
	Elsewhere []Collection
}

// DeniesSandbox reports an error of what a plan looks up, if it says that there is no such sandbox. It tells whether that is so.
func (c Change[M]) DeniesSandbox(looked advice.Attempt, err error) bool {
	if !transport.IsSandboxMissing(err) {
		return false
	}
	c.Report(looked, err)
	return true
}

// Refers reports references to what does not exist, to objects of another kind, and to those that the same plan moves to another sandbox, before
// anything is destroyed for them. An ID that is in the state already, or is not known yet, is not looked up; what cannot be read is left to
// the service.
func (c Change[M]) Refers(ctx context.Context, references ...Reference) {
	for _, r := range references {
		id := r.Planned.ValueString()
		if c.refersElsewhere(r) || id == "" || r.Planned.Equal(r.Held) {
			continue
		}
		err := r.In.Confirm(ctx, id)
		if c.DeniesSandbox(advice.Attempt{Verb: "read", Object: r.In.What(), Name: id}, err) {
			return
		}
		if !transport.IsNotFound(err) {
			continue
		}
		advised := fmt.Sprintf("Check the ID, and that the object is in the sandbox %q.", c.Clients.SandboxName())
		if i := slices.IndexFunc(r.Elsewhere, func(other Collection) bool { return other.Confirm(ctx, id) == nil }); i >= 0 {
			advised = fmt.Sprintf("It is the ID of a %s. Use that of a %s.", r.Elsewhere[i].What(), r.In.What())
			other := strings.ReplaceAll(r.Elsewhere[i].What(), " ", "_") + "_id"
			if slices.ContainsFunc(references, func(one Reference) bool { return one.Attribute == other }) {
				advised += fmt.Sprintf(" Perhaps `%s` and `%s` are swapped.", r.Attribute, other)
			}
		}
		c.Response.Diagnostics.AddAttributeError(path.Root(r.Attribute), advice.Capital(r.In.What())+" not found",
			fmt.Sprintf("There is no %s with the ID %s. %s", r.In.What(), id, advised))
	}
}

// RefersToSchema is [Change.Refers] for the attribute schema_id. It reads no other attribute: a model may not hold what is unknown.
func (c Change[M]) RefersToSchema(ctx context.Context) {
	if c.Deletes() || c.Clients == nil || c.Clients.SchemaRegistry.Client == nil {
		return
	}
	const name = "schema_id"
	var planned, held types.String
	c.Response.Diagnostics.Append(c.Request.Plan.GetAttribute(ctx, path.Root(name), &planned)...)
	if !c.Creates() {
		c.Response.Diagnostics.Append(c.Request.State.GetAttribute(ctx, path.Root(name), &held)...)
	}
	registry := c.Clients.SchemaRegistry.Client
	c.Refers(ctx, Reference{Attribute: name, Planned: planned, Held: held, In: registry.AnySchema, Elsewhere: []Collection{&registry.FieldGroups}})
}

// RefersToSpec reports a specification that Flow Service does not have, or not for this organization. Those that Adobe publishes for the source are
// not looked up: see the data source customerio_source_specification. What cannot be read is left to the service.
func (c Change[M]) RefersToSpec(ctx context.Context, name string, planned, held *attribute.SpecModel, in, elsewhere flowservice.Specs) {
	if planned == nil || held != nil && planned.ID.Equal(held.ID) || c.Clients == nil || c.Clients.FlowService.Client == nil {
		return
	}
	id := planned.ID.ValueString()
	if id == "" || flowservice.IsPublishedSpec(id) || !flowservice.IsUnavailable(in.Confirm(ctx, id)) {
		return
	}
	next := fmt.Sprintf("Check the ID, or leave out `%s` to take its default.", name)
	if elsewhere.Confirm(ctx, id) == nil {
		next = fmt.Sprintf("It is the ID of a %s. Use that of a %s.", elsewhere.What(), in.What())
	}
	c.Response.Diagnostics.AddAttributeError(path.Root(name), advice.Capital(in.What())+" not found",
		fmt.Sprintf("Flow Service has no %s with the ID %s, or none that your organization may use. %s", in.What(), id, next))
}
