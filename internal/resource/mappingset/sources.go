package mappingset

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
)

// checkSources warns of what Data Prep would take, and would find nothing at in any event that is documented. It is no error: payloads may have
// grown.
func (p planned) checkSources() {
	for _, destination := range p.changed() {
		if !p.hasOtherSource(destination) {
			continue
		}
		mapping := p.mappings[destination]
		warn := func(summary, detail string) {
			p.Response.Diagnostics.AddAttributeWarning(at(destination).AtName("source"), inMapping(summary, destination), detail)
		}
		if next := mapping.noPath(); next != "" {
			warn("Not a path", fmt.Sprintf("The source_type is \"ATTRIBUTE\", and %q is not the path of a value. No event has a "+
				"value there, and the field stays empty. Adobe warns that a wrong source type can make a mapping set uneditable. %s", mapping.Source.ValueString(), next))
			continue
		}
		if mapping.readsFunction() {
			warn("Name of a function", "Data Prep has a function timestamp(), and its documentation reserves the names of functions. "+
				"For the field of the event, write $${timestamp} in place of timestamp.")
		}
		for _, source := range mapping.eventPaths() {
			if _, known := customerio.FindEventPath(source); !known {
				warn("Unknown path in events", notInEvents(source))
			}
		}
	}
}

// inMapping is a summary that names the mapping: Terraform shows no line for a path within an argument, and only the first of several warnings
// with the same summary.
func inMapping(summary, destination string) string {
	return fmt.Sprintf("%s (mapping of %q)", summary, destination)
}

func notInEvents(source string) string {
	if whole := withoutIndex(source); whole != source {
		if _, known := customerio.FindEventPath(whole); known {
			return fmt.Sprintf("No documented event of Customer.io has %q, because %q is no list. Remove the index.", source, whole)
		}
	}
	near := ""
	if nearest := advice.NearestPath(source, customerio.EventPaths()); nearest != "" {
		near = fmt.Sprintf(" The nearest known path is %q.", nearest)
	}
	return fmt.Sprintf("No documented event of Customer.io has %q.%s If events do not have it, it is null, and a field that is filled with it stays empty.", source, near)
}

var lastIndex = regexp.MustCompile(`\[[^][]*\]$`)

// withoutIndex is a path without the index at its end, if it has one.
func withoutIndex(path string) string { return lastIndex.ReplaceAllString(path, "") }

var (
	quoted = regexp.MustCompile(`"(\\.|[^"\\])*"|'(\\.|[^'\\])*'`)
	inData = regexp.MustCompile(`(?:^|[^.\w])(data(?:\.\w+|\[(?:\d+|\*)\])+)`)
	// special is what may stand for any name in a path, or for all elements of a list (documented: prep-functions).
	special = regexp.MustCompile(`\$\{[^}]*\}|\\.|\[\*\]`)
	// computes finds a text, a call or an operator. Of those that names may have in them, such as a hyphen, it wants space around.
	computes = regexp.MustCompile(quoted.String() + `|[\p{L}_]\s*\(|\*|\|\||&&|[=!<>]=|\s[-+/%<>]\s`)
)

// timestamp is the one field of an event that has the name of a function (documented: prep-functions), where it is not called or in ${}.
var timestamp = regexp.MustCompile(`(?:^|[^.\w{$])timestamp\s*(?:[^\w(\s]|$)`)

// readsFunction tells whether an expression takes the name of a function for a field.
func (m mappingModel) readsFunction() bool {
	return m.SourceType.ValueString() == dataprep.SourceExpression && timestamp.MatchString(quoted.ReplaceAllString(m.Source.ValueString(), `""`))
}

// noPath says what to do about a source that is called a path and plainly is an expression or a literal. It is "" for any other.
func (m mappingModel) noPath() string {
	source := m.Source.ValueString()
	switch {
	case m.SourceType.ValueString() != dataprep.SourceAttribute:
		return ""
	case isLiteral(source):
		return "For a literal, set source_type = \"STATIC\" and write it without quotes."
	case computes.MatchString(special.ReplaceAllString(source, "x")):
		return "For an expression, set source_type = \"EXPRESSION\"."
	}
	return ""
}

// eventPaths are the paths in events that a mapping certainly reads: in an expression, those under data, in which most of an event is.
func (m mappingModel) eventPaths() (paths []string) {
	source := m.Source.ValueString()
	switch m.SourceType.ValueString() {
	case dataprep.SourceAttribute:
		if source != "" {
			paths = append(paths, source)
		}
	case dataprep.SourceExpression:
		for _, found := range inData.FindAllStringSubmatch(quoted.ReplaceAllString(source, `""`), -1) {
			if !slices.Contains(paths, found[1]) {
				paths = append(paths, found[1])
			}
		}
	}
	return paths
}
