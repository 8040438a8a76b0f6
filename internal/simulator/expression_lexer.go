package simulator

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenNumber
	tokenString
	tokenPath
	tokenLiteral
	tokenOperator
	tokenPunctuation
)

type token struct {
	kind     tokenKind
	position int
	text     string
	// value is that of a number, a string or one of the words true, false and null.
	value any
}

// wordOperators are the reserved words of the documentation that stand for an operator.
var wordOperators = map[string]string{
	"and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
	"div": "/", "mod": "%",
}

var wordLiterals = map[string]any{"true": true, "false": false, "null": nil}

// reservedWords are documented as names that must be wrapped in ${} to be a field.
var reservedWords = map[string]bool{
	"new": true, "break": true, "var": true, "for": true, "while": true, "continue": true, "else": true, "if": true,
	"return": true,
}

// operators and punctuation, longest first so that "<=" is not read as "<".
var symbols = []struct {
	text string
	kind tokenKind
}{
	{"||", tokenOperator}, {"&&", tokenOperator}, {"==", tokenOperator}, {"!=", tokenOperator},
	{"<=", tokenOperator}, {">=", tokenOperator}, {"<", tokenOperator}, {">", tokenOperator},
	{"+", tokenOperator}, {"-", tokenOperator}, {"*", tokenOperator}, {"/", tokenOperator},
	{"%", tokenOperator}, {"!", tokenOperator},
	{"(", tokenPunctuation}, {")", tokenPunctuation}, {",", tokenPunctuation}, {".", tokenPunctuation},
}

// tokenize cuts an expression into tokens. The last one is always the end.
func tokenize(source string) ([]token, error) {
	var tokens []token
	for position := 0; position < len(source); {
		if strings.ContainsRune(" \t\r\n", rune(source[position])) {
			position++
			continue
		}
		next, length, err := nextToken(source, position)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, next)
		position += length
	}
	return append(tokens, token{kind: tokenEnd, position: len(source), text: "the end"}), nil
}

func nextToken(source string, position int) (token, int, error) {
	rest := source[position:]
	first, _ := utf8.DecodeRuneInString(rest)
	switch {
	case first == '"' || first == '\'':
		return stringToken(rest, position)
	case unicode.IsDigit(first):
		return numberToken(rest, position)
	case startsName(first):
		return pathToken(rest, position)
	}
	for _, symbol := range symbols {
		if strings.HasPrefix(rest, symbol.text) {
			return token{kind: symbol.kind, position: position, text: symbol.text}, len(symbol.text), nil
		}
	}
	return token{}, 0, &expressionError{position: position, message: fmt.Sprintf("unexpected character %q", first)}
}

func stringToken(rest string, position int) (token, int, error) {
	quote := rest[0]
	var value strings.Builder
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == quote:
			return token{kind: tokenString, position: position, text: rest[:i+1], value: value.String()}, i + 1, nil
		case rest[i] == '\\' && i+1 < len(rest):
			i++
			value.WriteString(unescaped(rest[i]))
		default:
			value.WriteByte(rest[i])
		}
	}
	return token{}, 0, &expressionError{position: position, message: "the string is not closed"}
}

// unescaped keeps the backslash of escapes that only regular expressions know.
func unescaped(escaped byte) string {
	switch escaped {
	case 'n':
		return "\n"
	case 't':
		return "\t"
	case '\\', '"', '\'':
		return string(escaped)
	default:
		return `\` + string(escaped)
	}
}

func numberToken(rest string, position int) (token, int, error) {
	length := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' })
	if length < 0 {
		length = len(rest)
	}
	text := rest[:length]
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return token{}, 0, &expressionError{position: position, message: fmt.Sprintf("%q is not a number", text)}
	}
	return token{kind: tokenNumber, position: position, text: text, value: number}, length, nil
}

func startsName(r rune) bool { return unicode.IsLetter(r) || r == '_' || r == '$' || r == '\\' }

func pathToken(rest string, position int) (token, int, error) {
	length, err := pathLength(rest, position)
	if err != nil {
		return token{}, 0, err
	}
	text := rest[:length]
	if symbol, ok := wordOperators[text]; ok {
		return token{kind: tokenOperator, position: position, text: symbol}, length, nil
	}
	if value, ok := wordLiterals[text]; ok {
		return token{kind: tokenLiteral, position: position, text: text, value: value}, length, nil
	}
	if reservedWords[text] {
		message := fmt.Sprintf("%s is a reserved word, write ${%s} for the field", text, text)
		return token{}, 0, &expressionError{position: position, message: message}
	}
	return token{kind: tokenPath, position: position, text: text}, length, nil
}

func pathLength(rest string, position int) (int, error) {
	i := 0
	for i < len(rest) {
		r, size := utf8.DecodeRuneInString(rest[i:])
		switch {
		case strings.HasPrefix(rest[i:], "${"):
			end := strings.IndexByte(rest[i:], '}')
			if end < 0 {
				return 0, &expressionError{position: position + i, message: "${ is not closed"}
			}
			i += end + 1
		case r == '\\' && i+1 < len(rest):
			i += 2
		case r == '[' && startsIndex(rest[i:]):
			i += strings.IndexByte(rest[i:], ']') + 1
		case r == '.' && continuesName(rest[i+1:]), startsName(r), unicode.IsDigit(r):
			i += size
		default:
			return i, nil
		}
	}
	return i, nil
}

func continuesName(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return startsName(r)
}

func startsIndex(rest string) bool {
	end := strings.IndexByte(rest, ']')
	if end < 2 {
		return false
	}
	_, err := strconv.Atoi(rest[1:end])
	return err == nil
}
