package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

// requireMeasurable says whether processes can be measured here.
func requireMeasurable() error { return nil }

// endWithParent ends a process together with this one, however this one ends.
func endWithParent(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

// peakMemory is in KiB.
func peakMemory(ended *os.ProcessState) int64 {
	used, known := ended.SysUsage().(*syscall.Rusage)
	if !known {
		return 0
	}
	return int64(used.Maxrss) //nolint:unconvert // it has 32 bits on some platforms
}

// ownCPU is what this process used so far.
func ownCPU() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

var highWaterMark = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peakSoFar is the peak memory of a running process in KiB, 0 if it has ended. What the kernel tells at the end is that of its children too.
func peakSoFar(pid int) int64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	mark := highWaterMark.FindSubmatch(status)
	if mark == nil {
		return 0
	}
	kibibytes, _ := strconv.ParseInt(string(mark[1]), 10, 64)
	return kibibytes
}

var totalMemory = regexp.MustCompile(`MemTotal:\s+(\d+) kB`)

// memoryOfMachine is in KiB.
func memoryOfMachine() int64 {
	info, _ := os.ReadFile("/proc/meminfo")
	total := totalMemory.FindSubmatch(info)
	if total == nil {
		return 0
	}
	kibibytes, _ := strconv.ParseInt(string(total[1]), 10, 64)
	return kibibytes
}
