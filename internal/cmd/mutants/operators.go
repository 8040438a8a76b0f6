package main

import (
	"bytes"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// edits are all changes to a part of a file.
func edits(within ast.Node, source *source) (found []edit) {
	add := func(operator string, start, end token.Pos, text string) {
		found = append(found, edit{operator: operator, start: source.file.Offset(start), end: source.file.Offset(end), text: text})
	}
	conditions := map[ast.Node]bool{}
	ast.Inspect(within, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.IfStmt:
			conditions[node.Cond] = true
			condition := source.between(node.Cond.Pos(), node.Cond.End())
			add("negated", node.Cond.Pos(), node.Cond.End(), "!("+condition+")")
			add("never", node.Cond.Pos(), node.Cond.End(), "false && ("+condition+")")
		case *ast.BinaryExpr:
			equality := node.Op == token.EQL || node.Op == token.NEQ
			if other, has := swapped[node.Op]; has && (!equality || !conditions[node]) && !isText(node.X) && !isText(node.Y) {
				add("swapped", node.OpPos, node.OpPos+token.Pos(len(node.Op.String())), other.String())
			}
		case *ast.IncDecStmt:
			add("swapped", node.TokPos, node.End(), swapped[node.Tok].String())
		case *ast.BranchStmt:
			if other, has := swapped[node.Tok]; has && node.Label == nil {
				add("swapped", node.Pos(), node.End(), other.String())
			}
		case *ast.ExprStmt:
			if !isFreeing(node.X) {
				add("left out", node.Pos(), node.End(), "")
			}
		case *ast.AssignStmt:
			if node.Tok != token.DEFINE {
				add("left out", node.Pos(), node.End(), "")
			}
		case *ast.CaseClause:
			if node.List != nil {
				add("left out", node.Pos(), node.End(), "")
			}
		case *ast.ReturnStmt:
			if last := len(node.Results) - 1; last >= 0 && isNamed(node.Results[last], "err") {
				add("no error", node.Results[last].Pos(), node.Results[last].End(), "nil")
				return last == 0 // what stands beside an error means nothing
			}
		case *ast.CompositeLit:
			for _, element := range node.Elts {
				if !isWords(element) {
					add("left out", element.Pos(), afterComma(source, element.End()), "")
				}
			}
		case *ast.KeyValueExpr:
			return !isWords(node)
		case *ast.Field:
			return false
		case *ast.Ident:
			if node.Name == "true" || node.Name == "false" {
				add("swapped", node.Pos(), node.End(), strconv.FormatBool(node.Name == "false"))
			}
		case *ast.BasicLit:
			if text, has := otherConstant(node); has {
				add("other", node.Pos(), node.End(), text)
			}
		}
		return true
	})
	return found
}

var swapped = map[token.Token]token.Token{
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.LAND: token.LOR, token.LOR: token.LAND, token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL,
	token.INC: token.DEC, token.DEC: token.INC, token.BREAK: token.CONTINUE, token.CONTINUE: token.BREAK,
}

// isText tells whether an expression is a string for certain, to which nothing but + applies.
func isText(expression ast.Expr) bool {
	literal, is := expression.(*ast.BasicLit)
	if binary, joins := expression.(*ast.BinaryExpr); joins {
		return isText(binary.X) || isText(binary.Y)
	}
	return is && literal.Kind == token.STRING
}

// isFreeing tells whether a call gives something back.
func isFreeing(call ast.Expr) bool {
	one, is := call.(*ast.CallExpr)
	if !is {
		return false
	}
	method, is := one.Fun.(*ast.SelectorExpr)
	return is && slices.Contains([]string{"Lock", "RLock", "Unlock", "RUnlock", "Close", "Stop", "Helper"}, method.Sel.Name)
}

// isWords tells whether a member of a structure is there to be read.
func isWords(element ast.Expr) bool {
	pair, is := element.(*ast.KeyValueExpr)
	if !is {
		return false
	}
	key, is := pair.Key.(*ast.Ident)
	return is && slices.Contains([]string{"Description", "MarkdownDescription", "Summary"}, key.Name)
}

func isNamed(expression ast.Expr, name string) bool {
	identifier, is := expression.(*ast.Ident)
	return is && identifier.Name == name
}

// afterComma is the place behind the comma that follows an element, if one does.
func afterComma(source *source, end token.Pos) token.Pos {
	rest := source.text[source.file.Offset(end):]
	if trimmed := bytes.TrimLeft(rest, " \t\n"); bytes.HasPrefix(trimmed, []byte(",")) {
		return end + token.Pos(len(rest)-len(trimmed)+1)
	}
	return end
}

// otherConstant is one more than a number, and another name. What has spaces is a message.
func otherConstant(literal *ast.BasicLit) (text string, has bool) {
	switch literal.Kind {
	case token.INT:
		number, err := strconv.Atoi(literal.Value)
		return strconv.Itoa(number + 1), err == nil
	case token.STRING:
		return `"mutant"`, !strings.Contains(literal.Value, " ")
	default:
		return "", false
	}
}
