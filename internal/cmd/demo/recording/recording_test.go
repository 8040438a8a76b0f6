package recording

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSpansAreWhereTheyWere(t *testing.T) {
	require.Equal(t, []span{
		{0, style{color: "gray"}, "│"},
		{4, style{bold: true}, "# customerio_dataflow.this"},
		{31, style{}, "will be created"},
	}, spans("\x1b[90m│ \x1b[0m\x1b[1m  # customerio_dataflow.this\x1b[0m will be created"))
	require.Equal(t, []span{{2, style{bold: true, color: "red"}, "a  b"}}, spans("  \x1b[1;31ma  b\x1b[22;39m  "))
	require.Empty(t, spans("\x1b[32m \x1b[0m"))
}

// recorderOf is one on which a minute passes before each line.
func recorderOf(lines ...string) *Recorder {
	now := time.Unix(1764288000, 0)
	r := New()
	r.now = func() time.Time { now = now.Add(time.Minute); return now }
	_, _ = io.WriteString(r, strings.Join(lines, "\n")+"\nunfinished")
	return r
}

func TestNobodyWaitsForACompiler(t *testing.T) {
	moments := recorderOf("$ go build", "done", "", "next").schedule()
	require.Equal(t, []time.Duration{0, longest, 2*longest + shortestRead, 3*longest + shortestRead}, moments)
}

// Without animation, the picture is the end: the text is moved up, and the lid is below it.
func TestPictureAtRestIsTheEnd(t *testing.T) {
	var lines []string
	for i := range rows + 5 {
		lines = append(lines, fmt.Sprintf("line %d & <more>", i))
	}
	picture := string(recorderOf(lines...).SVG(80, "make demo"))
	require.NoError(t, xml.Unmarshal([]byte(picture), new(struct{})))
	require.Contains(t, picture, fmt.Sprintf(`class="scroll" transform="translate(0,%d)"`, -5*lineHeight))
	require.Contains(t, picture, fmt.Sprintf(`fill="#10151c" transform="translate(0,%d)"`, (rows+5)*lineHeight))
	require.Contains(t, picture, "line 32 &amp; &lt;more&gt;")
	require.NotContains(t, picture, "unfinished")
	require.Contains(t, picture, "prefers-reduced-motion")
	require.Equal(t, picture, string(recorderOf(lines...).SVG(80, "make demo")), "the same lines make the same picture")
}
