package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// widestColumn is more than any line needs.
	widestColumn = 52
	// narrowestColumn keeps something to read on a terminal that is too narrow, where lines break.
	narrowestColumn = 24
)

// compare shows an event as it was sent, beside the record that it became.
func (r *report) compare(sent, stored map[string]any) {
	width := max(narrowestColumn, min(widestColumn, (r.width-2*len(indent))/2))
	left, right := outline(sent, ""), outline(stored, "")
	r.row(r.accent(pad("Customer.io sends", width)), r.accent("the dataset stores"))
	for i := range max(len(left), len(right)) {
		r.row(pad(fit(at(left, i), width), width), fit(at(right, i), width))
	}
}

func (r *report) row(left, right string) {
	r.printf("%s\n", strings.TrimRight(indent+left+indent+right, " "))
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// outline is a document as lines for people: the plain values of an object first, then the objects in it.
func outline(object map[string]any, margin string) []string {
	var plain, nested []string
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if inner, is := object[name].(map[string]any); is {
			nested = append(nested, margin+name+":")
			nested = append(nested, outline(inner, margin+"  ")...)
			continue
		}
		plain = append(plain, margin+name+": "+plainValue(object[name]))
	}
	return append(plain, nested...)
}

func plainValue(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case float64:
		return fmt.Sprintf("%.f", value) // such as a timestamp
	}
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}

// only is the part of an object whose members have one of the names.
func only(object map[string]any, names ...string) map[string]any {
	part := map[string]any{}
	for name, value := range object {
		if inner, is := value.(map[string]any); is {
			if kept := only(inner, names...); len(kept) > 0 {
				part[name] = kept
			}
		} else if slices.Contains(names, name) {
			part[name] = value
		}
	}
	return part
}

// pair is an event as it was sent, and its record as it is stored.
type pair struct{ sent, stored map[string]any }

// table has a row for each event and its record. What is left of the width is for the ID.
func (r *report) table(pairs []pair) {
	const format = "%s%-11s  %-10s  %s → %-16s  %s\n"
	id := min(len("01E4C4CT6YDC7Y5M7FE1GWWPQ1"), max(len("event_id"), r.width-72))
	r.printf("%s", r.accent(fmt.Sprintf(format, indent, "object_type", "metric", pad("event_id", id), tenantNamespace+".email", "timestamp")))
	for _, pair := range pairs {
		r.printf(format, indent, pair.sent["object_type"], pair.sent["metric"], pad(tail(fmt.Sprint(pair.sent["event_id"]), id), id),
			tenantFields(pair.stored)["email"], pair.stored["timestamp"])
	}
}

// pad measures as people see: a byte is not a column.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
}

// fit cuts the end off a text that is too long.
func fit(text string, width int) string {
	if utf8.RuneCountInString(text) <= width {
		return text
	}
	return string([]rune(text)[:max(0, width-1)]) + "…"
}

// tail cuts the beginning off a text that is too long.
func tail(text string, width int) string {
	characters := []rune(text)
	if len(characters) <= width {
		return text
	}
	return "…" + string(characters[len(characters)-max(0, width-1):])
}
