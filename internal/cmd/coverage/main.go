// Command coverage reads what "go test -coverprofile" wrote, and prints for each package how much of its code the tests run, and which parts they never run.
// A part that the tests of one package run counts as run, whatever the others do.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"log"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

const module = "github.com/customerio-source/terraform-provider-customerio/"

func main() {
	log.SetFlags(0)
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("coverage: name the file that go test -coverprofile wrote")
	}
	if err := run(flag.Arg(0), os.Stdout); err != nil {
		log.Fatalf("coverage: %s", err)
	}
}

// block is a run of statements: from one line and column to another.
type block struct{ line, column, lastLine, lastColumn int }

// counts are how many statements a block has, and how often it ran.
type counts struct{ statements, ran int }

func run(profile string, out io.Writer) error {
	opened, err := os.Open(profile) // #nosec G304 -- the caller's
	if err != nil {
		return err
	}
	defer opened.Close()
	files, err := read(opened)
	if err != nil {
		return fmt.Errorf("%s: %w", profile, err)
	}
	packages := map[string][]string{}
	for file := range files {
		packages[path.Dir(file)] = append(packages[path.Dir(file)], file)
	}
	var text strings.Builder
	var all total
	for _, folder := range slices.Sorted(maps.Keys(packages)) {
		var sum total
		var never strings.Builder
		for _, file := range slices.Sorted(slices.Values(packages[folder])) {
			sum.add(files[file])
			if err := gaps(&never, file, files[file]); err != nil {
				return err
			}
		}
		fmt.Fprintf(&text, "%s %s\n%s", sum, folder, never.String())
		all.statements, all.ran = all.statements+sum.statements, all.ran+sum.ran
	}
	_, err = fmt.Fprintf(out, "%s%s all\n", text.String(), all)
	return err
}

// read merges the blocks of all test runs in a profile.
func read(profile io.Reader) (files map[string]map[block]counts, err error) {
	files = map[string]map[block]counts{}
	for lines := bufio.NewScanner(profile); lines.Scan(); {
		file, rest, found := strings.Cut(lines.Text(), ":")
		if file == "mode" {
			continue
		}
		var at block
		var one counts
		_, err := fmt.Sscanf(rest, "%d.%d,%d.%d %d %d", &at.line, &at.column, &at.lastLine, &at.lastColumn, &one.statements, &one.ran)
		if !found || err != nil {
			return nil, fmt.Errorf("unreadable line %q", lines.Text())
		}
		file = strings.TrimPrefix(file, module)
		if files[file] == nil {
			files[file] = map[block]counts{}
		}
		one.ran += files[file][at].ran
		files[file][at] = one
	}
	return files, nil
}

// total counts statements.
type total struct{ statements, ran int }

func (t *total) add(blocks map[block]counts) {
	for _, one := range blocks {
		t.statements += one.statements
		if one.ran > 0 {
			t.ran += one.statements
		}
	}
}

func (t total) String() string {
	return fmt.Sprintf("%5.1f %%", 100*float64(t.ran)/float64(max(t.statements, 1)))
}

// gaps names the functions of a file that no test runs, and the lines of the others.
func gaps(out io.Writer, file string, blocks map[block]counts) error {
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, declaration := range parsed.Decls {
		function, is := declaration.(*ast.FuncDecl)
		if !is {
			continue
		}
		first, last := files.Position(function.Pos()).Line, files.Position(function.End()).Line
		inside := map[block]counts{}
		for at, one := range blocks {
			if at.line >= first && at.lastLine <= last {
				inside[at] = one
			}
		}
		var sum total
		sum.add(inside)
		if sum.statements > 0 && sum.ran == 0 {
			_, _ = fmt.Fprintf(out, "        %s:%d %s is never called\n", file, first, function.Name.Name)
			continue
		}
		for _, at := range slices.SortedFunc(maps.Keys(inside), func(a, b block) int { return a.line - b.line }) {
			if inside[at].ran == 0 {
				_, _ = fmt.Fprintf(out, "        %s:%d-%d in %s\n", file, at.line, at.lastLine, function.Name.Name)
			}
		}
	}
	return nil
}
