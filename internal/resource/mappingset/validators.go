package mappingset

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// destinations checks the keys of mappings. Each must be a path as the service returns it, and no two may mean the same field.
type destinations struct{ attribute.Wants }

func (destinations) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	first := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(req.ConfigValue.Elements())) {
		plain := plainPath(key)
		other, taken := first[plain]
		switch {
		case taken:
			resp.Diagnostics.AddAttributeError(req.Path.AtMapKey(key), "Duplicate destination",
				fmt.Sprintf("The mappings %q and %q fill the same field, %s. Keep one of them.", other, key, plain))
		case plain != key || slices.Contains(strings.Split(plain, "."), ""):
			resp.Diagnostics.AddAttributeError(req.Path.AtMapKey(key), "Invalid destination",
				fmt.Sprintf("%q is not an XDM path: parts are separated by single dots, and neither they nor the path have white space around "+
					"them, nor does the path begin or end with a dot or begin with a slash.", key))
		}
		first[plain] = key
	}
}

// plainPath is a path without what other notations add: a leading slash or dot, and white space around its parts.
func plainPath(key string) string {
	parts := strings.Split(strings.TrimLeft(strings.TrimSpace(key), "/."), ".")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, ".")
}

// sources checks the source of each mapping according to its type. A literal may be anything.
type sources struct{ attribute.Wants }

func (sources) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	source, _ := req.ConfigValue.Attributes()["source"].(types.String)
	sourceType, _ := req.ConfigValue.Attributes()["source_type"].(types.String)
	if source.ValueString() == "" || sourceType.IsUnknown() { // unknown, or refused as empty
		return
	}
	text, at := source.ValueString(), req.Path.AtName("source")
	switch length := utf8.RuneCountInString(text); {
	case sourceType.ValueString() == dataprep.SourceStatic:
	case sourceType.ValueString() != dataprep.SourceExpression && strings.TrimSpace(text) != text:
		resp.Diagnostics.AddAttributeError(at, "Invalid source",
			"A path must not be blank, nor begin or end with white space. For a literal, set source_type to \"STATIC\".")
	case strings.TrimSpace(text) == "":
		resp.Diagnostics.AddAttributeError(at, "Invalid source", "An expression must not be blank.")
	case sourceType.ValueString() == dataprep.SourceExpression && length > longestExpression:
		resp.Diagnostics.AddAttributeError(at, "Expression too long",
			fmt.Sprintf("The expression has %d characters, and Data Prep takes at most %d. Split it over several fields.", length, longestExpression))
	}
}
