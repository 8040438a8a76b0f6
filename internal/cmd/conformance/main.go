// Command conformance asks the services that the environment points at what the provider and the simulator take for granted, and writes a
// report that can be sent to the project.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/customerio-source/terraform-provider-customerio/internal/conformance"
)

// noReport stands for the file of no report.
const noReport = "-"

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

type arguments struct {
	yes, production, simulated, list bool
	report                           string
}

func parse(list []string, errOut io.Writer) (chosen arguments, err error) {
	flags := flag.NewFlagSet("conformance", flag.ContinueOnError)
	flags.SetOutput(errOut)
	flags.BoolVar(&chosen.yes, "yes", false, "create without asking")
	flags.BoolVar(&chosen.production, "production", false, "allow a production sandbox")
	flags.BoolVar(&chosen.simulated, "simulator", false, "ask a simulator of its own in place of what the environment points at")
	flags.BoolVar(&chosen.list, "list", false, "print the questions, and make no call")
	flags.StringVar(&chosen.report, "report", "conformance-report.md", "the `file` for the report, - for none")
	if err := flags.Parse(list); err != nil {
		return chosen, err
	}
	if flags.NArg() > 0 {
		return chosen, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return chosen, nil
}

// run returns the exit code.
func run(ctx context.Context, list []string, in *os.File, out, errOut io.Writer) int {
	chosen, err := parse(list, errOut)
	if errors.Is(err, flag.ErrHelp) {
		return conformance.ExitAgrees
	}
	if err == nil && chosen.list {
		printQuestions(out)
		return conformance.ExitAgrees
	}
	if err == nil {
		err = tryReport(chosen.report)
	}
	var result *conformance.Result
	if err == nil {
		result, err = examine(ctx, chosen, in, out)
	}
	if err == nil {
		err = tell(result, chosen.report, out)
	}
	if err != nil {
		_, _ = fmt.Fprintln(errOut, "conformance:", err)
		return conformance.ExitFailed
	}
	return result.ExitCode()
}

func printQuestions(out io.Writer) {
	for _, probe := range conformance.Probes() {
		_, _ = fmt.Fprintf(out, "%-27s  %s\n", probe.ID, probe.Question)
	}
}

// examine runs the probes. The first interrupt ends the questions, and the second one the removal of what was created.
func examine(ctx context.Context, chosen arguments, in *os.File, out io.Writer) (*conformance.Result, error) {
	options := conformance.Options{Ask: asker(chosen.yes, in, out), AllowProduction: chosen.production, Progress: out}
	getenv := os.Getenv
	if chosen.simulated {
		simulated := startSimulator()
		defer simulated.Close()
		getenv, options.Pool, options.Pace = simulated.getenv, simulated.Client().Transport, simulatedPace
	}
	var err error
	if options.Settings, err = conformance.FromEnvironment(getenv); err != nil {
		return nil, err
	}
	signals, giveUp := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	asking, stop := context.WithCancel(ctx)
	defer stop()
	over := make(chan struct{})
	defer close(over)
	go func() {
		for i, end := range []func(){stop, func() { close(giveUp) }} {
			select {
			case <-signals:
				_, _ = fmt.Fprintln(out, []string{"Interrupted. What was created is deleted; interrupt again to leave it.", "Interrupted again."}[i])
				end()
			case <-over:
				return
			}
		}
	}()
	options.GiveUp = giveUp
	return conformance.Run(asking, options)
}

// asker asks on a terminal. Without one there is nobody to ask.
func asker(yes bool, in *os.File, out io.Writer) func(string) (bool, error) {
	return func(question string) (bool, error) {
		_, _ = fmt.Fprintln(out, question)
		if yes {
			return true, nil
		}
		if information, err := in.Stat(); err != nil || information.Mode()&os.ModeCharDevice == 0 {
			return false, errors.New("there is no terminal to ask on; with -yes it does not ask")
		}
		_, _ = fmt.Fprint(out, "Only yes is taken for a yes: ")
		answer, err := bufio.NewReader(in).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return false, err
		}
		return strings.EqualFold(strings.TrimSpace(answer), "yes"), nil
	}
}

// tryReport finds out before the first call, and not after the last one, that a report cannot be written.
func tryReport(file string) error {
	if file == noReport {
		return nil
	}
	_, err := os.Stat(file)
	isNew := errors.Is(err, os.ErrNotExist)
	opened, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE, 0o600) //nolint:gosec // where the person wants it
	if err != nil {
		return unwritable(err)
	}
	if err := opened.Close(); err != nil || !isNew {
		return err
	}
	return os.Remove(file)
}

func unwritable(err error) error { return fmt.Errorf("the report cannot be written: %w", err) }

// tell prints what was found, and writes the report.
func tell(result *conformance.Result, file string, out io.Writer) error {
	_, _ = fmt.Fprintf(out, "\n%s\n", result.Summary())
	for _, line := range result.Differences() {
		_, _ = fmt.Fprintln(out, line)
	}
	for _, left := range result.Left {
		_, _ = fmt.Fprintln(out, "LEFT BEHIND:", left)
	}
	if file == noReport {
		return nil
	}
	if err := os.WriteFile(file, []byte(result.Report()), 0o600); err != nil { //nolint:gosec // where the person wants it
		return unwritable(err)
	}
	_, _ = fmt.Fprintf(out, "The report is in %s. It has no credentials, URLs, IDs and addresses; read it before you send it.\n", file)
	return nil
}
