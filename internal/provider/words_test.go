package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// A number that is not whole, or has more than 64 bits, is the user's mistake and not the provider's.
func TestNumbersThatAreNotWholeAreRefusedInOurWords(t *testing.T) {
	t.Parallel()
	const flow = `"4982698b-e6b3-48c2-8dcf-040e20121fd2"`
	dataflow := func(argument string) string {
		return acctest.Resource("customerio_dataflow", `name = "Shop"`, `source_connection_id = `+flow, `target_connection_id = `+flow,
			`mapping_set_id = "59c0e53a2dc84f7791ecc1b3d6e51d5e"`, argument)
	}
	runs := func(argument string) string {
		return acctest.Data("customerio_dataflow_runs", `dataflow_id = `+flow, argument)
	}
	notWhole := func(config, number string) odd {
		return odd{config, "Not a whole number", "The value must be a whole number, and it is " + number + "."}
	}
	const bits = "The value must be a whole number from -9223372036854775808 to 9223372036854775807."
	tooLarge := func(config string) odd { return odd{config, "Number out of range", bits} }
	invalid := func(config, told string) odd { return odd{config, "Invalid Attribute Value", told} }
	refusesOdd(t, map[string]odd{
		"fraction":            notWhole(dataflow(`mapping_version = 0.5`), "0.5"),
		"too large":           tooLarge(dataflow(`mapping_version = 9223372036854775808`)),
		"too small":           tooLarge(dataflow(`mapping_version = -9223372036854775809`)),
		"fraction to read":    notWhole(runs(`limit = 0.5`), "0.5"),
		"too large to read":   tooLarge(runs(`limit = 1e30`)),
		"version of a secret": notWhole(acctest.Resource("customerio_base_connection", `name = "Shop"`, `connection_spec = { id = `+flow+` }`, `auth = { spec_name = "Basic", params_wo = "{}", params_wo_version = 1.5 }`), "1.5"),
		"timeout without unit": invalid(dataflow(`mapping_version = 0
  timeouts = { create = 0.5 }`), "it has no unit; write 0.5s"),
		"timeout that is whole": invalid(dataflow(`mapping_version = 0
  timeouts = { create = 5 }`), "it has no unit; write 5s"),
		"timeout of ages": invalid(dataflow(`mapping_version = 0
  timeouts = { create = "9223372036854775808s" }`), "it is too long"),
	})
	world := acctest.New(t, simulator.Options{})
	for setting, words := range map[string]string{"max_retries = 0.5": "and it is 0.5.", "max_retries = 9223372036854775808": bits} {
		w := acctest.NewWorkspace(t, world.Credentials()...)
		w.Write("main.tf", acctest.Required+strings.Replace(world.Config(dataflow("mapping_version = 0")), `provider "customerio" {`, "provider \"customerio\" {\n  "+setting, 1))
		output, err := w.Try("plan", "-json")
		require.Error(t, err)
		found := slices.Compact(told(t, output))
		require.Len(t, found, 1, "%v", found)
		require.Contains(t, found[0].Detail, words)
	}
}
