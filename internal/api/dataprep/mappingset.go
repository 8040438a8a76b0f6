package dataprep

import (
	"slices"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
)

// Source types of a mapping (documented).
const (
	SourceAttribute  = "ATTRIBUTE"
	SourceExpression = "EXPRESSION"
	SourceStatic     = "STATIC"
)

// MappingSet is a versioned set of mappings into one XDM schema.
type MappingSet struct {
	ID      string
	Version int64
	Name    string
	// SchemaID and ContentType are the target schema's $id and the media type that pins its version.
	SchemaID, ContentType string
	// Mappings have distinct destinations when they are written; what is read may not.
	Mappings []Mapping
	// CreatedAt is the service's, to the second or finer; zero where it does not tell.
	CreatedAt time.Time
}

// Mapping fills one XDM field.
type Mapping struct {
	// Destination is the dotted XDM path.
	Destination string
	// Source is a path, an expression or a literal, as SourceType says.
	Source, SourceType string
	Name, Description  string
}

// isLike ignores the order of mappings and spaces in the content type, both of which the service changes.
func (s MappingSet) isLike(other *MappingSet) bool {
	compact := func(contentType string) string { return strings.ReplaceAll(contentType, " ", "") }
	ordered := func(mappings []Mapping) []Mapping {
		return slices.SortedFunc(slices.Values(mappings), func(a, b Mapping) int { return strings.Compare(a.Destination, b.Destination) })
	}
	return s.Name == other.Name && s.SchemaID == other.SchemaID && compact(s.ContentType) == compact(other.ContentType) &&
		slices.Equal(ordered(s.Mappings), ordered(other.Mappings))
}

type schemaRef struct {
	ID          string `json:"id"`
	ContentType string `json:"contentType"`
}

type outputSchema struct {
	SchemaRef schemaRef `json:"schemaRef"`
}

type mappingRequest struct {
	Source      string `json:"source"`
	Destination string `json:"destination"`
	SourceType  string `json:"sourceType"`
	Name        string `json:"name,omitempty"`
	Description string `json:"description,omitempty"`
}

type mappingSetRequest struct {
	ID           string           `json:"id,omitempty"`
	Name         string           `json:"name,omitempty"`
	OutputSchema outputSchema     `json:"outputSchema"`
	Mappings     []mappingRequest `json:"mappings"`
}

// request is the body of a create or replace, in the newer of the two syntaxes, ordered so that equal sets are sent alike.
func (s MappingSet) request() mappingSetRequest {
	body := mappingSetRequest{
		ID: s.ID, Name: s.Name,
		OutputSchema: outputSchema{SchemaRef: schemaRef{ID: s.SchemaID, ContentType: s.ContentType}},
		Mappings:     make([]mappingRequest, 0, len(s.Mappings)),
	}
	for _, mapping := range s.Mappings {
		body.Mappings = append(body.Mappings, mappingRequest{
			Source: mapping.Source, Destination: mapping.Destination, SourceType: mapping.SourceType,
			Name: mapping.Name, Description: mapping.Description,
		})
	}
	slices.SortFunc(body.Mappings, func(a, b mappingRequest) int { return strings.Compare(a.Destination, b.Destination) })
	return body
}

// mappingSetAnswer takes both syntaxes: answers hold old and new names side by side, and sets made by other tools may hold
// only the old ones.
type mappingSetAnswer struct {
	version
	Name         string       `json:"name"`
	OutputSchema outputSchema `json:"outputSchema"`
	// XDMSchema and XDMVersion are the old form of OutputSchema.
	XDMSchema  string          `json:"xdmSchema"`
	XDMVersion string          `json:"xdmVersion"`
	SchemaRef  schemaRef       `json:"schemaRef"`
	Mappings   []mappingAnswer `json:"mappings"`
	CreatedAt  jsonvalue.Time  `json:"createdDate"`
}

type mappingAnswer struct {
	Source             string `json:"source"`
	SourceAttribute    string `json:"sourceAttribute"`
	SourceExpression   string `json:"sourceExpression"`
	SourceType         string `json:"sourceType"`
	Destination        string `json:"destination"`
	DestinationXDMPath string `json:"destinationXdmPath"`
	Name               string `json:"name"`
	Description        string `json:"description"`
}

func (a *mappingSetAnswer) mappingSet() *MappingSet {
	set := &MappingSet{
		ID: a.ID, Version: int64(a.Version), Name: a.Name, CreatedAt: a.CreatedAt.Time,
		SchemaID:    firstOf(a.OutputSchema.SchemaRef.ID, a.SchemaRef.ID, a.XDMSchema),
		ContentType: firstOf(a.OutputSchema.SchemaRef.ContentType, a.SchemaRef.ContentType, a.XDMVersion),
	}
	for _, mapping := range a.Mappings {
		set.Mappings = append(set.Mappings, mapping.mapping())
	}
	return set
}

func (a mappingAnswer) mapping() Mapping {
	mapping := Mapping{
		Source:      firstOf(a.Source, a.SourceExpression, a.SourceAttribute),
		Destination: firstOf(a.Destination, a.DestinationXDMPath),
		SourceType:  sourceType(a.SourceType),
		Name:        a.Name,
		Description: a.Description,
	}
	if mapping.SourceType == "" {
		mapping.SourceType = SourceAttribute
		if a.SourceExpression != "" {
			mapping.SourceType = SourceExpression
		}
	}
	return mapping
}

// sourceType translates the media types that the service answers with in place of the names it takes. The one for
// expressions and the one for attributes are documented, the one for literals is inferred.
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

func firstOf(values ...string) string {
	for _, value := range values {
		if value != "" {
			return value
		}
	}
	return ""
}
