package dataprep

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

// Source types of a mapping (documented: prep-mapping).
const (
	SourceAttribute  = "ATTRIBUTE"
	SourceExpression = "EXPRESSION"
	SourceStatic     = "STATIC"
)

// MappingSet is a versioned set of mappings into one XDM schema.
type MappingSet struct {
	ID      string
	Version int64
	// untold says that an answer leaves the version out.
	untold bool
	Name   string
	// SchemaID and ContentType are the target schema's $id and the media type that pins its version.
	SchemaID, ContentType string
	// Mappings have distinct destinations when they are written. Those that are read may not.
	Mappings []Mapping
	// CreatedAt is set by the service, to the second or finer; zero if it does not tell.
	CreatedAt time.Time
}

// Mapping fills one XDM field.
type Mapping struct {
	// Source is a path, an expression or a literal, as SourceType says.
	Source string `json:"source"`
	// Destination is the dotted XDM path.
	Destination string `json:"destination"`
	// SourceType is "" if an answer does not tell it.
	SourceType  string `json:"sourceType"`
	Name        string `json:"name,omitempty"`
	Description string `json:"description,omitempty"`
}

// Over is what an answer tells, and for the rest what is known.
func (m Mapping) Over(known Mapping) Mapping {
	return Mapping{
		Source: cmp.Or(m.Source, known.Source), Destination: cmp.Or(m.Destination, known.Destination),
		SourceType: cmp.Or(m.SourceType, known.SourceType), Name: cmp.Or(m.Name, known.Name), Description: cmp.Or(m.Description, known.Description),
	}
}

// Wanted is the set to create.
func (s MappingSet) Wanted() objects.Wanted[MappingSet] {
	return objects.Wanted[MappingSet]{Name: s.Name, Body: s.request(), Object: &s, Matches: s.matches}
}

// matches wants a set without a name to tell at least its mappings.
func (s MappingSet) matches(other *MappingSet) bool {
	return s.Name == other.Name && (s.Name != "" || len(other.Mappings) > 0) && s.schema().Agrees(other.schema()) && s.maps(other.Mappings)
}

// maps tells whether answered mappings do not contradict those of the set. It ignores their order, which the service changes.
func (s MappingSet) maps(answered []Mapping) bool {
	if len(answered) == 0 {
		return true
	}
	sent := map[string]Mapping{}
	for _, mapping := range s.Mappings {
		sent[mapping.Destination] = mapping
	}
	for _, mapping := range answered {
		known, there := sent[mapping.Destination]
		if mapping.Destination != "" && (!there || mapping.Over(known) != known) {
			return false
		}
		delete(sent, mapping.Destination)
	}
	return len(answered) == len(s.Mappings)
}

// tells tells whether an answer has all that matters.
func (s *MappingSet) tells() bool {
	return !s.untold && s.SchemaID != "" && len(s.Mappings) > 0
}

func (s MappingSet) schema() xdm.SchemaRef {
	return xdm.SchemaRef{ID: s.SchemaID, ContentType: s.ContentType}
}

func ordered(mappings []Mapping) []Mapping {
	sorted := append([]Mapping{}, mappings...) // an empty list is sent as such
	slices.SortFunc(sorted, func(a, b Mapping) int { return strings.Compare(a.Destination, b.Destination) })
	return sorted
}

type outputSchema struct {
	SchemaRef xdm.SchemaRef `json:"schemaRef"`
}

type mappingSetRequest struct {
	ID           string       `json:"id,omitempty"`
	Name         string       `json:"name,omitempty"`
	OutputSchema outputSchema `json:"outputSchema"`
	Mappings     []Mapping    `json:"mappings"`
}

// request is the body of a create or replace, in the newer of the two syntaxes, ordered so that equal sets are sent alike.
func (s MappingSet) request() mappingSetRequest {
	return mappingSetRequest{ID: s.ID, Name: s.Name, OutputSchema: outputSchema{s.schema()}, Mappings: ordered(s.Mappings)}
}

// version is the answer to a write, and part of the answer to a read.
type version struct {
	ID      string                    `json:"id"`
	Version jsonvalue.OptionalInteger `json:"version"`
}

func (v *version) Object(string) (*MappingSet, error) {
	return &MappingSet{ID: v.ID, Version: int64(v.Version.Value)}, nil
}

// mappingSetAnswer accepts both syntaxes: answers have old and new names side by side, and sets that other tools created may have
// only the old ones.
type mappingSetAnswer struct {
	version
	Name         string       `json:"name"`
	OutputSchema outputSchema `json:"outputSchema"`
	// XDMSchema and XDMVersion are the old form of OutputSchema.
	XDMSchema  string          `json:"xdmSchema"`
	XDMVersion string          `json:"xdmVersion"`
	SchemaRef  xdm.SchemaRef   `json:"schemaRef"`
	Mappings   []mappingAnswer `json:"mappings"`
	CreatedAt  jsonvalue.Time  `json:"createdDate"`
}

type mappingAnswer struct {
	Mapping
	SourceAttribute    string `json:"sourceAttribute"`
	SourceExpression   string `json:"sourceExpression"`
	DestinationXDMPath string `json:"destinationXdmPath"`
}

func (a *mappingSetAnswer) Object(string) (*MappingSet, error) { return a.mappingSet(), nil }

func (a *mappingSetAnswer) mappingSet() *MappingSet {
	set := &MappingSet{
		ID: a.ID, Version: int64(a.Version.Value), untold: !a.Version.Told, Name: a.Name, CreatedAt: a.CreatedAt.Time,
		SchemaID:    cmp.Or(a.OutputSchema.SchemaRef.ID, a.SchemaRef.ID, a.XDMSchema),
		ContentType: cmp.Or(a.OutputSchema.SchemaRef.ContentType, a.SchemaRef.ContentType, a.XDMVersion),
	}
	for _, mapping := range a.Mappings {
		set.Mappings = append(set.Mappings, mapping.mapping())
	}
	return set
}

func (a mappingAnswer) mapping() Mapping {
	mapping := a.Mapping
	mapping.Source = cmp.Or(a.Source, a.SourceExpression, a.SourceAttribute)
	mapping.Destination = cmp.Or(a.Destination, a.DestinationXDMPath)
	mapping.SourceType = sourceType(a.SourceType)
	switch {
	case mapping.SourceType != "":
	case a.SourceExpression != "":
		mapping.SourceType = SourceExpression
	case a.Source == "" && a.SourceAttribute != "": // beside the new name, the old one may be a literal's
		mapping.SourceType = SourceAttribute
	}
	return mapping
}

// sourceType translates the media types that answers have instead of the names that requests have. Those for expressions and for
// attributes are documented (prep-mapping), the one for literals is inferred.
func sourceType(answered string) string {
	switch strings.ToLower(answered) {
	case "text/x.schema-path":
		return SourceAttribute
	case "text/x.aep-xl":
		return SourceExpression
	case "text/plain":
		return SourceStatic
	}
	return strings.ToUpper(answered)
}
