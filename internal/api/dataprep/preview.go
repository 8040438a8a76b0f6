package dataprep

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Preview is what a mapping set makes of an event.
type Preview struct {
	// Row is a JSON object without white space.
	Row string
	// Errors are what the service says of mappings that it could not apply, by destination. One that names no mapping has the key "".
	Errors     map[string]string
	event, row any
}

type previewRequest struct {
	Data       []json.RawMessage `json:"data"`
	MappingSet mappingSetRequest `json:"mappingSet"`
}

// previewAnswers has one element for each event. The guide shows a list of them (documented: prep-mapping), the published description a
// single one without the list (prep-api).
type previewAnswers []previewAnswer

type previewAnswer struct {
	Data   json.RawMessage `json:"data"`
	Errors []struct {
		Destination string `json:"destination"`
		Source      string `json:"source"`
		Exception   string `json:"exception"`
	} `json:"errors"`
}

func (a *previewAnswers) UnmarshalJSON(raw []byte) error {
	if !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return json.Unmarshal(raw, (*[]previewAnswer)(a))
	}
	*a = make(previewAnswers, 1)
	return json.Unmarshal(raw, &(*a)[0])
}

// PreviewMappingSet maps an event, a JSON object, without storing anything.
func (c *Client) PreviewMappingSet(ctx context.Context, set MappingSet, event string) (*Preview, error) {
	request := set.request()
	request.ID = "" // not the stored mappings but those of the request are applied
	body := previewRequest{[]json.RawMessage{json.RawMessage(event)}, request}
	var answers previewAnswers
	err := objects.Attempts(ctx, objects.ReadsUntilGone, func(ctx context.Context) (bool, error) {
		err := c.transport.Do(ctx, transport.Request{Method: http.MethodPost, Path: mappingSets + "/preview", Body: body, Repeatable: true}, &answers)
		if err == nil && answers == nil { // not even an empty list: something on the way answered
			return true, unreadablePreview("it is empty")
		}
		return false, err
	})
	if err != nil {
		return nil, err
	}
	if len(answers) != 1 {
		return nil, unreadablePreview("it has " + strconv.Itoa(len(answers)) + " rows for one event")
	}
	return c.preview(answers[0], set, event)
}

// preview takes an answer without a row for an empty one if it says why.
func (c *Client) preview(answer previewAnswer, set MappingSet, event string) (*Preview, error) {
	preview := &Preview{Row: "{}", Errors: map[string]string{}, event: decoded([]byte(event)), row: decoded(answer.Data)}
	if _, isObject := preview.row.(map[string]any); isObject {
		var compact bytes.Buffer
		_ = json.Compact(&compact, answer.Data) // it was decoded
		preview.Row = compact.String()
	} else if preview.row != nil || len(answer.Errors) == 0 {
		return nil, unreadablePreview("it has no row")
	}
	for _, one := range answer.Errors {
		destination := cmp.Or(one.Destination, destinationOf(set.Mappings, one.Source))
		reason := cmp.Or(c.transport.Redact(one.Exception), "Data Prep gives no reason.")
		if others := preview.Errors[destination]; others != "" {
			reason = others + "; " + reason
		}
		preview.Errors[destination] = reason
	}
	return preview, nil
}

func unreadablePreview(reason string) error {
	call := transport.Call{Service: Service, Method: http.MethodPost, Path: mappingSets + "/preview"}
	return &transport.UnreadableError{Call: call, Status: http.StatusOK, Reason: reason}
}

// PreviewedMappingSet is a version of a set, or, below 0, the newest one. A process reads it once for all previews, and not at all if it
// created, changed or read the set itself.
func (c *Client) PreviewedMappingSet(ctx context.Context, id string, number int64) (*MappingSet, error) {
	if number < 0 {
		return c.readShared(ctx, id, func() (*MappingSet, error) { return c.NewestMappingSet(ctx, id, "", 0) })
	}
	return c.readShared(ctx, id+"?version="+strconv.FormatInt(number, 10), func() (*MappingSet, error) { return c.MappingSetVersion(ctx, id, number) })
}

func (c *Client) readShared(ctx context.Context, key string, read func() (*MappingSet, error)) (*MappingSet, error) {
	return c.MappingSets.ReadShared(ctx, key, func() (*MappingSet, error) {
		set, err := read()
		if err == nil {
			c.MappingSets.Share(key, set)
		}
		return set, err
	})
}

// destinationOf is where the only mapping of a source leads.
func destinationOf(mappings []Mapping, source string) string {
	destination := ""
	for _, one := range mappings {
		if one.Source == source && destination != "" {
			return ""
		}
		if one.Source == source {
			destination = one.Destination
		}
	}
	return destination
}

// Value is what the row holds at a destination: a text as it is, anything else as JSON, of [*] a list. It is false where there is nothing.
func (p *Preview) Value(destination string) (string, bool) {
	found := valuesAt(p.row, steps(destination))
	switch {
	case len(found) == 0:
		return "", false
	case strings.Contains(destination, "[*]"):
		return encoded(found), true
	}
	if text, is := found[0].(string); is {
		return text, true
	}
	return encoded(found[0]), true
}

// HasSource tells whether the event has a value at a path.
func (p *Preview) HasSource(path string) bool { return len(valuesAt(p.event, steps(path))) > 0 }

var wrapped = regexp.MustCompile(`\$\{([^}]*)\}`)

// steps takes a path apart: names between dots, and places in lists, as in items[0] and items[*]. A dot belongs to a name after a backslash
// and in ${} (documented: prep-functions).
func steps(path string) []string {
	const keptDot = "\x00"
	path = wrapped.ReplaceAllStringFunc(path, func(name string) string { return strings.ReplaceAll(name[2:len(name)-1], ".", keptDot) })
	parts := strings.Split(strings.NewReplacer(`\.`, keptDot, "[", ".", "]", "").Replace(path), ".")
	for i := range parts {
		parts[i] = strings.ReplaceAll(parts[i], keptDot, ".")
	}
	return parts
}

func valuesAt(value any, path []string) (found []any) {
	if value == nil {
		return nil
	}
	if len(path) == 0 {
		return []any{value}
	}
	switch container := value.(type) {
	case map[string]any:
		return valuesAt(container[path[0]], path[1:])
	case []any:
		for i, element := range container {
			if path[0] == "*" || path[0] == strconv.Itoa(i) {
				found = append(found, valuesAt(element, path[1:])...)
			}
		}
	}
	return found
}

// decoded is a JSON value whose numbers keep their digits, nil where there is none.
func decoded(raw []byte) (value any) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	_ = decoder.Decode(&value)
	return value
}

func encoded(value any) string {
	text, _ := transport.Encode(value) // of decoded JSON
	return string(text)
}
