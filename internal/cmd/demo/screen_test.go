package main

import (
	"bytes"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// told is what a report that is so wide says.
func told(screen screen, tell func(*report)) string {
	var out bytes.Buffer
	screen.out = &out
	tell(newReport(screen))
	return out.String()
}

func TestColorsOnlyOnATerminal(t *testing.T) {
	tell := func(r *report) {
		r.intro(false)
		r.step(1, 12, "Find Terraform")
		r.command("terraform", "plan")
		r.quote("customerio_dataflow.this: Creating...")
		r.stepDone(time.Second)
		r.end()
	}
	plain := told(screen{width: 80}, tell)
	require.NotContains(t, plain, "\x1b")
	require.NotContains(t, plain, "\r")
	colored := told(screen{width: 80, colored: true}, tell)
	require.Contains(t, colored, "\x1b[36m[1/12]\x1b[0m")
	require.Equal(t, withoutTimes(plain), withoutTimes(colors.ReplaceAllString(colored, "")), "color changes no word")
}

func withoutTimes(text string) string {
	return regexp.MustCompile(`\d+\.\ds`).ReplaceAllString(text, "")
}

func TestStandardOutputOfATestIsNoTerminal(t *testing.T) {
	pipe, write, err := os.Pipe()
	require.NoError(t, err)
	t.Cleanup(func() { _, _ = pipe.Close(), write.Close() })
	require.Equal(t, screen{out: write, width: defaultWidth}, screenOf(write))
}

func TestProgressInAPipeIsLinesAndOnATerminalOneLine(t *testing.T) {
	work := func() error { time.Sleep(3 * liveTick); return errors.New("did not compile") }
	wait := func(r *report) { require.EqualError(t, r.during("compiling", work), "did not compile") }
	require.Empty(t, told(screen{width: 80}, wait), "nothing to say for ten seconds")

	live := told(screen{width: 80, live: true}, func(r *report) {
		wait(r)
		r.detail("next")
	})
	require.Regexp(t, `  \| \d\.\ds compiling`, live)
	require.Regexp(t, `compiling\r +\r  next\n$`, live, "the line is gone before the next one")
	require.NotContains(t, live, "compiling\n")
}

// samplePair is a pair as it comes out of JSON.
func samplePair() pair {
	id := "01E4C4CT6YDC7Y5M7FE1GWWPQ1"
	return pair{
		sent: map[string]any{
			"event_id": id, "object_type": "customer", "metric": "subscribed", "timestamp": float64(1613063089),
			"data": map[string]any{"identifiers": map[string]any{"email": "test@example.com"}, "delivery_id": "RPILAgUBcRhIBqSfeiIwdIYJKxTYRPILAgUB"},
		},
		stored: map[string]any{"_id": id, "timestamp": momentText, "_acme": map[string]any{"email": "test@example.com", "event_id": id}},
	}
}

// The two columns stand side by side on every terminal that is not narrower than 80, and the ID of the event, which tells the rows apart, is whole.
func TestEventAndRecordFitTheWidth(t *testing.T) {
	sample := samplePair()
	for _, width := range []int{80, 92, 120, 200} {
		text := told(screen{width: width}, func(r *report) {
			r.compare(sample.sent, sample.stored)
			r.table([]pair{sample})
		})
		for line := range strings.Lines(text) {
			require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), width, line)
		}
		require.Regexp(t, `(?m)^  event_id: 01E4C4CT6YDC7Y5M7FE1GWWPQ1 +_id: 01E4C4CT6YDC7Y5M7FE1GWWPQ1$`, text)
		require.Regexp(t, `(?m)^  customer     subscribed  .*GWWPQ1 → test@example.com  2021-02-11T17:04:49.000Z$`, text)
	}
	narrow := told(screen{width: 80}, func(r *report) { r.compare(sample.sent, sample.stored) })
	require.Regexp(t, `(?m)delivery_id: RPIL\w+…$`, narrow, "what is too long is cut")
	require.NotPanics(t, func() {
		told(screen{width: 10, live: true}, func(r *report) { r.compare(sample.sent, sample.stored); r.table([]pair{sample}); r.overwrite("x") })
	})
}

func TestOnlyTheMembersThatMatter(t *testing.T) {
	require.Equal(t, map[string]any{"data": map[string]any{"identifiers": map[string]any{"email": "test@example.com"}}}, only(samplePair().sent, "email"))
}

func TestPlanSaysWhatItLeavesOut(t *testing.T) {
	plan := []string{"Terraform will perform the following actions:", "", "\x1b[1m  # customerio_mapping_set.this\x1b[0m will be created", "  + resource {"}
	for range 20 {
		plan = append(plan, "      + \"_acme.id\" = {")
	}
	plan = append(plan, "    }", "", "  # customerio_dataflow.this will be created", "  + resource {", "    }", "", "Plan: 2 to add")
	shown := excerpt(plan)
	require.Len(t, shown, len(plan)-22+longestBlock-1)
	require.Contains(t, shown, "      … 15 more lines")
	require.Equal(t, "Plan: 2 to add", shown[len(shown)-1])
	require.Contains(t, shown, "  # customerio_dataflow.this will be created")
	unfinished := plan[:10]
	require.Equal(t, unfinished, excerpt(unfinished), "what is not understood is shown as it is")
}
