package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/conformance"
)

// nobody is a standard input without a terminal.
func nobody(t *testing.T) *os.File {
	t.Helper()
	read, write, err := os.Pipe()
	require.NoError(t, err)
	require.NoError(t, write.Close())
	t.Cleanup(func() { _ = read.Close() })
	return read
}

func TestTheSimulatorIsAsked(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.md")
	var out, errOut bytes.Buffer
	require.Equal(t, conformance.ExitAgrees, run(t.Context(), []string{"-simulator", "-yes", "-report", file}, nobody(t), &out, &errOut), out.String()+errOut.String())
	require.Contains(t, out.String(), "0 differ, 0 without an answer, 0 not asked")
	require.Contains(t, out.String(), "0 objects left behind")
	report, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(report), "| flow-delete |")
}

func TestWhatDoesNotRun(t *testing.T) {
	for name, test := range map[string]struct {
		arguments []string
		message   string
	}{
		"nobody to ask":  {[]string{"-simulator"}, "there is no terminal to ask on; with -yes it does not ask"},
		"no account":     {[]string{"-yes"}, "there is no account to ask"},
		"stray argument": {[]string{"now"}, `unexpected argument "now"`},
		"unknown flag":   {[]string{"-nothing"}, "not defined"},
		"no such folder": {[]string{"-simulator", "-yes", "-report", filepath.Join("not", "there.md")}, "the report cannot be written: open "},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range os.Environ() {
				if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "ADOBE_") || strings.HasPrefix(name, "CUSTOMERIO_") {
					t.Setenv(name, "")
				}
			}
			var out, errOut bytes.Buffer
			require.Equal(t, conformance.ExitFailed, run(t.Context(), append([]string{"-report", "-"}, test.arguments...), nobody(t), &out, &errOut))
			require.Contains(t, errOut.String(), test.message)
			require.NotContains(t, out.String(), "PROBE ")
		})
	}
}

func TestQuestionsAreListed(t *testing.T) {
	var out bytes.Buffer
	require.Equal(t, conformance.ExitAgrees, run(t.Context(), []string{"-list"}, nobody(t), &out, &out))
	require.Equal(t, len(conformance.Probes()), strings.Count(out.String(), "\n"))
	require.Contains(t, out.String(), "flow-inlet-appears           When does the inlet URL appear?\n")
}

// interrupting interrupts this process as soon as a text is printed.
type interrupting struct {
	mutex sync.Mutex
	text  strings.Builder
	at    string
}

func (i *interrupting) Write(data []byte) (int, error) {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	if strings.Contains(string(data), i.at) {
		self, err := os.FindProcess(os.Getpid())
		if err != nil {
			return 0, err
		}
		if err := self.Signal(os.Interrupt); err != nil {
			return 0, err
		}
	}
	return i.text.Write(data)
}

func (i *interrupting) String() string {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	return i.text.String()
}

func TestAnInterruptCleansUp(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot interrupt itself there")
	}
	out := &interrupting{at: "flow-first-read"}
	var errOut bytes.Buffer
	require.Equal(t, conformance.ExitFailed, run(t.Context(), []string{"-simulator", "-yes", "-report", "-"}, nobody(t), out, &errOut))
	require.Contains(t, out.String(), "Interrupted. What was created is deleted; interrupt again to leave it.\n")
	require.Contains(t, out.String(), "0 objects left behind")
	require.Empty(t, errOut.String())
}
