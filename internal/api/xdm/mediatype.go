// Package xdm has what all services say of XDM schemas in the same way.
package xdm

import (
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

// Services put a space before the version of a media type or leave it out, as in "application/vnd.adobe.xed-full+json; version=1".

// CompactMediaType is a media type without spaces.
func CompactMediaType(mediaType string) string { return strings.ReplaceAll(mediaType, " ", "") }

// SameMediaType tells whether two media types differ in nothing but spaces and capitals, which do not count (RFC 9110, 8.3.1).
func SameMediaType(one, other string) bool {
	return lowered(one) == lowered(other)
}

func lowered(mediaType string) string { return strings.ToLower(CompactMediaType(mediaType)) }

// SameVersion tells whether two media types pin the same version of a schema. The services compare no more than that: whether the
// schema is meant in its full form does not matter, and 1.0 is 1. What is not told may be any version.
func SameVersion(one, other string) bool {
	return one == "" || other == "" || pinnedVersion(one) == pinnedVersion(other)
}

func pinnedVersion(mediaType string) string {
	_, version, is := strings.Cut(lowered(mediaType), "version=")
	if !is && !strings.Contains(mediaType, "/") {
		version = lowered(mediaType) // alone
	}
	return strings.TrimSuffix(version, ".0")
}

// SchemaRef refers to a schema by its $id and the media type that pins its version.
type SchemaRef struct {
	ID          string `json:"id"`
	ContentType string `json:"contentType"`
}

// Agrees tells whether an answer does not contradict the reference: it means the same version of the same schema in the same form, or
// does not tell.
func (r SchemaRef) Agrees(answered SchemaRef) bool {
	return objects.Agree(r.ID, answered.ID) && objects.Agree(CompactMediaType(r.ContentType), CompactMediaType(answered.ContentType))
}

// MajorVersion is the major version of a schema that a media type or a version alone pins, "" if it pins none.
func MajorVersion(mediaType string) string {
	major, _, _ := strings.Cut(pinnedVersion(mediaType), ".")
	return major
}
