package mappingset

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"
)

// FuzzDestinations wants two keys that pass together to be paths as the service writes them, and of different fields.
func FuzzDestinations(f *testing.F) {
	for _, keys := range [][2]string{{"_acme.email", "_acme.metric"}, {"/_acme.a", "_acme.a"}, {" a", "a. b"}, {".", "a..b"}, {"", "\xff"}, {"/ .a", "a"}} {
		f.Add(keys[0], keys[1])
	}
	f.Fuzz(func(t *testing.T, one, other string) {
		text := types.StringValue("x")
		request := validator.MapRequest{Path: path.Root("mappings"), ConfigValue: types.MapValueMust(types.StringType, map[string]attr.Value{one: text, other: text})}
		var response validator.MapResponse
		destinations{}.ValidateMap(t.Context(), request, &response)
		if response.Diagnostics.HasError() {
			return
		}
		for _, key := range []string{one, other} {
			for part := range strings.SplitSeq(key, ".") {
				require.NotEmpty(t, part, "%q", key)
				require.Equal(t, strings.TrimSpace(part), part, "%q", key)
			}
			require.Equal(t, key, plainPath(key))
		}
	})
}
