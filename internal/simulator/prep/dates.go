package prep

import (
	"fmt"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/expression"
)

// dateLayouts are the formats that are documented to be tried on a text in a date field, in their order, after the form that XDM itself wants.
var dateLayouts = []string{
	time.RFC3339Nano, "2006-01-02 15:04:05-0700", "2006-01-02 15:04:05.000-0700", "2006-01-02 15:04:05.000", "2006-01-02T15:04:05.000Z07",
	"2006-01-02", "2006/01/02", "2006.01.02", "2006-Jan-02", "20060102", "01-02-2006", "01022006", "1/02/2006", "02.1.2006",
	"1/02/2006 03:04:05 PM", "02.1.2006 03:04:05 PM", "02.Jan.2006", "02-Jan-2006",
}

// dateForms are the formats of XDM for dates, by the format of the field.
var dateForms = map[string]string{"date": time.DateOnly, "date-time": "2006-01-02T15:04:05.000Z07:00"}

// conformDate brings a text into the form of XDM, one without a zone in UTC. What becomes of a number is not documented: it is in none of the
// formats.
func conformDate(value any, form string) (any, error) {
	text := document.String(value)
	if _, err := time.Parse(dateForms[form], text); err == nil {
		return text, nil
	}
	for _, layout := range dateLayouts {
		if moment, err := time.Parse(layout, text); err == nil {
			return moment.Format(dateForms[form]), nil
		}
	}
	return nil, fmt.Errorf("the field is a %s, and %s is in none of the formats of dates", form, expression.Describe(value))
}
