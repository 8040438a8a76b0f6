package export

import (
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// text is a string with everything escaped that HCL would take for more.
func text(value string) hclwrite.Tokens { return hclwrite.TokensForValue(cty.StringVal(value)) }

// dotted is a reference such as customerio_dataflow.this.id.
func dotted(path ...string) hclwrite.Tokens {
	traversal := hcl.Traversal{hcl.TraverseRoot{Name: path[0]}}
	for _, name := range path[1:] {
		traversal = append(traversal, hcl.TraverseAttr{Name: name})
	}
	return hclwrite.TokensForTraversal(traversal)
}

func token(kind hclsyntax.TokenType, text string) *hclwrite.Token {
	return &hclwrite.Token{Type: kind, Bytes: []byte(text)}
}

// member is one of an object.
type member struct {
	name  string
	value hclwrite.Tokens
}

// key is a name as it stands before the equals sign.
func (m member) key() hclwrite.Tokens {
	if hclsyntax.ValidIdentifier(m.name) {
		return hclwrite.TokensForIdentifier(m.name)
	}
	return text(m.name)
}

// inQuotes is tall with all names in quotation marks, because some of them need those.
func inQuotes(members []member) hclwrite.Tokens {
	var attributes []hclwrite.ObjectAttrTokens
	for _, one := range members {
		attributes = append(attributes, hclwrite.ObjectAttrTokens{Name: text(one.name), Value: one.value})
	}
	return hclwrite.TokensForObject(attributes)
}

// tall writes one member a line.
func tall(members []member) hclwrite.Tokens {
	var attributes []hclwrite.ObjectAttrTokens
	for _, one := range members {
		attributes = append(attributes, hclwrite.ObjectAttrTokens{Name: one.key(), Value: one.value})
	}
	return hclwrite.TokensForObject(attributes)
}

// wide writes all members in one line.
func wide(members []member) hclwrite.Tokens {
	tokens := hclwrite.Tokens{token(hclsyntax.TokenOBrace, "{")}
	for i, one := range members {
		if i > 0 {
			tokens = append(tokens, token(hclsyntax.TokenComma, ","))
		}
		tokens = append(append(append(tokens, one.key()...), token(hclsyntax.TokenEqual, "=")), one.value...)
	}
	return append(tokens, token(hclsyntax.TokenCBrace, "}"))
}

// widest is the number of characters above which a list has one element a line.
const widest = 100

func list(elements []hclwrite.Tokens) hclwrite.Tokens {
	tokens := hclwrite.TokensForTuple(elements)
	if len(tokens.Bytes()) <= widest {
		return tokens
	}
	tokens = hclwrite.Tokens{token(hclsyntax.TokenOBrack, "["), token(hclsyntax.TokenNewline, "\n")}
	for _, one := range elements {
		tokens = append(append(tokens, one...), token(hclsyntax.TokenComma, ","), token(hclsyntax.TokenNewline, "\n"))
	}
	return append(tokens, token(hclsyntax.TokenCBrack, "]"))
}

func texts(values []string) hclwrite.Tokens {
	var elements []hclwrite.Tokens
	for _, one := range values {
		elements = append(elements, text(one))
	}
	return list(elements)
}

// provided calls a function of the provider.
func provided(name string, arguments ...hclwrite.Tokens) hclwrite.Tokens {
	return hclwrite.TokensForFunctionCall("provider::customerio::"+name, arguments...)
}

// literal writes a value as it is.
func literal(value tftypes.Value) hclwrite.Tokens {
	switch {
	case value.IsNull():
		return hclwrite.TokensForValue(cty.NullVal(cty.DynamicPseudoType))
	case value.Type().Is(tftypes.String):
		return text(textOf(value))
	case value.Type().Is(tftypes.Bool):
		var is bool
		_ = value.As(&is)
		return hclwrite.TokensForValue(cty.BoolVal(is))
	case value.Type().Is(tftypes.Number):
		number := new(big.Float)
		_ = value.As(&number)
		return hclwrite.TokensForValue(cty.NumberVal(number))
	}
	if members := membersOf(value); members != nil {
		return tall(literals(members))
	}
	var elements []hclwrite.Tokens
	for _, one := range elementsOf(value) {
		elements = append(elements, literal(one))
	}
	if value.Type().Is(tftypes.Set{}) {
		slices.SortFunc(elements, func(a, b hclwrite.Tokens) int { return strings.Compare(string(a.Bytes()), string(b.Bytes())) })
	}
	return list(elements)
}

// literals are the members that are not null, in the order of their names.
func literals(members map[string]tftypes.Value) (written []member) {
	for name, value := range members {
		if !value.IsNull() {
			written = append(written, member{name, literal(value)})
		}
	}
	slices.SortFunc(written, func(a, b member) int { return strings.Compare(a.name, b.name) })
	return written
}

// membersOf is nil for what is no object and no map.
func membersOf(value tftypes.Value) (members map[string]tftypes.Value) {
	if value.Type().Is(tftypes.Object{}) || value.Type().Is(tftypes.Map{}) {
		_ = value.As(&members)
	}
	return members
}

// elementsOf is nil for what is no list and no set.
func elementsOf(value tftypes.Value) (elements []tftypes.Value) {
	if value.Type().Is(tftypes.List{}) || value.Type().Is(tftypes.Set{}) {
		_ = value.As(&elements)
	}
	return elements
}
