package targetschema_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Additional fields are removed and retyped like those of events: with the schema. Where only they are lost, the refusal is on their attribute.
func TestAdditionalFieldsAreLostLikeThoseOfEvents(t *testing.T) {
	t.Parallel()
	field := func(kind string) map[string]any { return map[string]any{"type": kind} }
	with := func(events []any, additional map[string]any) map[string]any {
		arguments := map[string]any{"title": "Shop", "event_fields": events}
		if additional != nil {
			arguments["additional_fields"] = additional
		}
		return arguments
	}
	email, emailAndSubject := []any{"email"}, []any{"email", "subject"}
	both := map[string]any{"tier": field("string"), "seen": field("date")}
	for name, test := range map[string]struct {
		before, after         map[string]any
		attribute, lost, more string
	}{
		"one of them":   {with(email, both), with(email, map[string]any{"tier": field("string")}), "additional_fields", "`seen` (removed)", ""},
		"all of them":   {with(email, both), with(email, nil), "additional_fields", "`seen` (removed)", "`tier` (removed)"},
		"another type":  {with(email, both), with(email, map[string]any{"tier": field("long"), "seen": field("date")}), "additional_fields", "`tier` (from string to long)", ""},
		"another name":  {with(email, both), with(email, map[string]any{"level": field("string"), "seen": field("date")}), "additional_fields", "`tier` (removed)", ""},
		"while another": {with(email, both), with(emailAndSubject, map[string]any{"tier": field("string")}), "additional_fields", "`seen` (removed)", ""},
		"of both": {
			with(emailAndSubject, both), with(email, map[string]any{"tier": field("long"), "seen": field("date")}),
			"event_fields", "`subject` (removed)", "`tier` (from string to long)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			terraform, i := world.Core(t), &core.Instance{Type: "customerio_target_schema"}
			acctest.Applied(t, terraform, i, core.Create, test.before)
			first := i.Text("id")
			used, dataset := *i, &core.Instance{Type: "customerio_target_dataset"}
			acctest.Applied(t, terraform, dataset, core.Create, map[string]any{"name": "Shop", "schema_id": first, "deletion_protection": false})
			_, found := terraform.Plan(t.Context(), &used, test.after)
			require.Len(t, found, 1)
			require.Equal(t, "Fields cannot be removed or retyped", found[0].Summary)
			require.Equal(t, `AttributeName("`+test.attribute+`")`, found[0].Attribute.String())
			require.Contains(t, found[0].Detail, test.lost)
			require.Contains(t, found[0].Detail, test.more)

			require.Empty(t, terraform.Apply(t.Context(), dataset, nil))
			acctest.Applied(t, terraform, i, core.Replace, test.after)
			require.NotEqual(t, first, i.Text("id"))
			acctest.Applied(t, terraform, i, core.NoOp, test.after)
		})
	}
}

func TestTerraformReplacesASchemaForItsAdditionalFields(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	both := with(`title = "Shop"`, `additional_fields = { tier = { type = "string" }, seen = { type = "date" } }`)
	replaced := func(attributes ...string) resource.TestStep {
		return resource.TestStep{Config: world.Config(with(attributes...)), ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionReplace)}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(both)},
			replaced(`title = "Shop"`, `additional_fields = { tier = { type = "long" }, seen = { type = "date" } }`),
			replaced(`title = "Shop"`, `additional_fields = { tier = { type = "long" } }`),
			replaced(`title = "Shop"`),
		},
	})
}
