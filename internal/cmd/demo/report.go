package main

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"text/tabwriter"
	"time"
)

const indent = "        "

// report tells on the terminal how far the story is.
type report struct {
	out     io.Writer
	started time.Time
	// built is when the provider was there; everything before depends on caches and the network.
	built time.Time
}

func newReport(out io.Writer) *report {
	return &report{out: out, started: time.Now()}
}

// printf writes to the terminal; that the terminal is gone is no reason to stop half-way.
func (r *report) printf(format string, values ...any) {
	_, _ = fmt.Fprintf(r.out, format, values...)
}

func (r *report) step(number, of int, title string) {
	r.printf("%-8s%s\n", fmt.Sprintf("[%d/%d]", number, of), title)
}

func (r *report) stepDone(took time.Duration) {
	r.printf("%sdone in %s, %s since the start\n", indent, seconds(took), seconds(time.Since(r.started)))
}

// detail is one line of what a step found.
func (r *report) detail(format string, values ...any) {
	r.printf(indent+format+"\n", values...)
}

func (r *report) end() {
	r.printf("\nAll of it worked, in %s: %s to prepare, %s for the pipeline.\n",
		seconds(time.Since(r.started)), seconds(r.built.Sub(r.started)), seconds(time.Since(r.built)))
}

func seconds(duration time.Duration) string {
	return fmt.Sprintf("%.1fs", duration.Seconds())
}

// table prints the lines in columns; the first line holds the headings.
func (r *report) table(lines [][]string) error {
	columns := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0)
	for _, line := range lines {
		if _, err := fmt.Fprintln(columns, indent+"  "+strings.Join(line, "\t")); err != nil {
			return err
		}
	}
	return columns.Flush()
}

// resourceProgress matches what Terraform says while it works on a resource, as in
// "customerio_dataflow.this: Creation complete after 2s [id=…]", and nothing that could hold a value.
var resourceProgress = regexp.MustCompile(`^\S+: (Creat|Modif|Destr|Import|Still)`)

// progressWriter passes on the progress of each resource and drops all else that Terraform prints. It relies on
// terraform-exec to write whole lines.
type progressWriter struct{ report *report }

func (w progressWriter) Write(line []byte) (int, error) {
	if resourceProgress.Match(line) {
		w.report.detail("%s", strings.TrimSpace(string(line)))
	}
	return len(line), nil
}
