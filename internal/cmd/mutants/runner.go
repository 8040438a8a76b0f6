package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

type runner struct {
	root, folder string
	// goFlags makes the programs that tests build have the mutants too.
	goFlags  string
	out      io.Writer
	parallel int
	printing sync.Mutex
}

// suite is the compiled tests of a package.
type suite struct {
	goPackage
	binary string
	tests  []*test
}

// test is one test function, how long it takes, and the mutants that it reaches.
type test struct {
	name    string
	takes   time.Duration
	reaches map[string]bool
}

// judge finds out what becomes of mutants whose fate is open.
func (r *runner) judge(ctx context.Context, mutants []*mutant, patterns []string) error {
	open := slices.DeleteFunc(slices.Clone(mutants), func(one *mutant) bool { return one.fate != "" })
	overlay, compiled, err := r.compile(ctx, open)
	if err != nil {
		return err
	}
	for _, one := range mutants {
		if one.fate != "" {
			r.report(one)
		}
	}
	if len(compiled) == 0 {
		return nil
	}
	flags, err := exec.CommandContext(ctx, "go", "env", "GOFLAGS").Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	r.goFlags = "GOFLAGS=" + strings.TrimSpace(string(flags)) + " " + overlay
	suites, err := r.build(ctx, overlay, patterns)
	if err != nil {
		return err
	}
	if err := r.survey(ctx, suites); err != nil {
		return err
	}
	r.each(len(compiled), func(i int) {
		r.try(ctx, compiled[i], suites)
		if ctx.Err() == nil {
			r.report(compiled[i])
		}
	})
	return ctx.Err()
}

// each calls a function with all numbers below one, some at the same time.
func (r *runner) each(below int, call func(int)) {
	var group sync.WaitGroup
	next := make(chan int)
	for range r.parallel {
		group.Go(func() {
			for i := range next {
				call(i)
			}
		})
	}
	for i := range below {
		next <- i
	}
	close(next)
	group.Wait()
}

// build compiles the tests with all mutants.
func (r *runner) build(ctx context.Context, overlay string, patterns []string) (suites []*suite, err error) {
	packages, err := listPackages(ctx, r.root, patterns)
	if err != nil {
		return nil, err
	}
	for i, one := range packages {
		if len(one.TestGoFiles)+len(one.XTestGoFiles) == 0 {
			continue
		}
		built := &suite{goPackage: one, binary: filepath.Join(r.folder, fmt.Sprintf("%d-%s.test", i, one.Name))}
		command := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-ldflags=-s -w", overlay, "-o", built.binary, one.Dir)
		command.Dir = r.root
		if output, err := command.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("go test -c %s: %w\n%s", one.ImportPath, err, output)
		}
		suites = append(suites, built)
	}
	return suites, nil
}

// survey runs each test by itself without a mutant, to learn which mutants it reaches and how long it takes. A test that fails tells nothing about mutants.
func (r *runner) survey(ctx context.Context, suites []*suite) error {
	type job struct {
		*suite
		name string
	}
	var jobs []job
	for _, one := range suites {
		names, err := r.command(ctx, one, "-test.list", ".").Output()
		if err != nil {
			return fmt.Errorf("list the tests of %s: %w", one.ImportPath, err)
		}
		for name := range strings.FieldsSeq(string(names)) {
			if !strings.HasPrefix(name, "Benchmark") {
				jobs = append(jobs, job{one, name})
			}
		}
	}
	began := time.Now()
	r.each(len(jobs), func(i int) {
		one, began := jobs[i], time.Now()
		file := filepath.Join(r.folder, "reached"+strconv.Itoa(i))
		command := r.command(ctx, one.suite, "-test.run", "^"+one.name+"$")
		command.Env = append(command.Env, reachedVariable+"="+file)
		err := command.Run()
		numbers, _ := os.ReadFile(file) // not there if it reaches none
		r.printing.Lock()
		defer r.printing.Unlock()
		if err != nil {
			_, _ = fmt.Fprintf(r.out, "%s of %s fails without a mutant and is left out: %s\n", one.name, one.ImportPath, err)
			return
		}
		found := &test{name: one.name, takes: time.Since(began), reaches: map[string]bool{}}
		for number := range strings.FieldsSeq(string(numbers)) {
			found.reaches[number] = true
		}
		one.tests = append(one.tests, found)
	})
	_, err := fmt.Fprintf(r.out, "%d tests of %d packages took %s one by one\n", len(jobs), len(suites), time.Since(began).Round(time.Second))
	return err
}

// command runs the tests of a package. Those that are ended leave their files in the folder that goes away.
func (r *runner) command(ctx context.Context, s *suite, arguments ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, s.binary, arguments...)
	command.Dir, command.Env = s.Dir, append(os.Environ(), r.goFlags, "TMPDIR="+r.folder)
	return command
}

// attempt is the tests of a package that reach a mutant.
type attempt struct {
	*suite
	names []string
	takes time.Duration
}

// try runs the tests that reach a mutant, those of its own package first, until one notices it.
func (r *runner) try(ctx context.Context, one *mutant, suites []*suite) {
	var own, others []attempt
	for _, suite := range suites {
		next := attempt{suite: suite}
		for _, test := range suite.tests {
			if test.reaches[strconv.Itoa(one.number)] {
				next.names, next.takes = append(next.names, test.name), next.takes+test.takes
			}
		}
		if next.names != nil && suite.Dir == one.Dir {
			own = append(own, next)
		} else if next.names != nil {
			others = append(others, next)
		}
	}
	slices.SortFunc(others, func(a, b attempt) int { return cmp.Compare(a.takes, b.takes) })
	one.fate = survived
	for _, next := range append(own, others...) {
		if r.notices(ctx, one, next); one.fate != survived {
			return
		}
	}
}

// failure is the line about a test that failed.
var failure = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// notices runs the tests of a package with a mutant.
func (r *runner) notices(ctx context.Context, one *mutant, next attempt) {
	limit := 30*time.Second + 4*next.takes
	command := r.command(ctx, next.suite, "-test.failfast", "-test.timeout", limit.String(), "-test.run", "^("+strings.Join(next.names, "|")+")$")
	command.Env = append(command.Env, chosenVariable+"="+strconv.Itoa(one.number))
	output, err := command.CombinedOutput()
	if err == nil {
		return
	}
	one.fate, one.killer, one.killedIn = killed, "a panic", next.folder
	if strings.Contains(string(output), "panic: test timed out") {
		one.fate = timedOut
	}
	if failed := failure.FindStringSubmatch(string(output)); failed != nil {
		one.killer = failed[1]
	}
}
