package expression

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenLiteral
	tokenPath
	tokenSymbol
)

type token struct {
	kind     tokenKind
	position int
	text     string
	// value is that of a literal: a number, a text, or one of the words true, false and null.
	value any
}

// lexemes has one group for each of text, number, path and symbol. A name may be wrapped in ${}, and a backslash
// escapes one character of it.
var lexemes = regexp.MustCompile(`^(?s:` +
	`("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')` +
	`|(\p{Nd}[\p{Nd}.]*)` +
	`|(` + name + `(?:\.?` + name + `|\p{Nd}|\[\d+\])*)` +
	`|(\|\||&&|[=!<>]=|[-<>+*/%!(),.])` +
	`)`)

const name = `(?:\$\{[^}]*\}|\\.|[\p{L}_$])`

// wordOperators are the reserved words of the documentation that stand for an operator.
var wordOperators = map[string]string{
	"and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
	"div": "/", "mod": "%",
}

var wordLiterals = map[string]any{"true": true, "false": false, "null": nil}

// reservedWords are documented as names that must be wrapped in ${} to be a field. So are the names of functions.
var reservedWords = map[string]bool{
	"new": true, "break": true, "var": true, "for": true, "while": true, "continue": true, "else": true, "if": true,
	"return": true, "do": true, "function": true, "empty": true, "size": true, "_errors": true,
}

// tokenize cuts an expression into tokens. The last one is always the end.
func tokenize(source string) []token {
	var tokens []token
	for position := 0; position < len(source); {
		if strings.ContainsRune(" \t\r\n", rune(source[position])) {
			position++
			continue
		}
		next := nextToken(source[position:], position)
		tokens = append(tokens, next)
		position += len(next.text)
	}
	for i, word := range tokens {
		if symbol, isOperator := wordOperators[word.text]; isOperator {
			tokens[i].kind, tokens[i].text = tokenSymbol, symbol
		}
	}
	return append(tokens, token{kind: tokenEnd, position: len(source), text: "the end"})
}

func nextToken(rest string, position int) token {
	groups := lexemes.FindStringSubmatch(rest)
	if groups == nil {
		first, _ := utf8.DecodeRuneInString(rest)
		if first == '"' || first == '\'' {
			failAt(position, "the string is not closed")
		}
		failAt(position, "unexpected character %q", first)
	}
	found := token{kind: tokenSymbol, position: position, text: groups[0]}
	switch {
	case groups[1] != "":
		found.kind, found.value = tokenLiteral, unquoted(found.text)
	case groups[2] != "":
		number, err := strconv.ParseFloat(found.text, 64)
		if err != nil {
			failAt(position, "%q is not a number", found.text)
		}
		found.kind, found.value = tokenLiteral, number
	case groups[3] != "":
		found.kind = tokenPath
		if strings.HasPrefix(rest[len(found.text)-1:], "${") {
			failAt(position+len(found.text)-1, "${ is not closed")
		}
		if reservedWords[found.text] {
			refuseReserved(found)
		}
		if value, isLiteral := wordLiterals[found.text]; isLiteral {
			found.kind, found.value = tokenLiteral, value
		}
	}
	return found
}

func refuseReserved(found token) {
	failAt(found.position, "%[1]s is a reserved word, write ${%[1]s} for the field", found.text)
}

var escape = regexp.MustCompile(`(?s)\\.`)

// unquoted keeps the backslash of escapes that only regular expressions know.
func unquoted(text string) string {
	return escape.ReplaceAllStringFunc(text[1:len(text)-1], func(escaped string) string {
		switch escaped[1:] {
		case "n":
			return "\n"
		case "t":
			return "\t"
		case `\`, `"`, "'":
			return escaped[1:]
		default:
			return escaped
		}
	})
}

func failAt(position int, format string, arguments ...any) {
	panic(&Error{Position: position, Message: fmt.Sprintf(format, arguments...)})
}
