package attribute

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// NullElement is the summary of the errors of [RefuseNulls].
const NullElement = "Null element"

// RefuseNulls reports the elements of a configuration's lists, sets and maps that are null. No service has such an element, and a model holds none.
func RefuseNulls(config tftypes.Value) (diags diag.Diagnostics) {
	_ = tftypes.Walk(config, func(at *tftypes.AttributePath, value tftypes.Value) (bool, error) {
		if where, key := pathOf(at); key != "" && value.IsNull() {
			diags.AddAttributeError(where, NullElement, fmt.Sprintf("%s is null, and every element must have a value. Leave it out where there is none, as "+
				"`[for one in … : one if one != null]` does.", key))
		}
		return true, nil
	})
	return diags
}

// pathOf is a path as the framework has it. key says which element of a list, set or map is there, "" if it is something else. Of a set of
// objects, it is the set.
func pathOf(at *tftypes.AttributePath) (where path.Path, key string) {
	where = path.Empty()
	for _, step := range at.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			where, key = where.AtName(string(step)), ""
		case tftypes.ElementKeyInt:
			key = fmt.Sprintf("Element %d of %s", int64(step), where)
			where = where.AtListIndex(int(step))
		case tftypes.ElementKeyString:
			key = fmt.Sprintf("Element %q of %s", string(step), where)
			where = where.AtMapKey(string(step))
		case tftypes.ElementKeyValue:
			key = fmt.Sprintf("An element of %s", where)
			if tftypes.Value(step).Type().Is(tftypes.String) && tftypes.Value(step).IsNull() {
				where = where.AtSetValue(types.StringNull())
			}
		}
	}
	return where, key
}
