//go:build !unix

package acctest

import (
	"errors"
	"os/exec"
)

// Without groups of processes, tests that interrupt or kill fail, and all others run.

func inOwnGroup(*exec.Cmd) {}

func interruptGroup(int) error { return errors.ErrUnsupported }

func isInGroup(int, int) bool { return false }

func kill(int) error { return errors.ErrUnsupported }
