package advice

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

const (
	// minSimilarity, from 0 to 1, is exceeded by names that may have been meant.
	minSimilarity = 0.7
	// A short name with two letters swapped, such as emial, is as good as another one by similarity alone.
	maxSlips, minLetters = 2, 4
	// maxSuggestions is how many names are suggested for one.
	maxSuggestions = 3
)

// Nearest returns the known names that are most similar to a given one, the most similar first.
func Nearest(name string, known []string) []string {
	near := slices.DeleteFunc(slices.Clone(known), func(other string) bool { return !isNear(name, other) })
	sortBySimilarity(name, near)
	return near[:min(len(near), maxSuggestions)]
}

// NearestPath returns the known dotted path that may have been meant by a given one, "" if none is similar. One with the same last name is
// the likeliest: the way to it is what people forget.
func NearestPath(path string, known []string) string {
	near := slices.DeleteFunc(slices.Clone(known), func(other string) bool { return lastName(other) != lastName(path) })
	if sortBySimilarity(path, near); len(near) == 0 {
		near = Nearest(path, known)
	}
	if len(near) == 0 {
		return ""
	}
	return near[0]
}

func lastName(path string) string { return path[strings.LastIndex(path, ".")+1:] }

func isNear(name, other string) bool {
	return similarity(name, other) > minSimilarity ||
		min(len(name), len(other)) >= minLetters && levenshtein.Distance(strings.ToLower(name), strings.ToLower(other), nil) <= maxSlips
}

func similarity(one, other string) float64 {
	return levenshtein.Similarity(strings.ToLower(one), strings.ToLower(other), nil)
}

func sortBySimilarity(name string, others []string) {
	slices.SortStableFunc(others, func(a, b string) int { return cmp.Compare(similarity(name, b), similarity(name, a)) })
}
