package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// markdown is everything that was measured, for people.
func (r Results) markdown() string {
	var text strings.Builder
	text.WriteString(r.circumstances())
	for _, phase := range phases {
		if measured := r.of(phase.name); len(measured) > 0 {
			fmt.Fprintf(&text, "\n### %s\n\n%s", phase.title, phaseTable(measured))
		}
	}
	text.WriteString("\n### Plan without changes, compared\n\n" + r.ratios())
	if routes := r.routes(); routes != "" {
		text.WriteString("\n" + routes)
	}
	return text.String()
}

// circumstances say how the numbers came about.
func (r Results) circumstances() string {
	limit := "does not limit calls"
	if r.Conditions.RequestsPerSecond > 0 {
		limit = fmt.Sprintf("takes %d calls a second", r.Conditions.RequestsPerSecond)
	}
	return fmt.Sprintf(`Measured on %s with Terraform %s (%s, %d cores, %.0f GB of memory, %s), on simulated services on the same machine: every answer takes
%s more than the service needs, Customer.io %s, and a dataflow gets its streaming endpoint after %s. A pipeline is a source
connection, a target connection, a mapping set, a dataflow and a webhook; all share a schema and a dataset. Terraform works on ten resources at a
time, its default. Memory is the peak of the largest process. The executable of the provider has %.1f MB.
`, r.Date, r.Terraform, r.Machine.System, r.Machine.Cores, float64(r.Machine.MemoryKiB)/1e6*1.024, r.Machine.Go,
		duration(r.Conditions.Latency), limit, duration(r.Conditions.Provisioning), float64(r.ProviderBytes)/1e6)
}

func duration(d time.Duration) string {
	if d >= time.Second {
		return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + " s"
	}
	return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
}

func table(headings []string, rows [][]string) string {
	var text strings.Builder
	line := func(cells []string) { fmt.Fprintf(&text, "| %s |\n", strings.Join(cells, " | ")) }
	line(headings)
	fmt.Fprintf(&text, "|---|%s\n", strings.Repeat("---:|", len(headings)-1))
	for _, row := range rows {
		line(row)
	}
	return text.String()
}

func phaseTable(measured []Measurement) string {
	var rows [][]string
	for _, m := range measured {
		calls, reads, limited := thousands(m.total()), thousands(m.total("GET")), thousands(m.Refused["429"])
		provider, memory := fmt.Sprintf("%.1f s", m.ProviderCPU), mebibytes(m.ProviderPeakKiB)
		if m.Subject == floorSubject {
			// What is needed stands in the row of those who call nobody.
			calls, reads, limited, provider, memory = "0 (needed: "+thousands(needed(m.Phase, m.Pipelines))+")", "", "", "", ""
		}
		rows = append(rows, []string{
			fmt.Sprintf("%s, %s", thousands(m.Pipelines), nameOf(m)), calls, reads, limited, m.time(),
			fmt.Sprintf("%.1f s", m.TerraformCPU), provider, mebibytes(m.TerraformPeakKiB), memory, thousands(m.Connections),
		})
	}
	return table([]string{
		"Pipelines", "Calls", "of them reads", "over the limit (429)", "Time", "CPU, Terraform", "CPU, provider", "Memory, Terraform",
		"Memory, provider", "Connections",
	}, rows)
}

func (m Measurement) time() string {
	if m.Failed {
		return fmt.Sprintf("%.1f s, failed", m.Seconds)
	}
	return fmt.Sprintf("%.1f s", m.Seconds)
}

// nameOf is a subject as a table names it: one that is not in words is code.
func nameOf(m Measurement) string {
	switch m.Subject {
	case thisSubject:
		return m.Subject
	case floorSubject:
		return "Terraform alone"
	default:
		return "`" + m.Subject + "`"
	}
}

// pageSize is how many objects of Adobe's a list has in a page. Customer.io lists all webhooks in one.
const pageSize = 100

// needed are the calls that nobody can do without: one for a token, one for a page of each of the five lists, and one for a write.
func needed(phase string, pipelines int) int {
	const token, lists = 1, 5
	pages := (lists-1)*((pipelines+pageSize-1)/pageSize) + 1
	switch phase {
	case "create":
		return token + lists + 5*pipelines // the lists are empty
	case "plan":
		return token + pages
	case "change", "destroy":
		return token + pages + 5*pipelines
	default:
		return 0
	}
}

// ratios compare the time of a plan without changes, and its calls with what nobody can do without.
func (r Results) ratios() string {
	plans := r.of("plan")
	others := slices.DeleteFunc(distinct(plans, subjectOf), func(name string) bool { return name == thisSubject || name == floorSubject })
	headings := []string{"Pipelines", "Calls needed", "Calls made", "Time, to `-refresh=false`", "Time, to Terraform alone"}
	for _, name := range others {
		headings = append(headings, "Time, to `"+name+"`")
	}
	var rows [][]string
	for _, m := range plans {
		if m.Subject != thisSubject {
			continue
		}
		to := func(phase, subject string) string {
			for _, other := range r.of(phase) {
				if other.Subject == subject && other.Pipelines == m.Pipelines && !other.Failed {
					return fmt.Sprintf("%.2f ×", m.Seconds/other.Seconds)
				}
			}
			return ""
		}
		row := []string{
			thousands(m.Pipelines), thousands(needed(m.Phase, m.Pipelines)), thousands(m.total()), to("plan-no-refresh", thisSubject), to("plan", floorSubject),
		}
		for _, name := range others {
			row = append(row, to("plan", name))
		}
		rows = append(rows, row)
	}
	return table(headings, rows)
}

// routes are the calls of this provider for the most pipelines.
func (r Results) routes() string {
	most := 0
	for _, m := range r.Measurements {
		most = max(most, m.Pipelines)
	}
	headings, byPhase, all := []string{"Route"}, []map[string]int{}, map[string]int{}
	for _, phase := range phases {
		for _, m := range r.of(phase.name) {
			if m.Subject == thisSubject && m.Pipelines == most && m.total() > 0 {
				headings, byPhase = append(headings, phase.title), append(byPhase, m.Calls)
				maps.Copy(all, m.Calls)
			}
		}
	}
	if len(all) == 0 {
		return ""
	}
	var rows [][]string
	for _, route := range slices.Sorted(maps.Keys(all)) {
		row := []string{"`" + route + "`"}
		for _, calls := range byPhase {
			count := ""
			if calls[route] > 0 {
				count = thousands(calls[route])
			}
			row = append(row, count)
		}
		rows = append(rows, row)
	}
	return fmt.Sprintf("### Calls of this provider for %s pipelines, by route\n\n%s", thousands(most), table(headings, rows))
}

func mebibytes(kibibytes int64) string { return strconv.FormatInt((kibibytes+512)/1024, 10) + " MiB" }

// thousands writes a number with commas.
func thousands(number int) string {
	text := strconv.Itoa(number)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
