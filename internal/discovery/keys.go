package discovery

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// nameAll gives each pipeline a key of its own, and puts them in the order of the keys. Of several with the same name, the oldest has the name for
// itself.
func nameAll(pipelines []Pipeline) {
	slices.SortFunc(pipelines, func(a, b Pipeline) int {
		return cmp.Or(a.Flow.CreatedAt.Compare(b.Flow.CreatedAt.Time), strings.Compare(a.Flow.ID, b.Flow.ID))
	})
	taken := map[string]bool{}
	for i := range pipelines {
		key := Key(pipelines[i].Flow.Name)
		if id := Key(pipelines[i].Flow.ID); taken[key] {
			key += "_" + id[max(0, len(id)-12):]
		}
		taken[key], pipelines[i].Key = true, key
	}
	slices.SortFunc(pipelines, func(a, b Pipeline) int { return strings.Compare(a.Key, b.Key) })
}

// Key turns a name into one for code: letters, digits and underscores, no digit first. Letters lose their accents, and those of other alphabets are
// left out.
func Key(name string) string {
	var key strings.Builder
	for _, char := range norm.NFKD.String(strings.ReplaceAll(strings.ToLower(name), "ß", "ss")) {
		switch {
		case unicode.Is(unicode.Mn, char): // an accent
		case char >= 'a' && char <= 'z', char >= '0' && char <= '9':
			key.WriteRune(char)
		case key.Len() > 0 && !strings.HasSuffix(key.String(), "_"):
			key.WriteByte('_')
		}
	}
	text := strings.TrimSuffix(key.String(), "_")
	if text == "" || text[0] <= '9' {
		return strings.TrimSuffix("pipeline_"+text, "_")
	}
	return text
}
