package core

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

func (c *Core) schema(typeName string) *tfprotov6.Schema { return c.schemas.ResourceSchemas[typeName] }

func (c *Core) null(typeName string) tftypes.Value {
	return tftypes.NewValue(c.schema(typeName).ValueType(), nil)
}

func (c *Core) dynamic(value tftypes.Value) *tfprotov6.DynamicValue {
	encoded, err := tfprotov6.NewDynamicValue(value.Type(), value)
	require.NoError(c.t, err)
	return &encoded
}

func (c *Core) value(typeName string, encoded *tfprotov6.DynamicValue) tftypes.Value {
	value, err := encoded.Unmarshal(c.schema(typeName).ValueType())
	require.NoError(c.t, err)
	return value
}

// Value makes a value of a type from what JSON can hold. Members of objects that are not given are null.
func Value(of tftypes.Type, from any) tftypes.Value {
	members := map[string]tftypes.Value{}
	switch from := from.(type) {
	case nil:
		return tftypes.NewValue(of, nil)
	case map[string]any:
		if from == nil {
			return tftypes.NewValue(of, nil)
		}
		if object, is := of.(tftypes.Object); is {
			for name, member := range object.AttributeTypes {
				members[name] = Value(member, from[name])
			}
			return tftypes.NewValue(of, members)
		}
		for name, member := range from {
			members[name] = Value(of.(tftypes.Map).ElementType, member)
		}
		return tftypes.NewValue(of, members)
	case []any:
		var elements []tftypes.Value
		for _, element := range from {
			elements = append(elements, Value(elementType(of), element))
		}
		return tftypes.NewValue(of, elements)
	}
	return tftypes.NewValue(of, from)
}

func elementType(of tftypes.Type) tftypes.Type {
	if set, is := of.(tftypes.Set); is {
		return set.ElementType
	}
	return of.(tftypes.List).ElementType
}

// Text is a string attribute of the object, "" if it has none of that name.
func (o Object) Text(name string) string {
	var text string
	_ = membersOf(o.State)[name].As(&text) // null and other types are no text
	return text
}

// Number is a whole number among the object's attributes, -1 if it has none of that name.
func (o Object) Number(name string) int64 {
	number := new(big.Float)
	if value, has := membersOf(o.State)[name]; !has || value.IsNull() || value.As(&number) != nil {
		return -1
	}
	whole, _ := number.Int64()
	return whole
}

// Size is the number of elements of a map among the object's attributes.
func (o Object) Size(name string) int { return len(membersOf(membersOf(o.State)[name])) }

// Knows tells whether the plan knows an attribute.
func (c *Change) Knows(name string) bool { return membersOf(c.After)[name].IsKnown() }

