package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/commandline"
)

// oldestTerraform knows functions of providers, which the example calls.
const oldestTerraform = "1.8"

// stepLimit stops a step that hangs, and lets a slow machine compile and a slow network bring what is needed for that.
const stepLimit = 15 * time.Minute

// story is what the demo has made so far.
type story struct {
	folder string
	// keep is to end with the pipeline running.
	keep   bool
	report *report

	root       string
	terraform  string
	services   *services
	pipeline   *workspace
	variables  map[string]string
	datasetID  string
	dataflowID string
	// mappingVersion is the version of the mapping set that the dataflow follows.
	mappingVersion string
}

type step struct {
	title string
	do    func(context.Context) error
}

func (s *story) steps() []step {
	steps := []step{
		{"Find Terraform", s.findTerraform},
		{"Build the provider", s.buildProvider},
		{"Start the simulated services, which are empty", s.startServices},
		{"Create the pipeline of examples/pipeline", s.create},
		{"Send one event of each category through it", s.reportEvents},
		{"Change a mapping, in place", s.changeMapping},
		{"Disable the dataflow", s.disable},
		{"Enable it again", s.enable},
		{"Prove that there is nothing to change", s.proveEmptyPlan},
		{"Import the dataflow into a second state", s.importDataflow},
	}
	if s.keep {
		return steps
	}
	return append(steps,
		step{"Take the protection off the dataset", s.unprotect},
		step{"Destroy the pipeline, and prove that nothing is left", s.destroy},
	)
}

func (s *story) play(ctx context.Context) error {
	steps := s.steps()
	for i, step := range steps {
		started := time.Now()
		s.report.step(i+1, len(steps), step.title)
		limited, cancel := context.WithTimeoutCause(ctx, stepLimit, fmt.Errorf("it took longer than %s", stepLimit))
		err := step.do(limited)
		if err != nil && limited.Err() != nil {
			err = fmt.Errorf("%w: %w", context.Cause(limited), err)
		}
		cancel()
		if err != nil {
			return fmt.Errorf("step %d of %d, %q: %w", i+1, len(steps), step.title, err)
		}
		s.report.stepDone(time.Since(started))
	}
	s.report.end()
	return nil
}

func (s *story) close() error {
	if s.services == nil {
		return nil
	}
	return s.services.server.Close()
}

func (s *story) findTerraform(ctx context.Context) error {
	err := s.report.during("finding Terraform, or downloading it", func() (err error) {
		s.terraform, err = commandline.Find(ctx, oldestTerraform)
		return err
	})
	if err != nil {
		return err
	}
	version, err := versionOf(ctx, s.terraform)
	if err != nil {
		return err
	}
	where := s.program()
	if where != s.terraform {
		where = "the one on PATH"
	}
	s.report.detail("%s, %s", version, where)
	return nil
}

// program is how to call the Terraform in a shell: by its name if that finds it.
func (s *story) program() string {
	name := filepath.Base(s.terraform)
	if found, err := exec.LookPath(name); err == nil && found == s.terraform {
		return name
	}
	return s.terraform
}

func (s *story) buildProvider(ctx context.Context) (err error) {
	if s.root, err = moduleRoot(ctx); err != nil {
		return err
	}
	folder := filepath.Join(s.folder, "provider")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	s.report.command("go", "build")
	err = s.report.during("compiling, the first time a minute or two", func() error { return buildProvider(ctx, s.root, folder) })
	if err != nil {
		return err
	}
	if err := writeCLIConfig(s.cliConfig(), folder); err != nil {
		return err
	}
	s.report.built = time.Now()
	return nil
}

func (s *story) cliConfig() string { return filepath.Join(s.folder, "terraform.rc") }

func (s *story) startServices(ctx context.Context) (err error) {
	if s.services, err = startServices(ctx); err != nil {
		return err
	}
	s.report.detail("%s", s.services.url)
	return setEnvironment(s.environment())
}

// environment is all that Terraform needs to run by hand.
func (s *story) environment() []variable {
	return append(s.services.environment(), variable{"TF_CLI_CONFIG_FILE", s.cliConfig()})
}

// objects are how many things the services hold.
func (s *story) objects() int {
	if s.services == nil {
		return 0
	}
	return len(s.services.Objects())
}
