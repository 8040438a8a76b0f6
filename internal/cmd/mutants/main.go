// Command mutants asks whether the tests would notice a mistake. It draws small changes to the code at random, such as a negated condition or a statement left
// out, and runs the tests that reach each of them. A change that no test notices is a missing test, code that nobody needs, or equal to the original; equal.txt
// has those of the last kind, with the reason.
//
// All mutants of a run are compiled at once, each beside its original, and an environment variable chooses one, since compiling takes longer than most tests.
// The compiler reads the changed files by its option -overlay, so the source tree stays as it is.
//
// Locks, closing and what is deferred are not mutated: other tools look for these mistakes. Neither are the words of messages, which golden files hold, nor
// constants and the tags of structures, which the compiler wants to know.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, ".", os.Args[1:], os.Stdout)
	stop()
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

type settings struct {
	number, parallel int
	seed             uint64
	only, equal      string
	tests, mutated   []string
	list             bool
}

func run(ctx context.Context, root string, arguments []string, out io.Writer) error {
	chosen, err := parseFlags(arguments, out)
	if err != nil {
		return err
	}
	packages, err := listPackages(ctx, root, chosen.mutated)
	if err != nil {
		return err
	}
	all, err := findMutants(packages)
	if err != nil {
		return err
	}
	drawn, err := draw(all, chosen)
	if err != nil {
		return err
	}
	reasons, err := readEqual(filepath.Join(root, chosen.equal))
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "%d mutants out of %d, drawn by -seed %d\n", len(drawn), len(all), chosen.seed)
	r := &runner{root: root, out: out, parallel: chosen.parallel}
	if chosen.list {
		for _, one := range drawn {
			r.report(one)
		}
		return nil
	}
	for _, one := range drawn {
		if reasons[one.difference()] != "" {
			one.fate = equal
		}
	}
	if r.folder, err = os.MkdirTemp("", "customerio-mutants-"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(r.folder) }()
	if err := r.judge(ctx, drawn, chosen.tests); err != nil {
		return err
	}
	_, err = fmt.Fprint(out, table(drawn))
	return err
}

// The code whose mutants are drawn, and whose tests run, unless others are named.
const (
	defaultMutated = "./internal/api/... ./internal/managed ./internal/resource/..."
	defaultTests   = defaultMutated + " ./internal/advice ./internal/attribute ./internal/clients ./internal/contract ./internal/diagnostics ./internal/export " +
		"./internal/faultmatrix ./internal/function ./internal/lookup ./internal/provider ./internal/query ./internal/upgrades"
)

func parseFlags(arguments []string, out io.Writer) (chosen settings, err error) {
	var tests string
	flags := flag.NewFlagSet("mutants", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.Usage = func() {
		_, _ = fmt.Fprintf(out, "mutants [options] [packages with the code to mutate]\nThe packages are by default %s\n", defaultMutated)
		flags.PrintDefaults()
	}
	flags.IntVar(&chosen.number, "n", 20, "draw this `number` of mutants")
	flags.Uint64Var(&chosen.seed, "seed", uint64(time.Now().Unix()), "draw by this `seed`, to draw the same ones again")
	flags.StringVar(&chosen.only, "only", "", "try only these `mutants`, by their names in the output, separated by commas")
	flags.StringVar(&chosen.equal, "equal", equalFile, "the `file` with mutants that are equal to their originals")
	flags.StringVar(&tests, "tests", defaultTests, "run the tests of these `packages`")
	flags.IntVar(&chosen.parallel, "parallel", runtime.NumCPU(), "run the tests of this `number` of mutants at the same time")
	flags.BoolVar(&chosen.list, "list", false, "draw, and run nothing")
	if err := flags.Parse(arguments); err != nil {
		return chosen, err
	}
	chosen.tests, chosen.mutated = strings.Fields(tests), flags.Args()
	if len(chosen.mutated) == 0 {
		chosen.mutated = strings.Fields(defaultMutated)
	}
	if chosen.number < 1 || chosen.parallel < 1 {
		return chosen, errors.New("-n and -parallel take positive numbers")
	}
	return chosen, nil
}

// draw chooses the mutants that have been named, or any, and numbers them.
func draw(all []*mutant, chosen settings) (drawn []*mutant, err error) {
	if chosen.only != "" {
		for name := range strings.SplitSeq(chosen.only, ",") {
			at := slices.IndexFunc(all, func(one *mutant) bool { return one.name() == name })
			if at < 0 {
				return nil, fmt.Errorf("there is no mutant %q", name)
			}
			drawn = append(drawn, all[at])
		}
	} else {
		random := rand.New(rand.NewPCG(chosen.seed, 0))
		for _, at := range random.Perm(len(all))[:min(chosen.number, len(all))] {
			drawn = append(drawn, all[at])
		}
	}
	slices.SortFunc(drawn, func(a, b *mutant) int { return strings.Compare(a.file, b.file) }) // so that -parallel runs share their files' cache
	for i, one := range drawn {
		one.number = i + 1
	}
	return drawn, nil
}
