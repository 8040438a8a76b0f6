package attribute

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// TextOrNull is null for "": the services answer with either if there is no text.
func TextOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// Texts returns the known elements of a set or list of strings, and whether it and all its elements are known.
func Texts(collection interface {
	attr.Value
	Elements() []attr.Value
}) (texts []string, known bool) {
	known = !collection.IsUnknown()
	for _, element := range collection.Elements() {
		text, ok := element.(types.String)
		known = known && ok && !text.IsUnknown()
		if ok && isKnown(text) { // one that is null is refused
			texts = append(texts, text.ValueString())
		}
	}
	return texts, known
}

// TextValues are texts as elements of a set or list.
func TextValues(texts []string) []attr.Value {
	values := []attr.Value{}
	for _, text := range texts {
		values = append(values, types.StringValue(text))
	}
	return values
}

// Changed returns the old and the new text for a change in place, or nil if they are the same. A removed text becomes "", and the services
// do not tell the two apart.
func Changed(state, plan types.String) *objects.Text {
	if plan.ValueString() == state.ValueString() {
		return nil
	}
	return &objects.Text{From: state.ValueString(), To: plan.ValueString()}
}
