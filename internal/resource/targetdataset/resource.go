// Package targetdataset is the resource customerio_target_dataset: where the events end.
package targetdataset

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type call = managed.Call[catalog.Client]

// New returns the resource.
func New() resource.Resource { return managed.New(declared()) }

// declared is the resource.
func declared() managed.Resource[model, catalog.Client] {
	return managed.Resource[model, catalog.Client]{
		TypeName:   "target_dataset",
		Object:     "dataset",
		ID:         "ID that the service assigned, 24 hexadecimal digits.",
		IDForm:     attribute.Hex24(),
		Schema:     resourceSchema,
		Waits:      managed.Waits{Delete: managed.Wait{Default: 10 * time.Minute, Until: "until the dataset is deleted"}},
		Client:     clients.Catalog,
		Name:       func(m *model) types.String { return m.Name },
		ModifyPlan: checkPlan,
		Create: func(ctx context.Context, call call, plan *model) error {
			plan.SchemaVersion = call.SchemaVersion(ctx, plan.SchemaID, plan.SchemaVersion)
			return plan.Assign(call.Client.Datasets.Create(ctx, plan.toAPI()))
		},
		FindCreated: func(ctx context.Context, call call, state *model, window objects.Window) error {
			return state.Assign(call.Client.Datasets.FindCreated(ctx, state.toAPI(), window))
		},
		Read: func(ctx context.Context, call call, state *model) error {
			dataset, err := call.Client.Datasets.Get(ctx, state.ID.ValueString())
			if err == nil {
				state.fromAPI(dataset)
			}
			return err
		},
		Update: func(ctx context.Context, call call, state, plan *model) error {
			return call.Client.Datasets.Update(ctx, state.ID.ValueString(), plan.changeFrom(state).Patch)
		},
		Delete: func(ctx context.Context, call call, state *model) error {
			if state.isProtected() {
				return protected(state, call.WasPending)
			}
			return call.Client.Datasets.Remove(ctx, state.ID.ValueString())
		},
	}
}
