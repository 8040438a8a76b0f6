//go:build unix

package acctest

import (
	"os/exec"
	"syscall"
)

func inOwnGroup(command *exec.Cmd) { command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func interruptGroup(leader int) error { return syscall.Kill(-leader, syscall.SIGINT) }

// isInGroup is false for a process that has ended.
func isInGroup(process, leader int) bool {
	group, err := syscall.Getpgid(process)
	return err == nil && group == leader
}

func kill(process int) error { return syscall.Kill(process, syscall.SIGKILL) }
