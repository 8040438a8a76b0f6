package dataflow_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestBadInput(t *testing.T) {
	t.Parallel()
	const trimmed = "must not be empty, nor begin or end with white space"
	exactly := func(line, message string) acctest.BadInput {
		return acctest.BadInput{Config: acctest.Pipeline(line), Line: line, Message: message}
	}
	bad := func(line, message string) acctest.BadInput {
		return acctest.BadInput{Config: acctest.Pipeline(`name = "Shop"`, line), Line: line, Message: message}
	}
	// Terraform quotes no line within an object, so only the message names the attribute.
	nested := func(line, message string) acctest.BadInput {
		return acctest.BadInput{Config: acctest.Pipeline(`name = "Shop"`, line), Line: "with " + address, Message: message}
	}
	// of is a dataflow whose references are well-formed but for one.
	of := func(line, message string) acctest.BadInput {
		attributes := []string{
			`source_connection_id = "4982698b-e6b3-48c2-8dcf-040e20121fd2"`, `target_connection_id = "4982698b-e6b3-48c2-8dcf-040e20121fd2"`,
			`mapping_set_id = "59c0e53a2dc84f7791ecc1b3d6e51d5e"`, `mapping_version = 0`,
		}
		name, _, _ := strings.Cut(line, " = ")
		for i := range attributes {
			if strings.HasPrefix(attributes[i], name+" ") {
				attributes[i] = line
			}
		}
		return acctest.BadInput{Config: acctest.Resource("customerio_dataflow", append(attributes, `name = "Shop"`)...), Line: line, Message: message}
	}
	acctest.New(t, simulator.Options{}).Refuses(t, map[string]acctest.BadInput{
		"empty name":         exactly(`name = ""`, "Attribute name "+trimmed),
		"unknown state":      bad(`state = "paused"`, "Attribute state value must be one of"),
		"flow spec no UUID":  nested(`flow_spec = { id = "x" }`, "Attribute flow_spec.id must be a UUID"),
		"malformed duration": nested(`timeouts = { create = "soon" }`, `must be a duration above zero, such as 30s or 10m, got "soon": it is not a duration`),
		"no time to create":  nested(`timeouts = { create = "0s" }`, `Attribute timeouts.create must be a duration above zero, such as 30s or 10m, got "0s": it is not positive`),
		"less than none":     nested(`timeouts = { update = "-5m" }`, `Attribute timeouts.update must be a duration above zero`),
		"source no UUID":     of(`source_connection_id = "abc"`, "source_connection_id must be a UUID"),
		"target no UUID":     of(`target_connection_id = "abc"`, "target_connection_id must be a UUID"),
		"malformed set":      of(`mapping_set_id = "../schemas"`, "mapping_set_id must be 32 hexadecimal digits"),
		"negative version":   of(`mapping_version = -1`, "mapping_version value must be at least 0"),
	})
}

// What a plan cannot look up, because the role may not read it, is refused by the service.
func TestRefusalsPointAtTheAttribute(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	config := acctest.Pipeline(`name = "Shop"`)
	unreadable := simulator.Fault{Method: http.MethodGet, Path: "*/mappingSets/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{
				PreConfig:   func() { world.AddFault(unreadable) },
				Config:      world.Config(strings.Replace(config, "customerio_mapping_set.this.version", "7", 1)),
				ExpectError: acctest.Message("mapping_version = 7", "1412-400", "request ID", "does not have this version"),
			},
			{
				Config: world.Config(strings.Replace(config, "customerio_mapping_set.this.id", `"59c0e53a2dc84f7791ecc1b3d6e51d5e"`, 1)),
				PreConfig: func() {
					world.ClearFaults()
					unreadable.Path += "59c0e53a2dc84f7791ecc1b3d6e51d5e"
					world.AddFault(unreadable)
				},
				ExpectError: acctest.Message("mapping_set_id =", "1419-400"),
			},
			{PreConfig: world.ClearFaults, Config: world.Config(config)},
		},
	})
}
