package conformance

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// row is a line of the table for a terminal: probe, documented, simulator, service. Cells are cut, save the last.
func row(probe, documented, simulator, service string) string {
	return strings.TrimRight(fmt.Sprintf("%-27s  %-40s  %-38s  %s", probe, cut(documented, 40), cut(simulator, 38), service), " ")
}

func cut(cell string, longest int) string {
	if characters := []rune(cell); len(characters) > longest {
		return string(characters[:longest-1]) + "…"
	}
	return cell
}

// row has the verdict only where something is to be said.
func (f Finding) row() string {
	service := f.Service
	if f.Verdict != Agrees {
		service += "  (" + strings.ToUpper(string(f.Verdict)) + ")"
	}
	return row(f.ID, f.documented(), f.Simulator, service)
}

// documented is what documents state, or on what else the fact stands.
func (p Probe) documented() string {
	switch {
	case p.Stated == "":
		return "not documented"
	case p.Basis == Documented:
		return p.Stated
	}
	return string(p.Basis) + ": " + p.Stated
}

// Difference is one line: what is another than expected, and what to change.
func (f Finding) Difference() string {
	return fmt.Sprintf("%s: the service says %q, the simulator %q. Change %s.", f.ID, f.Service, f.Simulator, strings.Join(f.Files, ", "))
}

// Differences are the lines of all of them.
func (r *Result) Differences() []string {
	var lines []string
	for _, one := range r.with(Differs) {
		lines = append(lines, one.Difference())
	}
	return lines
}

// Summary is one line.
func (r *Result) Summary() string {
	return fmt.Sprintf("%d agree, %d differ, %d without an answer, %d not asked; %d calls in %s; %d objects left behind.",
		len(r.with(Agrees)), len(r.with(Differs)), len(r.with(Failed)), len(r.with(Skipped)), r.Calls, r.took.Round(time.Second), len(r.Left))
}

// Report is a Markdown page to send to the project. It has no credentials, URLs, IDs and addresses.
func (r *Result) Report() string {
	var page strings.Builder
	fmt.Fprintf(&page, "# Conformance of the real services\n\n%s\n\n- Day: %s\n- Type of the sandbox: %s\n", r.Summary(),
		r.began.UTC().Format(time.DateOnly), cmp.Or(r.SandboxType, "not told"))
	if r.Stopped != nil {
		fmt.Fprintf(&page, "- Ended early: %s\n", r.secrets.hide(r.Stopped.Error()))
	}
	page.WriteString("\n## Differences\n\n")
	for _, line := range r.Differences() {
		fmt.Fprintf(&page, "- %s\n", line)
	}
	if len(r.with(Differs)) == 0 {
		page.WriteString("None.\n")
	}
	page.WriteString("\n## All probes\n\n| Probe | Question | Documented | Simulator | Service | |\n|---|---|---|---|---|---|\n")
	for _, one := range r.Findings {
		cells := []string{one.ID, one.Question, one.documented() + tags(one.Sources), one.Simulator, one.Service, string(one.Verdict)}
		for i, cell := range cells {
			cells[i] = strings.ReplaceAll(cell, "|", `\|`)
		}
		fmt.Fprintf(&page, "| %s |\n", strings.Join(cells, " | "))
	}
	return r.secrets.hideKnown(page.String())
}

func tags(sources []string) string {
	if len(sources) == 0 {
		return ""
	}
	return " (" + strings.Join(sources, ", ") + ")"
}
