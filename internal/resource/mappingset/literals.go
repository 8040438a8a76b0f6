package mappingset

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
)

// literal is a value that is the same for every event.
type literal struct {
	// kind is one of the types of event fields, or fieldNumber.
	kind  string
	value any
	// spelled is the value as messages have it.
	spelled string
}

// fieldNumber is the kind of a literal with a fraction, which no event field has.
const fieldNumber = "number"

var (
	wholeQuoted = regexp.MustCompile(`^(?:` + quoted.String() + `)$`)
	numeral     = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	escaped     = regexp.MustCompile(`\\(["'\\])`)
)

// isLiteral tells whether a source is a quoted text or a number. The words true and false may be the names of members.
func isLiteral(source string) bool {
	source = strings.TrimSpace(source)
	return wholeQuoted.MatchString(source) || numeral.MatchString(source)
}

// literal is what a mapping fills the field with for every event, if it reads no event. In an expression, a text is quoted.
func (m mappingModel) literal() (literal, bool) {
	source := m.Source.ValueString()
	switch m.SourceType.ValueString() {
	case dataprep.SourceStatic:
		return textLiteral(source), source != ""
	case dataprep.SourceExpression:
		source = strings.TrimSpace(source)
	default:
		return literal{}, false
	}
	switch {
	case wholeQuoted.MatchString(source):
		return textLiteral(escaped.ReplaceAllString(source[1:len(source)-1], "$1")), true
	case numeral.MatchString(source) && strings.Contains(source, "."):
		return literal{fieldNumber, json.Number(source), source}, true
	case numeral.MatchString(source):
		return literal{customerio.FieldInteger, json.Number(source), source}, true
	case source == "true", source == "false":
		return literal{customerio.FieldBoolean, source == "true", source}, true
	}
	return literal{}, false
}

func textLiteral(text string) literal {
	spelled, _ := json.Marshal(text) // of a text
	return literal{customerio.FieldString, text, string(spelled)}
}

// dateLayouts are those of the formats in which Data Prep finds a date (documented: prep-formats), and what XDM calls a date itself.
var dateLayouts = []string{
	time.RFC3339, "2006-01-02 15:04:05-0700", "2006-01-02 15:04:05.000-0700", "2006-01-02 15:04:05.000", "2006-01-02T15:04:05.000Z07",
	"2006-01-02", "2006/01/02", "2006.01.02", "2006-Jan-02", "20060102", "01-02-2006", "01022006", "1/02/2006", "02.1.2006",
	"1/02/2006 03:04:05 PM", "02.1.2006 03:04:05 PM", "02.Jan.2006", "02-Jan-2006",
}

func isDateText(text string) bool {
	return slices.ContainsFunc(dateLayouts, func(layout string) bool { _, err := time.Parse(layout, text); return err == nil })
}
