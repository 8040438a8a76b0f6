package main

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) {
	if provider := os.Getenv(wrappedVariable); provider != "" {
		os.Exit(wrap(provider, os.Getenv(usageVariable))) // Terraform started this executable as a provider
	}
	os.Exit(m.Run())
}

// TestBench measures three pipelines, on services that answer at once. The provider is measured a second time as if it were another one.
func TestBench(t *testing.T) {
	t.Parallel()
	terraform := terraformToMeasure(t)
	built, err := buildProvider(t.Context(), t.TempDir())
	require.NoError(t, err)
	folder := t.TempDir()
	var out strings.Builder
	require.NoError(t, run(t.Context(), []string{
		"-n", "3", "-latency", "0", "-provisioning", "-1s", "-cio-rate", "-1", "-terraform", terraform, "-out", folder,
		"-other-config", "configurations/customerio", "-other-binary", built, "-other-source", thisAddress,
	}, &out), "%s", &out)

	results, err := readResults(folder)
	require.NoError(t, err)
	require.Len(t, results.Measurements, 3*len(phases))
	require.Greater(t, results.ProviderBytes, int64(1<<20))
	writes := map[string]int{"create": 15, "change": 15, "destroy": 15}
	for _, m := range results.Measurements {
		about := m.Subject + " " + m.Phase
		require.False(t, m.Failed, about)
		require.Positive(t, m.TerraformCPU, about)
		require.Positive(t, m.TerraformPeakKiB, about)
		if m.Subject == floorSubject {
			require.Zero(t, m.total(), about)
			require.Zero(t, m.ProviderStarts, about)
			continue
		}
		require.Positive(t, m.ProviderStarts, about)
		require.Positive(t, m.ProviderCPU, about)
		require.Positive(t, m.ProviderPeakKiB, about)
		require.Positive(t, m.HandshakeMS, about)
		require.GreaterOrEqual(t, m.total("POST", "PUT", "PATCH", "DELETE"), writes[m.Phase], about)
		if m.Phase == "plan-no-refresh" {
			require.Zero(t, m.total(), about)
			continue
		}
		require.Positive(t, m.Connections, about)
	}
	for _, name := range []string{csvFile, tableFile, chartFile} {
		require.FileExists(t, filepath.Join(folder, name))
	}
}

// A plan after a create in parts finds nothing to change, and nothing that is missing.
func TestBenchOfParts(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	var out strings.Builder
	require.NoError(t, run(t.Context(), []string{
		"-n", "3", "-part", "2", "-last", "plan", "-latency", "0", "-provisioning", "-1s", "-cio-rate", "-1", "-terraform", terraformToMeasure(t), "-out", folder,
	}, &out), "%s", &out)
	results, err := readResults(folder)
	require.NoError(t, err)
	require.Len(t, results.Measurements, 2)
	for _, m := range results.Measurements {
		require.Equal(t, "plan", m.Phase)
	}
	require.Positive(t, results.Measurements[1].total("GET"))
}

func terraformToMeasure(t *testing.T) string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("measures on Linux only")
	}
	if terraform := os.Getenv("TF_ACC_TERRAFORM_PATH"); terraform != "" {
		return terraform
	}
	found, err := exec.LookPath("terraform")
	require.NoError(t, err)
	return found
}

func TestFlags(t *testing.T) {
	t.Parallel()
	chosen, err := parseFlags([]string{"-last", "plan"}, io.Discard)
	require.NoError(t, err)
	require.Equal(t, phases[:2], chosen.phases)
	require.Equal(t, []int{10, 100, 1000}, chosen.sizes)
	for _, wrong := range [][]string{{"-last", "apply"}, {"-n", "0"}, {"-n", "2000"}, {"more"}, {"-part", "-1"}, {"-part", "100", "-last", "create"}} {
		_, err := parseFlags(wrong, io.Discard)
		require.Error(t, err, wrong)
	}
}

// sample has two sizes and three subjects, with numbers that are easy to follow.
func sample() Results {
	results := Results{
		Date: "2026-01-02", Terraform: "1.11.4", Machine: Machine{"linux/amd64", 4, 16_000_000, "go1.26"},
		Conditions: Conditions{Latency: 50e6, Provisioning: 1e9, RequestsPerSecond: 10}, ProviderBytes: 22_700_000,
	}
	for _, pipelines := range []int{10, 1000} {
		seconds := float64(pipelines)
		add := func(subject, phase string, seconds float64, calls map[string]int) {
			results.Measurements = append(results.Measurements, Measurement{
				Subject: subject, Pipelines: pipelines, Phase: phase, Seconds: seconds,
				traffic: traffic{Calls: calls, Refused: map[string]int{"404": 3, "429": 7}, Connections: 5},
			})
		}
		add(floorSubject, "plan", seconds/10, nil)
		add(thisSubject, "plan", seconds, map[string]int{"GET /flows": 10, "POST /ims/token/v3": 1})
		add("example/rest", "plan", 4*seconds, map[string]int{"GET /flows/{id}": 5 * pipelines})
		add(thisSubject, "plan-no-refresh", seconds/2, nil)
		add("example/rest", "destroy", seconds, nil)
		results.Measurements[len(results.Measurements)-1].Failed = true
	}
	return results
}

