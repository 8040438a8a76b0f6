package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"
)

const planFile = "plan.tfplan"

// workspace is a folder with a configuration and its state, as a user has it.
type workspace struct {
	folder    string
	terraform *tfexec.Terraform
	report    *report
}

// newWorkspace makes the folder. Development overrides need no terraform init, which would ask the registry.
func newWorkspace(folder, terraformPath string, report *report) (*workspace, error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, err
	}
	terraform, err := tfexec.NewTerraform(folder, terraformPath)
	if err != nil {
		return nil, err
	}
	if err := terraform.SetWaitDelay(interruptGrace); err != nil {
		return nil, err
	}
	return &workspace{folder: folder, terraform: terraform, report: report}, nil
}

// copyConfiguration takes the configuration alone: a person who tried the example out may have left a state there.
func (w *workspace) copyConfiguration(from string) error {
	files, err := filepath.Glob(filepath.Join(from, "*.tf"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("there is no Terraform configuration in %s", from)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := w.write(filepath.Base(file), text); err != nil {
			return err
		}
	}
	return nil
}

func (w *workspace) write(name string, text []byte) error {
	return os.WriteFile(filepath.Join(w.folder, name), text, 0o600)
}

// setVariables replaces all values of the configuration's variables, where Terraform looks for them by itself.
func (w *workspace) setVariables(values map[string]string) error {
	text, err := json.MarshalIndent(values, "", "  ")
	if err != nil {
		return err
	}
	return w.write("terraform.tfvars.json", append(text, '\n'))
}

// name is how the program is called, terraform or tofu.
func (w *workspace) name() string {
	return strings.TrimSuffix(filepath.Base(w.terraform.ExecPath()), ".exe")
}

// plan makes a plan and keeps it for apply.
func (w *workspace) plan(ctx context.Context, options ...tfexec.PlanOption) (plan *tfjson.Plan, err error) {
	w.report.command(w.name(), "plan", "-out="+planFile)
	err = w.report.during("planning", func() error {
		if _, err := w.terraform.Plan(ctx, append(options, tfexec.Out(planFile))...); err != nil {
			return fmt.Errorf("terraform plan: %w", err)
		}
		if plan, err = w.terraform.ShowPlanFile(ctx, planFile); err != nil {
			return fmt.Errorf("terraform show: %w", err)
		}
		return nil
	})
	return plan, err
}

// showPlan shows the last plan as Terraform prints it, with its long parts shortened. terraform-exec knows no colors.
func (w *workspace) showPlan(ctx context.Context) error {
	arguments := []string{"show"}
	if !w.report.colored {
		arguments = append(arguments, "-no-color")
	}
	show := program(ctx, w.terraform.ExecPath(), append(arguments, planFile)...)
	show.Dir, show.Env = w.folder, append(os.Environ(), "TF_IN_AUTOMATION=1")
	output, err := show.Output()
	if err != nil {
		return fmt.Errorf("terraform show: %w", err)
	}
	for _, line := range excerpt(strings.Split(strings.Trim(string(output), "\n"), "\n")) {
		w.report.quotePlan(line)
	}
	return nil
}

// apply carries out the last plan.
func (w *workspace) apply(ctx context.Context) error {
	w.report.command(w.name(), "apply", planFile)
	w.terraform.SetStdout(progressWriter{w.report})
	defer w.terraform.SetStdout(io.Discard)
	if err := w.terraform.Apply(ctx, tfexec.DirOrPlan(planFile)); err != nil {
		return fmt.Errorf("terraform apply: %w", err)
	}
	return nil
}

func (w *workspace) destroy(ctx context.Context) error {
	w.report.command(w.name(), "destroy")
	w.terraform.SetStdout(progressWriter{w.report})
	defer w.terraform.SetStdout(io.Discard)
	if err := w.terraform.Destroy(ctx); err != nil {
		return fmt.Errorf("terraform destroy: %w", err)
	}
	return nil
}

// requireNoChanges fails unless services, state and configuration agree.
func (w *workspace) requireNoChanges(ctx context.Context) error {
	w.report.command(w.name(), "plan")
	var changes bool
	err := w.report.during("planning", func() (err error) {
		changes, err = w.terraform.Plan(ctx, tfexec.Out(planFile))
		return err
	})
	if err != nil {
		return fmt.Errorf("terraform plan: %w", err)
	}
	if !changes {
		return nil
	}
	plan, err := w.terraform.ShowPlanFile(ctx, planFile)
	if err != nil {
		return fmt.Errorf("terraform show: %w", err)
	}
	return errors.New("there should be nothing to change; " + summary(plan))
}

// outputs are those of the configuration, with a placeholder for the values that are sensitive.
func (w *workspace) outputs(ctx context.Context) (map[string]string, error) {
	all, err := w.terraform.Output(ctx)
	if err != nil {
		return nil, fmt.Errorf("terraform output: %w", err)
	}
	values := map[string]string{}
	for name, output := range all {
		values[name] = plainText(output.Value)
		if output.Sensitive {
			values[name] = "(sensitive)"
		}
	}
	return values, nil
}

// plainText is a JSON value as a person writes it: text without quotes.
func plainText(value json.RawMessage) string {
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return string(value)
	}
	return text
}
