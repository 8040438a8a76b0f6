package customerio

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
)

// eventsJSON has the events of the App API's published description of September 2026: 72. The description has lagged the service
// before, so an event that is missing here may still be taken.
//
// Fields are the members of an event's data that the vendor's description of August 2026 has, those of a category in each of its
// events. No payload is described for email_deferred, sms_dropped, slack_converted and webhook_converted: they are taken to be like
// their nearest relatives. Transactional messages are described for emails and pushes only. Values are the vendor's examples where it
// gives some.
//
//go:embed events.json
var eventsJSON []byte

var catalog = decoded[struct {
	Values     map[string]any `json:"values"`
	Categories []category     `json:"categories"`
}](eventsJSON)

// category is a kind of messages. WhatsApp comes last: Adobe's overview of the source does not list it.
type category struct {
	Name   string         `json:"name"`
	Fields []string       `json:"fields"`
	Values map[string]any `json:"values"`
	Events []event        `json:"events"`
}

type event struct {
	Name   string         `json:"name"`
	Fields []string       `json:"fields"`
	Values map[string]any `json:"values"`
	// ObjectType and Metric are set for the one event whose payload does not have the two parts of its name (documented: cio-events).
	ObjectType string `json:"object_type"`
	Metric     string `json:"metric"`
}

// decoded panics if an embedded file is malformed, in every test of the package.
func decoded[T any](file []byte) (value T) {
	if err := json.Unmarshal(file, &value); err != nil {
		panic(err)
	}
	return value
}

func (c category) eventNames() []string {
	var names []string
	for _, one := range c.Events {
		names = append(names, one.Name)
	}
	return names
}

// EventCategories are the kinds of messages.
func EventCategories() []string {
	var names []string
	for _, one := range catalog.Categories {
		names = append(names, one.Name)
	}
	return names
}

// EventsOf are the events of a category, none if there is no such category.
func EventsOf(name string) []string {
	index := slices.IndexFunc(catalog.Categories, func(one category) bool { return one.Name == name })
	if index < 0 {
		return nil
	}
	return catalog.Categories[index].eventNames()
}

// Events are all events, by category.
func Events() []string {
	var all []string
	for _, one := range catalog.Categories {
		all = append(all, one.eventNames()...)
	}
	return all
}

// CategoryOf is the category of an event, "" if the event is not in the catalog.
func CategoryOf(event string) string {
	index := slices.IndexFunc(catalog.Categories, func(one category) bool { return slices.Contains(one.eventNames(), event) })
	if index < 0 {
		return ""
	}
	return catalog.Categories[index].Name
}

// IsKnownEvent tells whether an event is in the catalog.
func IsKnownEvent(name string) bool { return CategoryOf(name) != "" }

// SampleEvent is a payload of an event with every field that is described for it, whether the message came from a campaign, a
// broadcast, a newsletter or a transactional call; a real one has the fields of one of them. It is indented JSON, and "" for an event
// that is not in the catalog.
func SampleEvent(name string) string {
	for _, category := range catalog.Categories {
		for _, event := range category.Events {
			if event.Name == name {
				text, _ := json.MarshalIndent(event.sample(category), "", "  ") // of strings, numbers and maps
				return string(text)
			}
		}
	}
	return ""
}

func (e event) sample(category category) map[string]any {
	data := map[string]any{}
	for _, field := range slices.Concat(category.Fields, e.Fields) {
		for _, values := range []map[string]any{catalog.Values, category.Values, e.Values} {
			if value, found := values[field]; found {
				data[field] = value
			}
		}
	}
	return map[string]any{
		"event_id": "01E4C4CT6YDC7Y5M7FE1GWWPQJ", "timestamp": 1613063089,
		"object_type": cmp.Or(e.ObjectType, category.Name), "metric": cmp.Or(e.Metric, strings.TrimPrefix(e.Name, category.Name+"_")),
		"data": data,
	}
}
