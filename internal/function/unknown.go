package function

import (
	"fmt"
	"strings"

	"github.com/agext/levenshtein"
)

// alike is the similarity, from 0 to 1, from which on a name is suggested for another.
const alike = 0.7

// unknown says that a name is not known, and suggests what may have been meant, or lists all there are.
func unknown(kind, name string, known []string) string {
	best, similarity := "", alike
	for _, candidate := range known {
		if now := levenshtein.Similarity(name, candidate, nil); now > similarity {
			best, similarity = candidate, now
		}
	}
	if best != "" {
		return fmt.Sprintf("%q is no %s. Did you mean %q?", name, kind, best)
	}
	return fmt.Sprintf("%q is no %s. Known are: %s.", name, kind, strings.Join(known, ", "))
}
