package simulator

import (
	"fmt"
	"strings"
)

// precedence of the binary operators, the loosest first.
var precedence = [][]string{
	{"||"},
	{"&&"},
	{"==", "!="},
	{"<", "<=", ">", ">="},
	{"+", "-"},
	{"*", "/", "%"},
}

type parser struct {
	tokens []token
	next   int
}

func parseExpression(source string) (expression, error) {
	if strings.TrimSpace(source) == "" {
		return nil, &expressionError{message: "the expression is empty"}
	}
	tokens, err := tokenize(source)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens}
	parsed, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	if rest := p.peek(); rest.kind != tokenEnd {
		return nil, unexpected(rest)
	}
	return parsed, nil
}

func (p *parser) peek() token { return p.tokens[p.next] }

func (p *parser) take() token {
	taken := p.tokens[p.next]
	if taken.kind != tokenEnd {
		p.next++
	}
	return taken
}

// accept takes the next token if it is this symbol.
func (p *parser) accept(kind tokenKind, text string) bool {
	if next := p.peek(); next.kind != kind || next.text != text {
		return false
	}
	p.next++
	return true
}

func (p *parser) expect(text string) error {
	if p.accept(tokenPunctuation, text) {
		return nil
	}
	found := p.peek()
	return &expressionError{position: found.position, message: fmt.Sprintf("expected %q, found %s", text, found.text)}
}

func unexpected(found token) error {
	return &expressionError{position: found.position, message: "unexpected " + found.text}
}

func (p *parser) binary(level int) (expression, error) {
	if level == len(precedence) {
		return p.unary()
	}
	left, err := p.binary(level + 1)
	if err != nil {
		return nil, err
	}
	for {
		symbol, ok := p.operatorOf(level)
		if !ok {
			return left, nil
		}
		right, err := p.binary(level + 1)
		if err != nil {
			return nil, err
		}
		left = binary{operator: symbol, left: left, right: right}
	}
}

func (p *parser) operatorOf(level int) (operator, bool) {
	position := p.peek().position
	for _, text := range precedence[level] {
		if p.accept(tokenOperator, text) {
			return operator{text: text, position: position}, true
		}
	}
	return operator{}, false
}

func (p *parser) unary() (expression, error) {
	next := p.peek()
	if next.kind != tokenOperator || next.text != "-" && next.text != "!" {
		return p.postfix()
	}
	p.take()
	operand, err := p.unary()
	if err != nil {
		return nil, err
	}
	return unary{operator: operator{text: next.text, position: next.position}, operand: operand}, nil
}

// postfix reads a value and the methods called on it, as in the documented "s".equalsIgnoreCase("S").
func (p *parser) postfix() (expression, error) {
	value, err := p.primary()
	if err != nil {
		return nil, err
	}
	for p.accept(tokenPunctuation, ".") {
		method := p.take()
		if method.kind != tokenPath {
			return nil, unexpected(method)
		}
		if value, err = p.call(method.position, method.text, value); err != nil {
			return nil, err
		}
	}
	return value, nil
}

func (p *parser) primary() (expression, error) {
	next := p.take()
	switch next.kind {
	case tokenNumber, tokenString, tokenLiteral:
		return literal{next.value}, nil
	case tokenPath:
		return p.pathOrCall(next)
	default: // an opening parenthesis, or a mistake
	}
	if next.kind != tokenPunctuation || next.text != "(" {
		return nil, unexpected(next)
	}
	inner, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	return inner, p.expect(")")
}

// pathOrCall tells an attribute from a function and from a method on an attribute: only a parenthesis does.
func (p *parser) pathOrCall(path token) (expression, error) {
	if following := p.peek(); following.kind != tokenPunctuation || following.text != "(" {
		return attribute{splitPath(path.text)}, nil
	}
	parts := splitPath(path.text)
	name := parts[len(parts)-1]
	if len(parts) == 1 {
		return p.call(path.position, name)
	}
	return p.call(path.position, name, attribute{parts[:len(parts)-1]})
}

// call reads the arguments of a function; those given come before them.
func (p *parser) call(position int, name string, given ...expression) (expression, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	arguments, err := p.arguments(given)
	if err != nil {
		return nil, err
	}
	called, known := functions[name]
	if !known {
		return nil, &expressionError{position: position, function: name, message: "there is no such function"}
	}
	if err := called.checkCount(len(arguments)); err != nil {
		return nil, &expressionError{position: position, function: name, message: err.Error()}
	}
	return call{position: position, name: name, function: called, arguments: arguments}, nil
}

func (p *parser) arguments(given []expression) ([]expression, error) {
	if p.accept(tokenPunctuation, ")") {
		return given, nil
	}
	for {
		argument, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		given = append(given, argument)
		if !p.accept(tokenPunctuation, ",") {
			return given, p.expect(")")
		}
	}
}
