package mappingset_test

import (
	"fmt"
	"maps"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

type attributes = map[string]any

// set is the arguments of a mapping set into the world's schema with the mapping of the email and others.
func set(world *acctest.World, others, more attributes) attributes {
	mappings := attributes{"_acme.email": attributes{"source": "data.identifiers.email"}}
	maps.Copy(mappings, others)
	arguments := attributes{"schema_id": world.SchemaID, "mappings": mappings}
	maps.Copy(arguments, more)
	return arguments
}

func instance() *core.Instance { return &core.Instance{Type: "customerio_mapping_set"} }

func destroy(t *testing.T, world *acctest.World, i *core.Instance) {
	t.Helper()
	require.Empty(t, world.Core(t).Apply(t.Context(), i, nil))
	require.NoError(t, world.NothingLeft(nil))
}

// Dataflows are pinned to a version. The plan does not know the new one yet, so they follow in the same apply.
func TestEachChangeMakesANewVersionInPlace(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	otherSchema, _ := world.SeedDataset(simulator.DefaultSandbox, "Orders")
	terraform, i := world.Core(t), instance()
	acctest.Applied(t, terraform, i, core.Create, set(world, nil, nil))
	for number, arguments := range []attributes{
		set(world, attributes{"_acme.metric": attributes{"source": "metric"}}, nil),
		set(world, attributes{"_acme.metric": attributes{"source": "object_type"}}, nil),
		set(world, attributes{"_acme.metric": attributes{"source": "object_type", "source_type": "EXPRESSION"}}, nil),
		set(world, attributes{"_acme.metric": attributes{"source": "object_type", "source_type": "EXPRESSION", "name": "Metric"}}, nil),
		set(world, attributes{"_acme.metric": attributes{"source": "object_type", "source_type": "EXPRESSION", "description": "Kind of event"}}, nil),
		set(world, attributes{"_acme.object_type": attributes{"source": "object_type", "source_type": "EXPRESSION"}}, nil),
		set(world, nil, nil),
		set(world, nil, attributes{"name": "Shop"}),
		set(world, nil, attributes{"name": "Outlet"}),
		set(world, nil, nil),
		set(world, nil, attributes{"schema_version": "application/vnd.adobe.xed-full+json;version=1.0"}),
		set(world, nil, attributes{"schema_id": otherSchema}),
	} {
		world.ResetCalls()
		change := acctest.Applied(t, terraform, i, core.Update, arguments)
		require.False(t, change.Knows("version"))
		require.Equal(t, int64(number+1), i.Number("version"))
		require.Equal(t, 1, world.CallsTo(http.MethodPut, collection))
		require.Zero(t, world.CallsTo(http.MethodPost, collection))
	}
	destroy(t, world, i)
}

// "" is no name and no description, for modules that pass them on. Between the two, there is no other version.
func TestEmptyTextsAreNone(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	terraform, i := world.Core(t), instance()
	empty := set(world, attributes{"_acme.metric": attributes{"source": "metric", "name": "", "description": ""}}, attributes{"name": ""})
	none := set(world, attributes{"_acme.metric": attributes{"source": "metric"}}, nil)
	acctest.Applied(t, terraform, i, core.Create, empty)
	for _, arguments := range []attributes{none, empty} {
		change := acctest.Applied(t, terraform, i, core.Update, arguments)
		require.True(t, change.Knows("version"), "no dataflow has to follow")
		require.Zero(t, i.Number("version"))
	}
	require.Zero(t, world.CallsTo(http.MethodPut, collection))

	named := set(world, attributes{"_acme.metric": attributes{"source": "metric", "name": "Metric", "description": "Kind of event"}}, attributes{"name": "Shop"})
	for number, arguments := range []attributes{named, empty} {
		acctest.Applied(t, terraform, i, core.Update, arguments)
		require.Equal(t, int64(number+1), i.Number("version"))
	}
	destroy(t, world, i)
}

func TestChangesInTheUIAreRepaired(t *testing.T) {
	onBothReadings(t, func(t *testing.T, world *acctest.World) {
		terraform, i := world.Core(t), instance()
		arguments := attributes{"name": "Shop", "schema_id": world.SchemaID, "mappings": attributes{
			"_acme.email":       attributes{"source": "data.identifiers.email", "name": "Email", "description": "As known to Customer.io"},
			"_acme.metric":      attributes{"source": "metric", "source_type": "ATTRIBUTE"},
			"_acme.timestamp":   attributes{"source": "${timestamp} * 1000", "source_type": "EXPRESSION"},
			"_acme.object_type": attributes{"source": " Customer.io ", "source_type": "STATIC"},
		}}
		acctest.Applied(t, terraform, i, core.Create, arguments)
		mapping := func(set map[string]any, index int) map[string]any {
			return set["mappings"].([]any)[index].(map[string]any)
		}
		changedElsewhere := func(change func(set map[string]any)) { subject(world).ChangeElsewhere(t, change)() }
		for number, change := range []func(set map[string]any){
			func(set map[string]any) { mapping(set, 0)["source"] = "data.email_address" },
			func(set map[string]any) { mapping(set, 1)["sourceType"] = "EXPRESSION" },
			func(set map[string]any) { mapping(set, 0)["description"] = "By hand" },
			func(set map[string]any) { set["mappings"] = set["mappings"].([]any)[1:] },
			func(set map[string]any) {
				set["mappings"] = append(set["mappings"].([]any), map[string]any{"sourceType": "ATTRIBUTE", "source": "event_id", "destination": "_acme.event_id"})
			},
			func(set map[string]any) { set["name"] = "By hand" },
			func(set map[string]any) {
				set["outputSchema"].(map[string]any)["schemaRef"].(map[string]any)["contentType"] = "application/vnd.adobe.xed-full+json;version=2"
			},
		} {
			changedElsewhere(change)
			acctest.Applied(t, terraform, i, core.Update, arguments)
			require.Equal(t, int64(2*(number+1)), i.Number("version"), "one version comes from the UI, one from the repair")
		}
		changedElsewhere(func(map[string]any) {}) // saved again without a change: a new version, and nothing to repair
		acctest.Applied(t, terraform, i, core.NoOp, arguments)
		require.Equal(t, int64(15), i.Number("version"))
		destroy(t, world, i)
	})
}

func TestAThousandMappingsTakeNoMoreCalls(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const fields = 1000
	world.GiveFields(t, func(properties map[string]any) {
		for number := range fields {
			properties[fmt.Sprintf("field_%d", number)] = map[string]any{"type": "string"}
		}
	})
	thousand := func(source string) attributes {
		mappings := attributes{}
		for number := range fields {
			mappings[fmt.Sprintf("_acme.field_%d", number)] = attributes{"source": source}
		}
		return attributes{"schema_id": world.SchemaID, "mappings": mappings}
	}
	terraform, i := world.Core(t), instance()
	atMostTwoReads := func() {
		t.Helper()
		world.ResetCalls()
		require.Empty(t, terraform.Refresh(t.Context(), i))
		require.Positive(t, world.CallsTo(http.MethodGet, collection))
		require.LessOrEqual(t, world.CallsTo(http.MethodGet, collection), 2)
	}
	acctest.Applied(t, terraform, i, core.Create, thousand("data.subject"))
	require.Equal(t, fields, i.Size("mappings"))
	require.Equal(t, 1, world.CallsTo(http.MethodPost, collection))
	atMostTwoReads()

	acctest.Applied(t, terraform, i, core.Update, thousand("data.href"))
	require.Equal(t, int64(1), i.Number("version"))
	require.Equal(t, 1, world.CallsTo(http.MethodPut, collection))
	atMostTwoReads()
	destroy(t, world, i)
}
