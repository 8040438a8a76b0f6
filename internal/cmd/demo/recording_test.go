package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// recorded are the lines of text in the recording that the README shows.
func recorded(t *testing.T, picture []byte) []string {
	t.Helper()
	var document struct {
		Lines []struct {
			Pieces []string `xml:"tspan"`
		} `xml:"g>g>text"`
	}
	require.NoError(t, xml.Unmarshal(picture, &document))
	var lines []string
	for _, line := range document.Lines {
		lines = append(lines, strings.Join(line.Pieces, " "))
	}
	return lines
}

// The recording has the steps of the demo as it is. Times and IDs are those of the run that was recorded.
func TestRecordingTellsTheStory(t *testing.T) {
	picture, err := os.ReadFile("../../../.github/demo.svg")
	require.NoError(t, err)
	require.Less(t, len(picture), 300<<10)
	var wanted, found []string
	steps := new(story).steps()
	for i, step := range steps {
		wanted = append(wanted, fmt.Sprintf("[%d/%d] %s", i+1, len(steps), step.title))
	}
	lines := recorded(t, picture)
	for _, line := range lines {
		if regexp.MustCompile(`^\[\d+/\d+\] `).MatchString(line) {
			found = append(found, line)
		}
	}
	require.Equal(t, wanted, found, `run "make recording"`)
	require.Contains(t, lines[len(lines)-1], "All of it worked")

	text := strings.Join(lines, "\n")
	for _, secret := range []string{simulator.DefaultClientSecret, simulator.DefaultAppAPIKey, "/collection/"} {
		require.NotContains(t, text, secret)
	}
	require.NotRegexp(t, `(^|[\s"'=])(/[a-z]|[A-Z]:\\)`, text, "a path of the machine")
	readme, err := os.ReadFile("../../../README.md")
	require.NoError(t, err)
	require.Regexp(t, `!\[[^\]]{40,}\]\(\.github/demo\.svg\)`, string(readme))
}
