package jsonvalue

import (
	"encoding/json"
	"time"
)

// Time is a moment that the service sends as milliseconds since 1970, as a number or a string, or as RFC 3339 (one
// description has a string where its examples have a number). A moment is only ever shown, so one in any other form is no
// error but the zero time, as is 0.
type Time struct{ time.Time }

// UnmarshalJSON takes 1596656079576, "1596656079576" and "2020-08-05T19:34:39.576Z".
func (t *Time) UnmarshalJSON(raw []byte) error {
	t.Time = time.Time{}
	var milliseconds Integer
	if milliseconds.UnmarshalJSON(raw) == nil {
		if milliseconds > 0 {
			t.Time = time.UnixMilli(int64(milliseconds)).UTC()
		}
		return nil
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if parsed, err := time.Parse(time.RFC3339, text); err == nil {
			t.Time = parsed.UTC()
		}
	}
	return nil
}
