//go:build !linux

package main

import (
	"errors"
	"os"
	"os/exec"
	"time"
)

func requireMeasurable() error {
	return errors.New("memory and processor time are measured on Linux only")
}

func endWithParent(*exec.Cmd)           {}
func peakMemory(*os.ProcessState) int64 { return 0 }
func ownCPU() time.Duration             { return 0 }
func peakSoFar(int) int64               { return 0 }
func memoryOfMachine() int64            { return 0 }
