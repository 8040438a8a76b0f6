package dataflow_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestBadInput(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	for name, test := range map[string]struct{ attributes, message string }{
		"empty name":  {`name = ""`, `(?s)name = "".*Attribute\s+name\s+must\s+not\s+be\s+empty`},
		"padded name": {`name = " Shop"`, `(?s)Attribute\s+name\s+must\s+not\s+be\s+empty,\s+nor\s+begin\s+or\s+end\s+with\s+white\s+space`},
		"empty description": {`
  name        = "Shop"
  description = ""
`, `(?s)Attribute\s+description\s+must\s+not\s+be\s+empty`},
		"unknown state": {`
  name  = "Shop"
  state = "paused"
`, `(?s)Attribute\s+state\s+value\s+must\s+be\s+one\s+of`},
		"flow spec no UUID": {`
  name      = "Shop"
  flow_spec = { id = "x" }
`, `(?s)Attribute\s+flow_spec\.id\s+must\s+be\s+a\s+UUID`},
		"malformed duration": {`
  name     = "Shop"
  timeouts = { create = "soon" }
`, `(?s)"soon"\s+must\s+be\s+a\s+string\s+containing\s+a\s+sequence\s+of\s+decimal\s+numbers`},
	} {
		t.Run(name, func(t *testing.T) {
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				Steps: []resource.TestStep{{
					Config: world.Config(acctest.Pipeline(test.attributes)), PlanOnly: true, ExpectError: regexp.MustCompile(test.message),
				}},
			})
		})
	}
	t.Run("ids that are no UUIDs", func(t *testing.T) {
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories,
			Steps: []resource.TestStep{{
				Config: world.Config(`resource "customerio_dataflow" "this" {
  name                 = "Shop"
  source_connection_id = "abc"
  target_connection_id = "abc"
  mapping_set_id       = "59c0e53a2dc84f7791ecc1b3d6e51d5e"
  mapping_version      = -1
}`),
				PlanOnly:    true,
				ExpectError: regexp.MustCompile(`(?s)source_connection_id\s+must\s+be\s+a\s+UUID.*target_connection_id\s+must\s+be\s+a\s+UUID.*mapping_version\s+value\s+must\s+be\s+at\s+least\s+0`),
			}},
		})
	})
}

func TestRefusalsPointAtTheAttribute(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := acctest.Pipeline(`name = "Shop"`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				Config:      world.Config(strings.Replace(config, "customerio_mapping_set.this.version", "7", 1)),
				ExpectError: regexp.MustCompile(`(?s)mapping_version\s+=\s+7.*1412-400.*request\s+id.*has\s+no\s+such\s+version`),
			},
			{
				Config:      world.Config(strings.Replace(config, "customerio_mapping_set.this.id", `"59c0e53a2dc84f7791ecc1b3d6e51d5e"`, 1)),
				ExpectError: regexp.MustCompile(`(?s)mapping_set_id\s+=.*1419-400`),
			},
		},
	})
}
