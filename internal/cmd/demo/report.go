package main

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	indent = "  "
	// gutter marks what Terraform itself prints.
	gutter = "│ "
)

// report tells how far the story is.
type report struct {
	screen
	started time.Time
	// built is when the provider was there; everything before depends on caches and the network.
	built time.Time

	mutex sync.Mutex
	// ticking is the length of the line that is overwritten, 0 if there is none.
	ticking int
}

func newReport(screen screen) *report {
	return &report{screen: screen, started: time.Now()}
}

// printf writes to the screen. That nobody reads it any more is no reason to stop half-way: main is told by a signal.
func (r *report) printf(format string, values ...any) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.erase()
	_, _ = fmt.Fprintf(r.out, format, values...)
}

// intro is the first thing that is seen, before anything that takes time.
func (r *report) intro(keep bool) {
	end := "at last everything is destroyed"
	if keep {
		end = "it is left running"
	}
	r.printf("%s\n", r.strong("Customer.io to Adobe Experience Platform with Terraform, on simulated services"))
	r.paragraph("The provider is built, a pipeline created, events go through it, a mapping changes, the dataflow is imported, and " + end +
		". No account is needed. It takes half a minute, the first time up to three. Ctrl-C stops it and cleans up.")
}

// paragraph breaks a text between words.
func (r *report) paragraph(text string) {
	var line string
	for word := range strings.FieldsSeq(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > min(r.width, 100) {
			r.printf("%s\n", line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	r.printf("%s\n", line)
}

func (r *report) step(number, of int, title string) {
	r.printf("\n%s %s\n", r.accent(fmt.Sprintf("[%d/%d]", number, of)), r.strong(title))
}

func (r *report) stepDone(took time.Duration) {
	r.printf("%s%s %s\n", indent, r.good("done"), r.quiet("in "+seconds(took)))
}

// detail is one line of what a step found.
func (r *report) detail(format string, values ...any) {
	r.printf(indent+format+"\n", values...)
}

// command shows what is run.
func (r *report) command(program string, arguments ...string) {
	r.detail("%s", r.quiet("$ "+program+" "+strings.Join(arguments, " ")))
}

// quote shows a line of Terraform's, on a terminal no longer than it is wide: there the end is an ID.
func (r *report) quote(line string) {
	if r.live || r.colored {
		line = fit(line, r.width-utf8.RuneCountInString(gutter))
	}
	r.printf("%s%s\n", r.quiet(gutter), line)
}

// quotePlan shows a line of a plan, which Terraform itself breaks to the usual width. A color ends with its line.
func (r *report) quotePlan(line string) {
	r.printf("%s%s\n", r.quiet(gutter), line)
}

func (r *report) end() {
	r.printf("\n%s %s\n", r.good("All of it worked,"), fmt.Sprintf("in %s: %s to prepare, %s for the pipeline.",
		seconds(time.Since(r.started)), seconds(r.built.Sub(r.started)), seconds(time.Since(r.built))))
}

func (r *report) interrupted() {
	r.printf("\n%s\n", r.bad("Stopping what runs, and cleaning up."))
}

func seconds(duration time.Duration) string {
	return fmt.Sprintf("%.1fs", duration.Seconds())
}

// resourceProgress matches what Terraform says while it works on a resource, as in
// "customerio_dataflow.this: Creation complete after 2s [id=…]", and nothing that could hold a value.
var resourceProgress = regexp.MustCompile(`^\S+: (Creat|Modif|Destr|Import|Still)`)

// progressWriter passes on the progress of each resource and drops all else that Terraform prints. It relies on
// terraform-exec to write whole lines.
type progressWriter struct{ report *report }

func (w progressWriter) Write(line []byte) (int, error) {
	if resourceProgress.Match(line) {
		w.report.quote(strings.TrimSpace(string(line)))
	}
	return len(line), nil
}
