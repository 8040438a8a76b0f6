package expression

import (
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
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

func parse(source string) (parsed node, err error) {
	if strings.TrimSpace(source) == "" {
		return nil, &Error{Message: "the expression is empty"}
	}
	defer returnFailure(&err)
	p := &parser{tokens: tokenize(source)}
	parsed = p.binary(0)
	if rest := p.peek(); rest.kind != tokenEnd {
		unexpected(rest)
	}
	return parsed, nil
}

func (p *parser) peek() token { return p.tokens[p.next] }

func (p *parser) take() token {
	taken := p.peek()
	if taken.kind != tokenEnd {
		p.next++
	}
	return taken
}

// accept takes the next token if it is one of these symbols.
func (p *parser) accept(symbols ...string) (token, bool) {
	next := p.peek()
	for _, symbol := range symbols {
		if next.kind == tokenSymbol && next.text == symbol {
			return p.take(), true
		}
	}
	return token{}, false
}

func (p *parser) expect(symbol string) {
	if _, found := p.accept(symbol); !found {
		failAt(p.peek().position, "expected %q, found %s", symbol, p.peek().text)
	}
}

func unexpected(found token) {
	if found.text == "." {
		failAt(found.position, "the simulator has functions only, no methods")
	}
	failAt(found.position, "unexpected %s", found.text)
}

func (p *parser) binary(level int) node {
	if level == len(precedence) {
		return p.unary()
	}
	left := p.binary(level + 1)
	for {
		operator, found := p.accept(precedence[level]...)
		if !found {
			return left
		}
		left = binaryOperation(operator, left, p.binary(level+1))
	}
}

func (p *parser) unary() node {
	operator, found := p.accept("-", "!")
	if !found {
		return p.primary()
	}
	operand := p.unary()
	return at(operator.position, "operator "+operator.text, func(s *scope) any {
		if operator.text == "!" {
			return !truth(operand(s))
		}
		return -number(operand(s))
	})
}

func (p *parser) primary() node {
	next := p.take()
	switch {
	case next.kind == tokenLiteral:
		return func(*scope) any { return next.value }
	case next.kind == tokenPath:
		return p.pathOrCall(next)
	case next.kind != tokenSymbol || next.text != "(":
		unexpected(next)
	}
	inner := p.binary(0)
	p.expect(")")
	return inner
}

// pathOrCall tells an attribute from a function: only a parenthesis does. Methods, as in the documented
// "s".equalsIgnoreCase("S"), are not simulated.
func (p *parser) pathOrCall(path token) node {
	parts := Texts(ParsePath(path.text))
	if following := p.peek(); following.kind != tokenSymbol || following.text != "(" {
		if _, isFunction := functions[path.text]; isFunction {
			refuseReserved(path)
		}
		return func(s *scope) any { return document.Member(s.record, parts...) }
	}
	return p.call(path.position, path.text)
}

func (p *parser) call(position int, name string) node {
	p.expect("(")
	arguments := p.arguments()
	called, known := functions[name]
	if !known {
		panic(&Error{Position: position, Function: name, Message: "the simulator has no such function"})
	}
	if message := called.refuseCount(len(arguments)); message != "" {
		panic(&Error{Position: position, Function: name, Message: message})
	}
	return at(position, name, func(s *scope) any { return called.call(s, arguments) })
}

func (p *parser) arguments() (arguments []node) {
	if _, none := p.accept(")"); none {
		return nil
	}
	for {
		arguments = append(arguments, p.binary(0))
		if _, more := p.accept(","); !more {
			p.expect(")")
			return arguments
		}
	}
}
