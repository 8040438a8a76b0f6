// Command bench measures what many pipelines cost: calls, time, processor time, memory and connections, of a real Terraform with the provider on
// simulated services that take time to answer. It compares them with what Terraform needs for as many resources that call nobody, and with the
// configuration of any other provider.
//
// With -page it measures nothing, and puts the stored results into a page of the documentation.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// mostPipelines is what Terraform's function range yields at most, by which the configurations count.
const mostPipelines = 1024

func main() {
	if provider := os.Getenv(wrappedVariable); provider != "" {
		os.Exit(wrap(provider, os.Getenv(usageVariable)))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type settings struct {
	sizes                                  []int
	phases                                 []phase
	terraform, out, page                   string
	otherConfig, otherBinary, otherAddress string
	conditions                             Conditions
	part                                   int
}

func run(ctx context.Context, arguments []string, out io.Writer) error {
	chosen, err := parseFlags(arguments, out)
	if err != nil {
		return err
	}
	if chosen.page != "" {
		return updatePage(chosen.page, chosen.out)
	}
	results, err := measureAll(ctx, chosen, out)
	if err != nil {
		return err
	}
	return results.write(chosen.out)
}

func parseFlags(arguments []string, out io.Writer) (chosen settings, err error) {
	var sizes, last string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&sizes, "n", "10,100,1000", "`numbers` of pipelines, separated by commas")
	flags.StringVar(&last, "last", "destroy", "the last `phase` to measure: create, plan, plan-no-refresh, change or destroy. Of a thousand pipelines, the last "+
		"two take hours")
	flags.IntVar(&chosen.part, "part", 0, "create the pipelines in parts of this `number`, each with a state of its own, and join the states, without measuring "+
		"that. Terraform needs many times as long to create a thousand at once as to create ten times a hundred")
	flags.DurationVar(&chosen.conditions.Latency, "latency", 50*time.Millisecond, "how long every answer is on its way")
	flags.DurationVar(&chosen.conditions.Provisioning, "provisioning", time.Second, "how long a dataflow takes to get its streaming endpoint")
	flags.IntVar(&chosen.conditions.RequestsPerSecond, "cio-rate", 10, "the limit of Customer.io in calls per second, -1 for none")
	flags.StringVar(&chosen.terraform, "terraform", "terraform", "`path` of Terraform")
	flags.StringVar(&chosen.out, "out", "internal/cmd/bench/results", "`folder` for the results")
	flags.StringVar(&chosen.page, "page", "", "measure nothing, and put the results in -out into this `file`")
	flags.StringVar(&chosen.otherConfig, "other-config", "", "`folder` with a configuration of another provider to compare with. "+
		"Its variables first, n and revision are the number of the first pipeline, how many there are, and a number that is to change every object. The services are told in the "+
		"variables url, access_token, org_id, client_id, sandbox_name, schema_id, dataset_id, app_api_key and requests_per_second. "+
		"configurations/restapi is an example")
	flags.StringVar(&chosen.otherBinary, "other-binary", "", "`path` of the executable of that provider")
	flags.StringVar(&chosen.otherAddress, "other-source", "", "source `address` of that provider, as in required_providers, where it has no version")
	if err := flags.Parse(arguments); err != nil {
		return chosen, err
	}
	if flags.NArg() > 0 {
		return chosen, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	for size := range strings.SplitSeq(sizes, ",") {
		number, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil || number < 1 || number > mostPipelines {
			return chosen, fmt.Errorf("-n takes numbers from 1 to %d, not %q", mostPipelines, size)
		}
		chosen.sizes = append(chosen.sizes, number)
	}
	end := slices.IndexFunc(phases, func(one phase) bool { return one.name == last })
	if end < 0 {
		return chosen, fmt.Errorf("-last is no phase: %q", last)
	}
	chosen.phases = phases[:end+1]
	if chosen.part < 0 || chosen.part > 0 && end == 0 {
		return chosen, errors.New("-part takes a positive number, and -last a later phase than create")
	}
	return chosen, nil
}

func measureAll(ctx context.Context, chosen settings, out io.Writer) (results Results, err error) {
	if err := requireMeasurable(); err != nil {
		return results, err
	}
	var more []subject
	if chosen.otherConfig != "" {
		one, err := other(chosen.otherConfig, chosen.otherAddress, chosen.otherBinary)
		if err != nil {
			return results, err
		}
		more = append(more, one)
	}
	terraform, version, err := findTerraform(ctx, chosen.terraform)
	if err != nil {
		return results, err
	}
	folder, err := os.MkdirTemp("", "customerio-bench-")
	if err != nil {
		return results, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	b := &bench{folder: folder, terraform: terraform, phases: chosen.phases, part: chosen.part, conditions: chosen.conditions, report: func(format string, values ...any) {
		_, _ = fmt.Fprintf(out, format+"\n", values...)
	}}
	subjects, size, err := b.subjects(ctx, more...)
	if err != nil {
		return results, err
	}
	results = Results{
		Date: time.Now().UTC().Format(time.DateOnly), Machine: thisMachine(), Terraform: version,
		Conditions: chosen.conditions, ProviderBytes: size,
	}
	for _, pipelines := range chosen.sizes {
		for _, one := range subjects {
			measured, err := b.measure(ctx, one, pipelines)
			if err != nil {
				return results, err
			}
			results.Measurements = append(results.Measurements, measured...)
		}
	}
	return results, nil
}

func thisMachine() Machine {
	return Machine{System: runtime.GOOS + "/" + runtime.GOARCH, Cores: runtime.NumCPU(), MemoryKiB: memoryOfMachine(), Go: runtime.Version()}
}

// findTerraform returns the path and the version of a Terraform.
func findTerraform(ctx context.Context, path string) (found, version string, err error) {
	if found, err = exec.LookPath(path); err != nil {
		return "", "", err
	}
	if found, err = filepath.Abs(found); err != nil {
		return "", "", err
	}
	command := exec.CommandContext(ctx, found, "version", "-json")
	command.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE="+os.DevNull)
	output, err := command.Output()
	if err != nil {
		return "", "", fmt.Errorf("terraform version: %w", err)
	}
	var answer struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal(output, &answer); err != nil {
		return "", "", fmt.Errorf("terraform version: %w", err)
	}
	return found, answer.Version, nil
}
