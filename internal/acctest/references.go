package acctest

import (
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// RefersToASchema wants the plan of a create to look for the schema of schema_id: to refuse one that does not exist or is of another kind, and
// to say nothing about one of Adobe's, or where the registry cannot be read. It is asked once for all that the plan wants to know of a schema.
func (s Subject) RefersToASchema(t *testing.T) {
	t.Helper()
	const missing, ofAdobe = "https://ns.adobe.com/acme/schemas/1", "https://ns.adobe.com/xdm/schemas/shop"
	arguments := s.arguments(t)
	all := s.World.Objects()
	group := all[slices.IndexFunc(all, func(o simulator.Object) bool { return o.Kind == simulator.KindFieldGroup })].ID
	plan := func(schemaID string, reads int) core.Diagnostics {
		t.Helper()
		changed := maps.Clone(arguments)
		changed["schema_id"] = schemaID
		s.World.ResetCalls()
		_, found := s.World.Core(t).Plan(t.Context(), s.instance(), changed)
		if reads >= 0 {
			require.Equal(t, reads, s.World.CallsTo(http.MethodGet, "/schemaregistry/"))
		}
		require.Zero(t, s.creates())
		return found
	}
	refused := func(schemaID, detail string) {
		t.Helper()
		found := plan(schemaID, -1)
		require.Len(t, found, 1)
		require.Equal(t, `AttributeName("schema_id")`, found[0].Attribute.String())
		require.Contains(t, found[0].Detail, detail)
	}
	require.Empty(t, plan(s.World.SchemaID, 1))
	refused(missing, "There is no schema with the ID "+missing+". Check the ID, and that the object is in the sandbox")
	refused(group, "It is the ID of a field group. Use that of a schema.")
	s.World.AddFault(simulator.Fault{
		Path: "*/global/schemas/*", Do: simulator.FaultAnswer, Status: http.StatusOK, Body: `{"$id":"` + ofAdobe + `","type":"object","title":"Shop"}`,
	})
	require.Empty(t, plan(ofAdobe, -1))
	s.World.AddFault(simulator.Fault{Path: "*/schemaregistry/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden})
	require.Empty(t, plan(missing, 1))
}
