package main

import (
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The chosen mutant and the file for those that were reached are told in these variables, which tests pass on to the programs that they run (package acctest).
const (
	chosenVariable  = "TEST_MUTANT"
	reachedVariable = "TEST_MUTANTS_REACHED"
)

// chooser is what is added to each package: it says which mutant is chosen, and notes which ones could be.
const chooser = `package %s

import (
	"os"
	"strings"
	"sync"
)

var (
	mutantChosen  = os.Getenv("` + chosenVariable + `")
	mutantsFile   = os.Getenv("` + reachedVariable + `")
	mutantsNoted  sync.Map
)

func mutantOf(mutants ...string) string {
	if mutantsFile != "" {
		if _, noted := mutantsNoted.LoadOrStore(mutants[0], true); !noted {
			file, err := os.OpenFile(mutantsFile, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
			if err != nil {
				panic(err)
			}
			_, _ = file.WriteString(strings.Join(mutants, "\n") + "\n")
			_ = file.Close()
		}
	}
	return mutantChosen
}

func mutantOr[T any](number string, mutant, original T) T {
	if mutantOf(number) == number {
		return mutant
	}
	return original
}
`

// weave writes the files in which mutants stand beside their originals, and returns the option for the compiler.
func (r *runner) weave(mutants []*mutant) (option string, err error) {
	byPlace := map[*source]map[ast.Node][]*mutant{}
	replaced := map[string]string{}
	for _, one := range mutants {
		if byPlace[one.source] == nil {
			byPlace[one.source] = map[ast.Node][]*mutant{}
		}
		byPlace[one.source][one.within] = append(byPlace[one.source][one.within], one)
		addition := filepath.Join(one.Dir, "mutants_chosen.go")
		if replaced[addition] == "" {
			if replaced[addition], err = r.write(strconv.Itoa(len(replaced)), fmt.Sprintf(chooser, one.Name)); err != nil {
				return "", err
			}
		}
	}
	for source, places := range byPlace {
		if replaced[source.path], err = r.write(strconv.Itoa(len(replaced)), woven(source, places)); err != nil {
			return "", err
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		return "", err
	}
	file := filepath.Join(r.folder, "overlay.json")
	return "-overlay=" + file, os.WriteFile(file, overlay, 0o600)
}

func (r *runner) write(name, text string) (path string, err error) {
	path = filepath.Join(r.folder, "woven"+name+".go")
	return path, os.WriteFile(path, []byte(text), 0o600)
}

// woven is a file with mutants in some of its functions and variables.
func woven(source *source, places map[ast.Node][]*mutant) string {
	var parts []ast.Node
	for part := range places {
		parts = append(parts, part)
	}
	slices.SortFunc(parts, func(a, b ast.Node) int { return int(a.Pos() - b.Pos()) })
	var text strings.Builder
	done := source.file.Pos(0)
	for _, part := range parts {
		if function, is := part.(*ast.FuncDecl); is {
			text.WriteString(source.between(done, function.Body.Lbrace+1))
			text.WriteString(beside(source, function, places[part]))
			done = function.Body.Lbrace + 1
		} else {
			text.WriteString(source.between(done, part.Pos()))
			text.WriteString(instead(source, part, places[part]))
			done = part.End()
		}
		fmt.Fprintf(&text, "\n//line %s:%d\n", source.path, source.file.Line(done))
	}
	text.WriteString(string(source.text[source.file.Offset(done):]))
	return text.String()
}

// beside is what a function begins with: the bodies of the mutants. A body is a function of its own, so that the compiler looks at it by itself.
func beside(source *source, function *ast.FuncDecl, mutants []*mutant) string {
	results := ""
	if function.Type.Results != nil {
		results = source.between(function.Type.Results.Pos(), function.Type.Results.End())
	}
	var text strings.Builder
	fmt.Fprintf(&text, "\nswitch mutantOf(%s) {\n", numbers(mutants))
	for _, one := range mutants {
		body := one.mutated(source.file.Offset(function.Body.Lbrace), source.file.Offset(function.Body.Rbrace)+1)
		call := "return func() %s %s()\n"
		if results == "" {
			call = "func() %s %s()\nreturn\n"
		}
		fmt.Fprintf(&text, "case %q:\n//line mutant-%d.go:1\n"+call, strconv.Itoa(one.number), one.number, results, body)
	}
	return text.String() + "}"
}

func numbers(mutants []*mutant) string {
	var all []string
	for _, one := range mutants {
		all = append(all, strconv.Quote(strconv.Itoa(one.number)))
	}
	return strings.Join(all, ", ")
}

// instead is the value of a variable, or that of a mutant.
func instead(source *source, value ast.Node, mutants []*mutant) string {
	text := source.between(value.Pos(), value.End())
	for _, one := range mutants {
		changed := one.mutated(source.file.Offset(value.Pos()), source.file.Offset(value.End()))
		text = fmt.Sprintf("mutantOr(%q,\n//line mutant-%d.go:1\n%s,\n//line %s:%d\n%s)", strconv.Itoa(one.number), one.number, changed, source.path,
			source.file.Line(value.Pos()), text)
	}
	return text
}

// complaint is what the compiler says about a mutant.
var complaint = regexp.MustCompile(`mutant-(\d+)\.go:\d+`)

// compile weaves those that compile, and finds out which ones do: it leaves out those that the compiler refuses until it refuses none.
func (r *runner) compile(ctx context.Context, mutants []*mutant) (option string, left []*mutant, err error) {
	for left = mutants; len(left) > 0; {
		if option, err = r.weave(left); err != nil {
			return "", nil, err
		}
		var folders []string
		for _, one := range left {
			folders = append(folders, one.Dir)
		}
		slices.Sort(folders)
		command := exec.CommandContext(ctx, "go", append([]string{"build", option}, slices.Compact(folders)...)...)
		command.Dir = r.root
		output, err := command.CombinedOutput()
		if err == nil {
			return option, left, nil
		}
		refused := complaint.FindAllStringSubmatch(string(output), -1)
		if refused == nil {
			return "", nil, fmt.Errorf("go build: %w\n%s", err, output)
		}
		for _, one := range refused {
			for _, mutant := range left {
				if strconv.Itoa(mutant.number) == one[1] {
					mutant.fate = notCompiled
				}
			}
		}
		left = slices.DeleteFunc(slices.Clone(left), func(one *mutant) bool { return one.fate == notCompiled })
	}
	return "", nil, nil
}
