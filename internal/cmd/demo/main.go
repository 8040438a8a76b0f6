// Command demo builds a whole pipeline with a real Terraform on simulated services, sends events through it, changes,
// imports and destroys it. With KEEP=1 in the environment the simulator and the configuration stay until Ctrl-C.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	err := run(ctx, os.Stdout, os.Getenv("KEEP") == "1")
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// run plays the story in a temporary folder, which it removes whatever happens.
func run(ctx context.Context, out io.Writer, keep bool) (err error) {
	if err := isolateEnvironment(); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "customerio-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	story := &story{folder: folder, report: newReport(out)}
	defer func() { err = errors.Join(err, story.close()) }()
	err = story.play(ctx)
	if ctx.Err() != nil {
		return errors.New("interrupted; the simulator is stopped and the temporary folder removed")
	}
	if keep && story.canGoOn() {
		return errors.Join(err, story.handOver(ctx, err))
	}
	return err
}
