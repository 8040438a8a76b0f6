// Package targetschema is the resource customerio_target_schema: the XDM schema that the events take the form of.
package targetschema

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

const (
	object   = "schema"
	patience = 10 * time.Minute
)

type call = managed.Call[schemaregistry.Client]

// New returns the resource.
func New() resource.Resource { return managed.New(declared()) }

// declared is the resource. Its object consists of parts, see parts.go.
func declared() managed.Resource[model, schemaregistry.Client] {
	return managed.Resource[model, schemaregistry.Client]{
		TypeName: "target_schema",
		Object:   object,
		ID:       "`$id` that Schema Registry assigned, a URI.",
		IDForm:   attribute.HTTPURL(),
		Schema:   resourceSchema,
		Waits: managed.Waits{
			Update: managed.Wait{Default: patience, Until: "until the old primary identity is deleted"},
			Delete: managed.Wait{Default: patience, Until: "until the schema and the field group are deleted"},
		},
		Client:         clients.SchemaRegistry,
		Name:           func(m *model) types.String { return m.Title },
		Identity:       (*model).identity,
		ValidateConfig: checkNames,
		ModifyPlan:     modifyPlan,
		Create: func(ctx context.Context, call call, plan *model) error {
			namespace := plan.TenantNamespace
			*plan = plan.withoutComputed()
			plan.TenantNamespace = namespace
			return build(ctx, call.Client, plan, call.Save)
		},
		FindCreated: func(ctx context.Context, call call, state *model, window objects.Window) error {
			return complete(ctx, call.Client, state, window)
		},
		Read: func(ctx context.Context, call call, state *model) error {
			if state.ID.IsNull() { // only the field group was created
				return nil
			}
			return read(ctx, call, state)
		},
		Update: func(ctx context.Context, call call, state, plan *model) error {
			return apply(ctx, call.Client, state, plan)
		},
		Delete: func(ctx context.Context, call call, state *model) error {
			if !call.WasPending {
				if err := complete(ctx, call.Client, state, objects.Window{}); err != nil {
					return err
				}
			}
			return remove(ctx, call.Client, state)
		},
	}
}
