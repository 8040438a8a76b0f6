// Command demo builds a whole pipeline with a real Terraform on simulated services, sends events through it, changes,
// imports and destroys it. With KEEP=1 in the environment the pipeline is not destroyed, and runs until Ctrl-C.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/customerio-source/terraform-provider-customerio/internal/cmd/demo/recording"
)

func main() {
	file := flag.String("record", "", "`file` for a recording of the run, an SVG")
	flag.Parse()
	// SIGPIPE: when nobody reads on, as in "make demo | head", there is as much to clean up as after Ctrl-C.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	err := demonstrate(ctx, *file)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func demonstrate(ctx context.Context, file string) error {
	if flag.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flag.Arg(0))
	}
	keep, err := strconv.ParseBool(cmp.Or(os.Getenv("KEEP"), "0"))
	if err != nil {
		return fmt.Errorf("KEEP=%s: only 1 and 0 are known", os.Getenv("KEEP"))
	}
	if file == "" {
		return run(ctx, screenOf(os.Stdout), keep)
	}
	recorder := recording.New()
	if err := run(ctx, recordedScreen(os.Stdout, recorder), false); err != nil {
		return err
	}
	return os.WriteFile(file, recorder.SVG(recordedWidth, "make demo"), 0o644)
}

// run plays the story in a temporary folder, which it removes whatever happens.
func run(ctx context.Context, screen screen, keep bool) (err error) {
	report := newReport(screen)
	report.intro(keep)
	if err := isolateEnvironment(); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "customerio-demo-")
	if err != nil {
		return err
	}
	story := &story{folder: folder, keep: keep, report: report}
	kept := false
	defer func() {
		left := story.objects()
		err = errors.Join(err, story.close(), os.RemoveAll(folder))
		if kept && err == nil {
			report.farewell(folder, left, story.terraform)
		}
	}()

	silence := context.AfterFunc(ctx, report.interrupted)
	err = story.play(ctx)
	silence()
	if ctx.Err() != nil {
		return fmt.Errorf("%w; the simulated services are stopped and the temporary folder is removed", context.Cause(ctx))
	}
	if keep && story.canGoOn() {
		kept = err == nil
		story.handOver(ctx, err)
	}
	return err
}
