package lookup_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

// shops is a lookup among candidates, which reads an object as its id.
func shops(listErr, readErr error, candidates ...lookup.Candidate) lookup.Lookup[string] {
	return lookup.Lookup[string]{
		NameAttribute: "name", Object: "shop", Place: "in town",
		List: func(context.Context, string) ([]lookup.Candidate, error) { return candidates, listErr },
		Read: func(_ context.Context, id string) (*string, error) { return &id, readErr },
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	byID := shops(errors.New("no list is needed"), nil).Find(t.Context(), types.StringValue("7"), types.StringNull(), &diags)
	require.Equal(t, "7", *byID)
	byName := shops(nil, nil, lookup.Candidate{ID: "8"}).Find(t.Context(), types.StringNull(), types.StringValue("Shop"), &diags)
	require.Equal(t, "8", *byName)
	require.Empty(t, diags)
}

func TestFindNames(t *testing.T) {
	t.Parallel()
	at := func(hour int) time.Time { return time.Date(2026, 11, 23, hour, 0, 0, 0, time.FixedZone("", 3600)) }
	missing := &transport.Error{Service: "Town", Method: "GET", Path: "/7", Status: 404, Structured: true}
	for name, test := range map[string]struct {
		lookup          lookup.Lookup[string]
		id              types.String
		attribute       path.Path
		summary, detail string
	}{
		"none": {
			shops(nil, nil), types.StringNull(), path.Root("name"), "Shop not found",
			"There is no shop with the name \"Shop\" in town.\n\nUpper and lower case count. Check the name, or give the id.",
		},
		"several, the newest first": {
			shops(nil, nil, lookup.Candidate{ID: "1", Name: "Shop"}, lookup.Candidate{ID: "2", Name: "Shop", Created: at(2), Traits: []string{"closed", "red"}},
				lookup.Candidate{ID: "3", Name: "Shop", Created: at(3)}),
			types.StringNull(), path.Root("name"), "More than one shop found",
			"There are 3 shops with the name \"Shop\" in town:\n\n" +
				"  - 3: \"Shop\", created 2026-11-23T02:00:00Z\n  - 2: \"Shop\", created 2026-11-23T01:00:00Z, closed, red\n  - 1: \"Shop\"\n\n" +
				"Give the id of the one that is meant in place of the name, or rename the others.",
		},
		"no such id": {
			shops(nil, missing), types.StringValue("7"), path.Root("id"), "Shop not found",
			"Shop \"7\": Town answered GET /7 with 404 (Not Found).\n\nCheck the id, and that the shop is in town.",
		},
		"gone since it was listed": {
			shops(nil, missing, lookup.Candidate{ID: "7"}), types.StringNull(), path.Root("name"), "Shop not found",
			"Shop \"7\": Town answered GET /7 with 404 (Not Found).\n\nCheck the id, and that the shop is in town.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			require.Nil(t, test.lookup.Find(t.Context(), test.id, types.StringValue("Shop"), &diags))
			require.Equal(t, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(test.attribute, test.summary, test.detail)}, diags)
		})
	}
}

func TestFindReportsRefusals(t *testing.T) {
	t.Parallel()
	refused := &transport.Error{Service: "Town", Method: "GET", Path: "/shops", Status: 403, Message: "not now", Structured: true}
	for name, test := range map[string]struct {
		lookup  lookup.Lookup[string]
		summary string
	}{
		"of the list": {shops(refused, nil), "Unable to look for shop"},
		"of the read": {shops(nil, refused, lookup.Candidate{ID: "7"}), "Unable to read shop"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			require.Nil(t, test.lookup.Find(t.Context(), types.StringNull(), types.StringValue("Shop"), &diags))
			require.Len(t, diags, 1)
			require.Equal(t, test.summary, diags[0].Summary())
			require.Contains(t, diags[0].Detail(), "not now")
		})
	}
}
