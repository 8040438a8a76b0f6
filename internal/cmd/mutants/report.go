package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
)

// fate is what became of a mutant.
type fate string

const (
	killed      fate = "killed"
	timedOut    fate = "timed out"
	survived    fate = "SURVIVED"
	equal       fate = "equal"
	notCompiled fate = "did not compile"
)

// report prints what became of a mutant, and its difference if somebody is to look at it.
func (r *runner) report(one *mutant) {
	r.printing.Lock()
	defer r.printing.Unlock()
	killer := ""
	if one.killer != "" {
		killer = " by " + one.killer + " of " + one.killedIn
	}
	_, _ = fmt.Fprintf(r.out, "%s %s%s\n", one.fate, one.name(), killer)
	if one.fate == survived || one.fate == "" {
		_, _ = fmt.Fprintf(r.out, "\n%s\n", one.difference())
	}
}

// table counts the fates by the folder of the code.
func table(mutants []*mutant) string {
	folders := map[string][]*mutant{}
	for _, one := range mutants {
		folders[one.folder] = append(folders[one.folder], one)
	}
	var text strings.Builder
	lines := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(lines, "\nfolder\tmutants\tkilled by own tests\tby others\ttimed out\tsurvived\tequal\tnot compiled\tnoticed")
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		count(lines, folder, folders[folder])
	}
	count(lines, "all", mutants)
	_ = lines.Flush() // into memory
	return text.String()
}

func count(out io.Writer, folder string, mutants []*mutant) {
	byOwn, fates := 0, map[fate]int{}
	for _, one := range mutants {
		fates[one.fate]++
		if one.fate == killed && one.killedIn == one.folder {
			byOwn++
		}
	}
	share := "-"
	noticed := fates[killed] + fates[timedOut]
	if judged := noticed + fates[survived]; judged > 0 {
		share = fmt.Sprintf("%d %%", 100*noticed/judged)
	}
	_, _ = fmt.Fprintf(out, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n", folder, len(mutants), byOwn, fates[killed]-byOwn, fates[timedOut], fates[survived],
		fates[equal], fates[notCompiled], share)
}

// equalFile has the mutants that are equal to their originals.
const equalFile = "internal/cmd/mutants/equal.txt"

// readEqual returns the reasons by the differences. Empty lines separate the entries, each of which is a difference as [runner.report] prints it, and the reason.
func readEqual(file string) (map[string]string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	reasons := map[string]string{}
	for entry := range strings.SplitSeq(string(text), "\n\n") {
		changed, rest, _ := strings.Cut(strings.TrimSpace(entry), "\n")
		difference, reason := changed+"\n", ""
		for line := range strings.Lines(rest + "\n") {
			if strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "+ ") {
				difference += line
			} else {
				reason += strings.TrimSpace(line)
			}
		}
		if changed == "" { // an empty file
			continue
		}
		if reason == "" {
			return nil, fmt.Errorf("%s gives no reason for\n%s", file, difference)
		}
		reasons[difference] = reason
	}
	return reasons, nil
}
