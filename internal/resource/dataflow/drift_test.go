package dataflow_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestDriftIsSeenAndRepaired(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := world.Config(acctest.Pipeline(`name = "Shop"`))
	change := func(fn func(flow map[string]any)) func() {
		return func() {
			for _, id := range world.Alive(simulator.KindFlow) {
				require.NoError(t, world.Update(simulator.KindFlow, id, fn))
			}
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: change(func(flow map[string]any) {
					flow["state"], flow["name"], flow["description"] = "disabled", "Renamed", "By hand"
				}),
				Config:            config,
				ConfigPlanChecks:  planned(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{value("state", "enabled"), value("name", "Shop")},
			},
			{
				PreConfig: func() {
					for _, id := range world.Alive(simulator.KindFlow) {
						require.NoError(t, world.Delete(simulator.KindFlow, id))
					}
				},
				Config:           config,
				ConfigPlanChecks: planned(address, plancheck.ResourceActionCreate),
			},
			{ // and the destroy at the end finds it gone
				PreConfig: func() {
					for _, id := range world.Alive(simulator.KindFlow) {
						require.NoError(t, world.Delete(simulator.KindFlow, id))
					}
				},
				Config: config, Destroy: true,
			},
		},
	})
}
