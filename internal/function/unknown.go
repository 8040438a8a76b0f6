package function

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

// Messages end without a full stop: Terraform adds one.

// unknownField says that events have no such field, which may have been meant, and which there are.
func unknownField(name string) string {
	near := ""
	if names := nearest(name, fieldNames()); len(names) > 0 {
		near = fmt.Sprintf("; the nearest is %q", names[0])
	}
	return fmt.Sprintf("%q is no field of the events%s. Known are: %s", name, near, strings.Join(fieldNames(), ", "))
}

// unknownEvent says that there is no such event, and which may have been meant; all 72 only where none is near.
func unknownEvent(name string) string {
	if names := nearest(name, customerio.Events()); len(names) > 0 {
		return fmt.Sprintf("%q is no event. The nearest are: %s", name, strings.Join(names, ", "))
	}
	return fmt.Sprintf("%q is no event. Known are: %s", name, strings.Join(customerio.Events(), ", "))
}

const (
	// alike is the similarity, from 0 to 1, from which on a name may have been meant.
	alike = 0.7
	// mostSuggestions is how many names are suggested for one.
	mostSuggestions = 3
)

// nearest are the names that are most like a given one, the most alike first.
func nearest(name string, known []string) []string {
	similarity := func(candidate string) float64 { return levenshtein.Similarity(name, candidate, nil) }
	near := slices.DeleteFunc(slices.Clone(known), func(candidate string) bool { return similarity(candidate) <= alike })
	slices.SortStableFunc(near, func(a, b string) int { return cmp.Compare(similarity(b), similarity(a)) })
	return near[:min(len(near), mostSuggestions)]
}
