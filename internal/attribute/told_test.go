package attribute_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// An ID in other capitals is the same one, and version 1 is 1.0.
func TestOtherSpellingsAreKept(t *testing.T) {
	t.Parallel()
	known := types.StringValue("4982698b-e6b3")
	require.Equal(t, known, attribute.ToldID(known, "4982698B-E6B3"))
	require.Equal(t, known, attribute.ToldID(known, ""))
	require.Equal(t, types.StringValue("fd9f7455-1e23"), attribute.ToldID(known, "fd9f7455-1e23"))

	spec := &attribute.SpecModel{ID: known, Version: types.StringValue("1.0")}
	for _, answered := range []flowservice.SpecRef{{}, {ID: "4982698B-E6B3", Version: "1.0"}, {ID: "4982698b-e6b3", Version: "1"}} {
		require.Equal(t, spec, attribute.ToldSpec(spec, answered))
	}
	require.Equal(t, "1.1", attribute.ToldSpec(spec, flowservice.SpecRef{Version: "1.1"}).Version.ValueString())
	require.Equal(t, "1.0", attribute.ToldSpec(nil, flowservice.SpecRef{Version: "1.0"}).Version.ValueString())
}
