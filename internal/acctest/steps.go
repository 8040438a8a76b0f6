package acctest

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
)

// Planned wants a plan to do one thing with a resource, and the plan after it to be empty.
func Planned(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}
}

// Applied is [Planned] without a real Terraform: it plans a configuration, wants that to do one thing with the resource, applies it, and
// wants the plan after it to be empty. It returns the plan.
func Applied(t *testing.T, terraform *core.Core, i *core.Instance, action core.Action, arguments map[string]any) *core.Change {
	t.Helper()
	planned, found := terraform.Plan(t.Context(), i, arguments)
	require.Empty(t, found)
	require.Equal(t, action, planned.Action)
	require.Empty(t, terraform.ApplyPlan(t.Context(), i, planned))
	after, found := terraform.Plan(t.Context(), i, arguments)
	require.Empty(t, found)
	require.Equal(t, core.NoOp, after.Action, "%s would become %s", i.State, after.After)
	return planned
}

// OnlyPlanned is a step that wants a refreshed plan to do one thing with a resource, and applies nothing.
func OnlyPlanned(config, address string, action plancheck.ResourceActionType) resource.TestStep {
	return resource.TestStep{
		Config: config, PlanOnly: true, ExpectNonEmptyPlan: true,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
		},
	}
}

// NothingPlanned is a step for a configuration that says the same as the state, if in other words.
func NothingPlanned(config string) resource.TestStep {
	return resource.TestStep{Config: config, PlanOnly: true}
}

// InState wants texts in attributes of a resource.
func InState(address string, attributes map[string]string) []statecheck.StateCheck {
	var checks []statecheck.StateCheck
	for attribute, text := range attributes {
		place := tfjsonpath.New(strings.Split(attribute, ".")[0])
		for _, step := range strings.Split(attribute, ".")[1:] {
			place = place.AtMapKey(step)
		}
		checks = append(checks, statecheck.ExpectKnownValue(address, place, knownvalue.StringExact(text)))
	}
	return checks
}

// Message matches the given parts in this order, with anything between them and wherever Terraform breaks lines. A diagnostic
// has a summary, then the line of the attribute at fault, then the detail.
func Message(parts ...string) *regexp.Regexp {
	for i, part := range parts {
		words := strings.Fields(part)
		for j := range words {
			words[j] = regexp.QuoteMeta(words[j])
		}
		parts[i] = strings.Join(words, `\s+`)
	}
	return regexp.MustCompile("(?s)" + strings.Join(parts, ".*"))
}

// BadInput is a configuration that must not reach a service.
type BadInput struct {
	// Config is the configuration of the resource or data source.
	Config string
	// Line is the line of the configuration that the error quotes.
	Line string
	// Message is the detail of the error.
	Message string
}

// Refuses wants an error from the plan of every configuration, without a call to any service.
func (w *World) Refuses(t *testing.T, inputs map[string]BadInput) {
	t.Helper()
	fails := map[string]Failure{}
	for name, input := range inputs {
		fails[name] = Failure{w.Config(input.Config), []string{input.Line, input.Message}}
	}
	PlansFail(t, fails)
	for _, call := range w.Calls() {
		t.Errorf("unexpected call: %s %s", call.Method, call.Path)
	}
}

// Failure is a configuration with the parts of the [Message] that its plan gives.
type Failure struct {
	Config  string
	Message []string
}

// PlansFail plans configurations that fail, all in one folder: a folder of its own costs as many runs of Terraform as five plans.
func PlansFail(t *testing.T, failures map[string]Failure) {
	t.Helper()
	var steps []resource.TestStep
	for _, name := range slices.Sorted(maps.Keys(failures)) {
		steps = append(steps, resource.TestStep{
			PreConfig: func() { t.Log(name) }, Config: failures[name].Config, PlanOnly: true, ExpectError: Message(failures[name].Message...),
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: Factories, Steps: steps})
}

// During runs a function as a plan check, and so between the commands of a step.
func During(run func()) plancheck.PlanCheck { return during(run) }

type during func()

func (run during) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	run()
}
