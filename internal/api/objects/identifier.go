package objects

import (
	"fmt"
	"regexp"
)

// identifier matches what may stand in a path as an ID. Services have their own forms (UUIDs, hexadecimal digits, numbers, URIs), which
// an import checks; this refuses what leads to another path, or to none.
var identifier = regexp.MustCompile(`^(https?://)?[A-Za-z0-9_][A-Za-z0-9_:/-]*(\.[A-Za-z0-9_:/-]+)*$`)

// longestIdentifier is longer than any documented one.
const longestIdentifier = 500

// IsIdentifier tells whether an ID can be one of a service's.
func IsIdentifier(id string) bool { return len(id) <= longestIdentifier && identifier.MatchString(id) }

// IdentifierError says that something cannot be the ID of an object. Nothing was sent.
type IdentifierError struct {
	// Object is what it was to be, such as "dataset".
	Object string
	ID     string
}

func (e *IdentifierError) Error() string {
	return fmt.Sprintf("%q cannot be the ID of a %s; nothing was sent", e.ID, e.Object)
}