func TestTables(t *testing.T) {
	t.Parallel()
	text := sample().markdown()
	for _, line := range []string{
		"| 1,000, Terraform alone | 0 (needed: 42) |  |  | 100.0 s | 0.0 s |  | 0 MiB |  | 5 |",
		"| 1,000, this provider | 11 | 10 | 7 | 1000.0 s | 0.0 s | 0.0 s | 0 MiB | 0 MiB | 5 |",
		"| 1,000, `example/rest` | 0 | 0 | 7 | 1000.0 s, failed | 0.0 s | 0.0 s | 0 MiB | 0 MiB | 5 |",
		"| Pipelines | Calls needed | Calls made | Time, to `-refresh=false` | Time, to Terraform alone | Time, to `example/rest` |",
		"| 1,000 | 42 | 11 | 2.00 × | 10.00 × | 0.25 × |",
		"| `GET /flows` | 10 |",
	} {
		require.Contains(t, text, line+"\n")
	}
	require.Contains(t, text, "Measured on 2026-01-02 with Terraform 1.11.4 (linux/amd64, 4 cores, 16 GB of memory, go1.26)")
	require.NotContains(t, text, "### Create", "nothing of it was measured")
}

func TestNeeded(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		phase            string
		pipelines, calls int
	}{
		{"create", 10, 56}, {"plan", 10, 6}, {"plan", 100, 6}, {"plan", 101, 10}, {"plan", 1000, 42}, {"plan-no-refresh", 1000, 0},
		{"change", 1000, 5042}, {"destroy", 100, 506},
	} {
		require.Equal(t, test.calls, needed(test.phase, test.pipelines), "%s of %d", test.phase, test.pipelines)
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	text, err := sample().csv()
	require.NoError(t, err)
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	require.Contains(t, rows, []string{"this provider", "1000", "plan", "calls GET /flows", "10"})
	require.Contains(t, rows, []string{"this provider", "1000", "plan", "refused 429", "7"})
	require.Contains(t, rows, []string{"example/rest", "10", "destroy", "failed", "true"})
}

func TestChart(t *testing.T) {
	t.Parallel()
	text := sample().chart()
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
	}
	require.Contains(t, text, "prefers-color-scheme: dark")
	require.Contains(t, text, ">4000.0 s, 5,000 calls<")
	require.Contains(t, text, ">this provider, -refresh=false<")
	require.Equal(t, 1+2*4, strings.Count(text, "<rect "), "a bar for each plan, on one background")
}

func TestRefusedArguments(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		arguments []string
		message   string
	}{
		"no number":         {[]string{"-n", "ten"}, "numbers from 1 to 1024"},
		"too many":          {[]string{"-n", "10,2000"}, "numbers from 1 to 1024"},
		"stray argument":    {[]string{"all"}, "unexpected argument"},
		"half of another":   {[]string{"-other-config", "configurations/restapi"}, "needs -other-source and -other-binary"},
		"no such provider":  {[]string{"-other-config", ".", "-other-source", "a/b", "-other-binary", "missing"}, "no such file"},
		"no configuration":  {[]string{"-other-config", ".", "-other-source", "a/b", "-other-binary", "main.go"}, "no Terraform configuration"},
		"no such Terraform": {[]string{"-terraform", "./missing"}, "missing"},
		"no results":        {[]string{"-page", page, "-out", "missing"}, "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ErrorContains(t, run(t.Context(), test.arguments, io.Discard), test.message)
		})
	}
}

// page is the page of the results, and storedResults are those that it shows.
const (
	page          = "../../../templates/guides/large-estates.md"
	storedResults = "results"
)

func TestPageIsUpToDate(t *testing.T) {
	t.Parallel()
	results, err := readResults(storedResults)
	require.NoError(t, err)
	for _, file := range []string{page, "../../../docs/guides/large-estates.md"} {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		filled, err := fill(string(text), results, "large-estates.svg")
		require.NoError(t, err, file)
		require.Equal(t, filled, string(text), "%s is not up to date: run make docs", file)
		chart, err := os.ReadFile(strings.TrimSuffix(file, ".md") + ".svg")
		require.NoError(t, err)
		require.Equal(t, results.chart(), string(chart), "the chart beside %s is not up to date: run make docs", file)
	}
}

func TestPageWithoutMarks(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", pageBegin, pageEnd} {
		_, err := fill(text, sample(), "chart.svg")
		require.ErrorContains(t, err, "there are no lines")
	}
}
