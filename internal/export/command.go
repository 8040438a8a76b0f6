// Package export writes the pipelines of a sandbox as a configuration with import blocks. It is a command of the provider's own program, and never
// writes to a service.
package export

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

// The exit codes.
const (
	succeeded = iota
	failed
	misused
)

const usage = `Usage: terraform-provider-customerio export [options] [NAME…]

Writes the Customer.io pipelines of a sandbox as a Terraform configuration, with an import block for every object. It only reads: no service
and no state is changed. NAME is the name, the ID or the key of a dataflow; without one, all pipelines are exported.

Credentials come from the environment, as for the provider: ADOBE_ORG_ID, ADOBE_CLIENT_ID, ADOBE_CLIENT_SECRET, ADOBE_SANDBOX_NAME,
CUSTOMERIO_APP_API_KEY, and the others that its documentation lists.

Options:
  -out DIR            folder for the files; it is made if it is not there (default: exported)
  -force              overwrite files of an earlier export
  -flat               one file for each pipeline, also for pipelines that differ in names only; without it, three or more become one module
  -without-functions  write lists and maps out, for Terraform 1.5 to 1.7, which have no provider functions
  -help               print this text

A NAME that begins with "-" goes after "--". The exit code is 0, 1 after an error, and 2 for a wrong command line.
`

// command is a command line.
type command struct {
	names                  []string
	folder                 folder
	flat, withoutFunctions bool
	version                string
	stdout, stderr         io.Writer
}

// Main runs the command with what follows the word export, and returns the exit code. It ends by an interrupt.
func Main(version string, arguments []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM) //nolint:forbidigo // the program's own
	defer stop()
	return Run(ctx, version, arguments, os.Stdout, os.Stderr)
}

// Run is [Main] for a test.
func Run(ctx context.Context, version string, arguments []string, stdout, stderr io.Writer) int {
	c, err := parse(arguments)
	switch {
	case errors.Is(err, flag.ErrHelp):
		say(stdout, "%s", usage)
		return succeeded
	case err != nil:
		say(stderr, "Error: %s.\n\nA NAME that begins with \"-\" goes after \"--\". The option -help lists the options.\n", err)
		return misused
	}
	c.version, c.stdout, c.stderr = version, stdout, stderr
	err = c.run(ctx)
	switch {
	case err == nil:
		return succeeded
	case ctx.Err() != nil:
		say(stderr, "Interrupted. No file was written.\n")
	default:
		say(stderr, "Error: %s\n", ended(err.Error()))
	}
	return failed
}

// ended ends a sentence. A list ends without a full stop.
func ended(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, ")") {
		return text
	}
	return text + "."
}

// parse takes options before, between and after names, up to "--".
func parse(arguments []string) (*command, error) {
	c := &command{}
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.folder.path, "out", "exported", "")
	flags.BoolVar(&c.folder.force, "force", false, "")
	flags.BoolVar(&c.flat, "flat", false, "")
	flags.BoolVar(&c.withoutFunctions, "without-functions", false, "")
	var literal []string
	if end := slices.Index(arguments, "--"); end >= 0 {
		arguments, literal = arguments[:end], arguments[end+1:]
	}
	for {
		if err := flags.Parse(arguments); err != nil {
			return nil, err
		}
		if flags.NArg() == 0 {
			break
		}
		c.names, arguments = append(c.names, flags.Arg(0)), flags.Args()[1:]
	}
	c.names = append(c.names, literal...)
	switch {
	case c.folder.path == "":
		return nil, errors.New("-out needs the name of a folder")
	case slices.ContainsFunc(c.names, func(name string) bool { return strings.TrimSpace(name) == "" }):
		return nil, errors.New("a NAME is empty")
	}
	return c, nil
}