// identityTypes are those of the identities of this provider's resources.
var identityTypes = sync.OnceValue(func() map[string]tftypes.Type {
	described, err := provider.NewServer("test")().GetResourceIdentitySchemas(context.Background(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		panic(err)
	}
	found := map[string]tftypes.Type{}
	for name, identity := range described.IdentitySchemas {
		found[name] = identity.ValueType()
	}
	return found
})

// IdentityID is the ID in the object's identity, "" without an identity.
func (o Object) IdentityID() string { return o.IdentityText("id") }

// IdentityText is a text in the object's identity, "" without one.
func (o Object) IdentityText(attribute string) string {
	if o.Identity == nil || o.Identity.IdentityData == nil {
		return ""
	}
	for _, kind := range identityTypes() {
		if identity, err := o.Identity.IdentityData.Unmarshal(kind); err == nil {
			return Object{State: identity}.Text(attribute)
		}
	}
	panic("an identity of no type of this provider")
}

// Older is the object as a version of the provider left it that knew no places.
func (o Object) Older() Object {
	state := o.State
	if _, has := membersOf(state)["sandbox_name"]; has {
		members := membersOf(state)
		members["sandbox_name"] = tftypes.NewValue(tftypes.String, nil)
		state = tftypes.NewValue(state.Type(), members)
	}
	return Object{State: state}
}

// membersOf is a copy of the members of an object or a map. There are none where it is null or unknown.
func membersOf(value tftypes.Value) map[string]tftypes.Value {
	var members map[string]tftypes.Value
	_ = value.As(&members)
	return maps.Clone(members)
}

// proposedNew is plans/objchange/objchange.go, ProposedNew: the configuration, with what the provider computed before in the place of
// computed attributes that are not configured.
func proposedNew(attributes []*tfprotov6.SchemaAttribute, prior, config tftypes.Value) tftypes.Value {
	if config.IsNull() {
		return config
	}
	before, proposed := membersOf(prior), membersOf(config)
	for _, attribute := range attributes {
		was, known := before[attribute.Name]
		if !known {
			was = tftypes.NewValue(attribute.ValueType(), nil)
		}
		configured := proposed[attribute.Name]
		switch {
		case attribute.Computed && configured.IsNull():
			if !wasConfigured(attribute, was) {
				proposed[attribute.Name] = was
			}
		case attribute.NestedType != nil && !configured.IsNull():
			proposed[attribute.Name] = proposedNested(attribute.NestedType, was, configured)
		}
	}
	return tftypes.NewValue(config.Type(), proposed)
}

// proposedNested is proposedNewNestedType there. It matches elements of maps by their keys.
func proposedNested(nested *tfprotov6.SchemaObject, prior, config tftypes.Value) tftypes.Value {
	switch nested.Nesting {
	case tfprotov6.SchemaObjectNestingModeSingle:
		return proposedNew(nested.Attributes, prior, config)
	case tfprotov6.SchemaObjectNestingModeMap:
		before, proposed := membersOf(prior), membersOf(config)
		for name, element := range proposed {
			was, known := before[name]
			if !known {
				was = tftypes.NewValue(element.Type(), nil)
			}
			proposed[name] = proposedNew(nested.Attributes, was, element)
		}
		return tftypes.NewValue(config.Type(), proposed)
	case tfprotov6.SchemaObjectNestingModeInvalid, tfprotov6.SchemaObjectNestingModeList, tfprotov6.SchemaObjectNestingModeSet:
	}
	panic(fmt.Sprintf("no attribute of this provider nests objects in a %s so far", nested.Nesting))
}

// wasConfigured is optionalValueNotComputable there: an optional object with values that no provider computes came from the
// configuration, so it goes when that leaves it out.
func wasConfigured(attribute *tfprotov6.SchemaAttribute, prior tftypes.Value) bool {
	if !attribute.Optional || attribute.NestedType == nil {
		return false
	}
	for _, member := range attribute.NestedType.Attributes {
		if value, has := membersOf(prior)[member.Name]; has && !value.IsNull() && !member.Computed {
			return true
		}
	}
	return false
}

// differ tells whether two values differ at one of the paths.
func differ(prior, planned tftypes.Value, paths []*tftypes.AttributePath) bool {
	for _, path := range paths {
		was, _, wasErr := tftypes.WalkAttributePath(prior, path)
		is, _, isErr := tftypes.WalkAttributePath(planned, path)
		if wasErr != nil || isErr != nil || !was.(tftypes.Value).Equal(is.(tftypes.Value)) {
			return true
		}
	}
	return false
}

// compatible is plans/objchange/compatible.go, AssertObjectCompatible: what was planned is what comes, except for what was unknown.
func compatible(planned, actual tftypes.Value) error {
	switch {
	case !planned.IsKnown():
		return nil
	case planned.IsNull() || !actual.IsKnown() || actual.IsNull():
		if planned.IsNull() && actual.IsKnown() && actual.IsNull() {
			return nil
		}
	case planned.Type().Is(tftypes.Object{}) || planned.Type().Is(tftypes.Map{}):
		expected, got := membersOf(planned), membersOf(actual)
		for name, member := range expected {
			if err := compatible(member, got[name]); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		if len(expected) == len(got) {
			return nil
		}
	case !planned.IsFullyKnown() || planned.Equal(actual): // which elements of a list or set are meant is then not known
		return nil
	}
	return fmt.Errorf("planned %s, got %s", planned, actual)
}
