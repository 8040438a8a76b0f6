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

// unknownField says that events have no such field, which field may have been meant, and which fields exist.
func unknownField(name string) string {
	near := ""
	if names := nearest(name, fieldNames()); len(names) > 0 {
		near = fmt.Sprintf("; the nearest is %q", names[0])
	}
	return fmt.Sprintf("%q is not a field of the events%s. Known are: %s", name, near, strings.Join(fieldNames(), ", "))
}

// unknownEvent says that there is no such event, and which events may have been meant. If none is similar, it lists all.
func unknownEvent(name string) string {
	if names := nearest(name, customerio.Events()); len(names) > 0 {
		return fmt.Sprintf("%q is not an event. The nearest are: %s", name, strings.Join(names, ", "))
	}
	return fmt.Sprintf("%q is not an event. Known are: %s", name, strings.Join(customerio.Events(), ", "))
}

const (
	// minSimilarity, from 0 to 1, is exceeded by names that may have been meant.
	minSimilarity = 0.7
	// maxSuggestions is how many names are suggested for one.
	maxSuggestions = 3
)

// nearest returns the known names that are most similar to a given one, the most similar first.
func nearest(name string, known []string) []string {
	similarity := func(other string) float64 { return levenshtein.Similarity(name, other, nil) }
	near := slices.DeleteFunc(slices.Clone(known), func(other string) bool { return similarity(other) <= minSimilarity })
	slices.SortStableFunc(near, func(a, b string) int { return cmp.Compare(similarity(b), similarity(a)) })
	return near[:min(len(near), maxSuggestions)]
}
