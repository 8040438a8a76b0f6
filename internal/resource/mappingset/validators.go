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
)

// destinations checks the keys of mappings: each must be a path as the service returns it, and no two may mean the same
// field.
type destinations struct{}

const wantsDestinations = "keys must be dotted XDM paths without white space around their parts, each naming another field"

func (destinations) Description(context.Context) string         { return wantsDestinations }
func (destinations) MarkdownDescription(context.Context) string { return wantsDestinations }

func (destinations) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	first := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(req.ConfigValue.Elements())) {
		plain := plainPath(key)
		other, taken := first[plain]
		switch {
		case taken:
			resp.Diagnostics.AddAttributeError(req.Path.AtMapKey(key), "Duplicate destination",
				fmt.Sprintf("The mappings %q and %q fill the same field, %s. Keep one of them.", other, key, plain))
		case plain == "" || plain != key:
			resp.Diagnostics.AddAttributeError(req.Path.AtMapKey(key), "Invalid destination",
				fmt.Sprintf("%q is no XDM path: parts are separated by dots, and neither they nor the path have white space around them, "+
					"nor does the path begin with a dot or a slash.", key))
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

// expressionLength checks the length of an expression, which is limited, unlike that of other sources.
type expressionLength struct{}

const wantsLength = "an expression must have at most 4096 characters"

func (expressionLength) Description(context.Context) string         { return wantsLength }
func (expressionLength) MarkdownDescription(context.Context) string { return wantsLength }

func (expressionLength) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	sourceType, _ := req.ConfigValue.Attributes()["source_type"].(types.String)
	source, _ := req.ConfigValue.Attributes()["source"].(types.String)
	length := utf8.RuneCountInString(source.ValueString())
	if sourceType.ValueString() == dataprep.SourceExpression && length > longestExpression {
		resp.Diagnostics.AddAttributeError(req.Path.AtName("source"), "Expression too long",
			fmt.Sprintf("The expression has %d characters, and Data Prep takes at most %d. Split it over several fields.", length, longestExpression))
	}
}
