package clients_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

func TestWhatAnObjectMayBeAfterAPlan(t *testing.T) {
	t.Parallel()
	set := &clients.Set{}
	for _, one := range []clients.Planned{
		{Kind: "dataset", Name: "kept", Former: "1"},
		{Kind: "dataset", Name: "replaced", Former: "2"},
		{Kind: "dataset", Name: "replaced in vain", Former: "2", IsNew: true},
		{Kind: "dataset", Name: "replacement", Former: "2", IsNew: true},
		{Kind: "dataset", Name: "replacement of another", Former: "3", IsNew: true},
		{Kind: "dataset", Name: "new", IsNew: true},
		{Kind: "schema", Name: "of another kind", IsNew: true},
	} {
		set.InUnknownSandbox().Plan(one) // all sandboxes share what is planned
	}
	known, unknown, null := types.StringValue, types.StringUnknown(), types.StringNull()
	for name, test := range map[string]struct {
		planned, held types.String
		want          []string
	}{
		"an ID that stays":                          {known("1"), known("1"), []string{"kept"}},
		"an ID that is only written":                {known("2"), null, []string{"replaced"}},
		"an ID of nothing that was planned":         {known("4"), null, nil},
		"no reference":                              {null, null, nil},
		"of what takes the place of the held one":   {unknown, known("2"), []string{"replacement", "new"}},
		"of another object than the held one":       {unknown, known("1"), nil},
		"of what refers to something for the first": {unknown, null, []string{"replacement", "replacement of another", "new"}},
	} {
		var names []string
		for _, one := range set.WillBe("dataset", clients.PlannedID{Planned: test.planned, Held: test.held}) {
			names = append(names, one.Name)
		}
		require.Equal(t, test.want, names, name)
	}
	require.Empty(t, (*clients.Set)(nil).WillBe("dataset", clients.PlannedID{Planned: unknown}), "before the provider is configured")
}

func TestSchemasThatAnObjectMayHave(t *testing.T) {
	t.Parallel()
	set, one, other := &clients.Set{}, xdm.SchemaRef{ID: "one"}, xdm.SchemaRef{ID: "other"}
	set.Plan(clients.Planned{Kind: "dataset", IsNew: true, Schema: one})
	set.Plan(clients.Planned{Kind: "dataset", IsNew: true, Schema: other})
	taken := clients.Planned{Dataset: clients.PlannedID{Planned: types.StringUnknown()}}
	require.Equal(t, []xdm.SchemaRef{other}, set.SchemasOf(clients.Planned{Schema: other, Dataset: taken.Dataset}))
	require.Equal(t, []xdm.SchemaRef{one, other}, set.SchemasOf(taken))
	set.Plan(clients.Planned{Kind: "dataset", IsNew: true})
	require.Empty(t, set.SchemasOf(taken), "one of them is not known")
}
