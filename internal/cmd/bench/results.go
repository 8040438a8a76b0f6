package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The files in the folder of the results.
const (
	resultsFile = "results.json"
	csvFile     = "results.csv"
	tableFile   = "results.md"
	chartFile   = "results.svg"
)

// Results are what one run of the benchmark measured.
type Results struct {
	Date       string     `json:"date"`
	Machine    Machine    `json:"machine"`
	Terraform  string     `json:"terraform"`
	Conditions Conditions `json:"conditions"`
	// ProviderBytes is the size of this provider, built like a release.
	ProviderBytes int64         `json:"providerBytes"`
	Measurements  []Measurement `json:"measurements"`
}

// Machine is what the benchmark ran on, in general terms.
type Machine struct {
	System    string `json:"system"`
	Cores     int    `json:"cores"`
	MemoryKiB int64  `json:"memoryKiB"`
	Go        string `json:"go"`
}

// Conditions are how the simulated services behave.
type Conditions struct {
	Latency      time.Duration `json:"latency"`
	Provisioning time.Duration `json:"provisioning"`
	// RequestsPerSecond is the limit of Customer.io, negative for none.
	RequestsPerSecond int `json:"requestsPerSecond"`
}

// Measurement is one command of Terraform on the pipelines of one subject.
type Measurement struct {
	Subject   string `json:"subject"`
	Pipelines int    `json:"pipelines"`
	Phase     string `json:"phase"`
	// Failed says that Terraform ended with an error, which only another provider may.
	Failed bool `json:"failed,omitempty"`
	traffic
	Seconds          float64 `json:"seconds"`
	TerraformCPU     float64 `json:"terraformCpuSeconds"`
	ProviderCPU      float64 `json:"providerCpuSeconds"`
	TerraformPeakKiB int64   `json:"terraformPeakKiB"`
	// ProviderPeakKiB is that of the largest process of the provider, and ProviderStarts how many Terraform started.
	ProviderPeakKiB int64 `json:"providerPeakKiB"`
	ProviderStarts  int   `json:"providerStarts"`
	// HandshakeMS is the median over these processes.
	HandshakeMS float64 `json:"handshakeMs"`
}

// total is the number of calls whose method is among those, all without any.
func (m Measurement) total(methods ...string) int {
	total := 0
	for route, count := range m.Calls {
		method, _, _ := strings.Cut(route, " ")
		if len(methods) == 0 || slices.Contains(methods, method) {
			total += count
		}
	}
	return total
}

// of are the measurements of a phase.
func (r Results) of(phase string) []Measurement {
	return slices.DeleteFunc(slices.Clone(r.Measurements), func(m Measurement) bool { return m.Phase != phase })
}

func distinct[T comparable](measurements []Measurement, member func(Measurement) T) []T {
	var found []T
	for _, m := range measurements {
		if one := member(m); !slices.Contains(found, one) {
			found = append(found, one)
		}
	}
	return found
}

func subjectOf(m Measurement) string { return m.Subject }
func sizeOf(m Measurement) int       { return m.Pipelines }

func (r Results) write(folder string) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	encoded, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	table, err := r.csv()
	if err != nil {
		return err
	}
	for name, text := range map[string]string{
		resultsFile: string(encoded) + "\n", csvFile: table, tableFile: r.markdown(), chartFile: r.chart(),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func readResults(folder string) (results Results, err error) {
	text, err := os.ReadFile(filepath.Join(folder, resultsFile))
	if err != nil {
		return results, err
	}
	if err := json.Unmarshal(text, &results); err != nil {
		return results, fmt.Errorf("%s: %w", resultsFile, err)
	}
	return results, nil
}

// csv has a row per measurement and number, so that a new route needs no new column.
func (r Results) csv() (string, error) {
	var text strings.Builder
	table := csv.NewWriter(&text)
	rows := [][]string{{"subject", "pipelines", "phase", "measure", "value"}}
	for _, m := range r.Measurements {
		add := func(measure, value string) {
			rows = append(rows, []string{m.Subject, strconv.Itoa(m.Pipelines), m.Phase, measure, value})
		}
		decimal := func(value float64) string { return strconv.FormatFloat(value, 'f', 3, 64) }
		add("failed", strconv.FormatBool(m.Failed))
		add("seconds", decimal(m.Seconds))
		add("terraform_cpu_seconds", decimal(m.TerraformCPU))
		add("provider_cpu_seconds", decimal(m.ProviderCPU))
		add("terraform_peak_kib", strconv.FormatInt(m.TerraformPeakKiB, 10))
		add("provider_peak_kib", strconv.FormatInt(m.ProviderPeakKiB, 10))
		add("provider_starts", strconv.Itoa(m.ProviderStarts))
		add("handshake_ms", decimal(m.HandshakeMS))
		add("connections", strconv.Itoa(m.Connections))
		add("calls", strconv.Itoa(m.total()))
		for _, route := range slices.Sorted(maps.Keys(m.Calls)) {
			add("calls "+route, strconv.Itoa(m.Calls[route]))
		}
		for _, status := range slices.Sorted(maps.Keys(m.Refused)) {
			add("refused "+status, strconv.Itoa(m.Refused[status]))
		}
	}
	if err := table.WriteAll(rows); err != nil {
		return "", err
	}
	return text.String(), nil
}
