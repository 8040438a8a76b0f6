package attribute

import (
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
)

// What an answer leaves out, answers with null or leaves empty, it does not tell. A refresh takes it as it is known from the state: no
// service says that it returns every member each time, and what is taken for removed would be planned anew, or replaced. The price is
// that a text which somebody else removes is no drift.

// Told is the text of an answer, or the one that is known if the answer has none.
func Told(known types.String, answered string) types.String {
	if answered != "" {
		return types.StringValue(answered)
	}
	if known.IsUnknown() { // as in a plan
		return types.StringNull()
	}
	return known
}

// ToldID is [Told] for IDs and names that mean the same in capitals. One in other capitals is no other one, for which connections and dataflows
// would be replaced.
func ToldID(known types.String, answered string) types.String {
	if strings.EqualFold(known.ValueString(), answered) {
		return known
	}
	return Told(known, answered)
}

// ToldFlag is the flag of an answer, or the one that is known if the answer has none. After an import, none is known, and it is off.
func ToldFlag(known types.Bool, answered *bool) types.Bool {
	if answered == nil {
		return types.BoolValue(known.ValueBool())
	}
	return types.BoolValue(*answered)
}

// ToldSpec is the reference to a specification as Terraform holds it. known may be nil.
func ToldSpec(known *SpecModel, answered flowservice.SpecRef) *SpecModel {
	if known == nil {
		known = &SpecModel{}
	}
	version := Told(known.Version, answered.Version)
	if sameVersion(known.Version.ValueString(), answered.Version) {
		version = known.Version
	}
	return &SpecModel{ID: ToldID(known.ID, answered.ID), Version: version}
}

// sameVersion tells whether two versions of a specification are one. Services and Terraform's generated configurations write 1.0 as 1, too.
func sameVersion(one, other string) bool {
	return strings.TrimSuffix(one, ".0") == strings.TrimSuffix(other, ".0")
}

// ToldJSON has the members of the known object, with what the answered one tells of them. If none are known, none are managed.
func ToldJSON(known jsontypes.Normalized, answered json.RawMessage) jsontypes.Normalized {
	if known.IsNull() {
		return known
	}
	told, err := jsonvalue.Over(answered, []byte(known.ValueString()))
	if err != nil || jsonvalue.Equal(told, []byte(known.ValueString())) {
		return known // as it is spelled
	}
	return jsontypes.NewNormalizedValue(string(told))
}
