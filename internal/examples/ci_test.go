package examples_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// TestGitHubPipeline runs the jobs of main: what the second one applies is what the first one planned, and nobody can read the plan in between.
func TestGitHubPipeline(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	runner := newRunner(t, project(t, world, "pipeline", "TF_INPUT=0", "PLAN_PASSPHRASE=correct horse"), "bash -e", "openssl")
	output := runner.Path("output")
	runner.Environment = append(runner.Environment, "GITHUB_OUTPUT="+output)
	jobs := githubJobs(t, "ci/github-actions/customerio.yml")
	require.Len(t, jobs, 3)
	job := func(name string) {
		for _, step := range jobs[name].Steps {
			if pushed := strings.Contains(step.If, "changes == 'true'"); pushed && !strings.HasSuffix(runner.Read("output"), "changes=true\n") {
				continue
			}
			printed, code := runner.run(t, step.Run)
			require.Zero(t, code, "%s\n%s\n%s", step.Run, printed, runner.Terminal.String())
		}
	}
	job("test")
	job("plan")
	require.Equal(t, "changes=true\n", runner.Read("output"))
	encrypt := slices.IndexFunc(jobs["plan"].Steps, func(step githubStep) bool { return strings.Contains(step.Run, "openssl") })
	requireEncrypted(t, runner, jobs["plan"].Steps[encrypt].Run)

	runner.Write("variables.tf", strings.Replace(runner.Read("variables.tf"), `"Customer.io"`, `"Not reviewed"`, 1))
	job("apply")
	require.Equal(t, "Customer.io dataflow", nameOfFlow(world), "the plan is applied, not the folder")

	runner.Write("variables.tf", strings.Replace(runner.Read("variables.tf"), `"Not reviewed"`, `"Customer.io"`, 1))
	job("plan")
	require.Equal(t, "changes=true\nchanges=false\n", runner.Read("output"), "nobody is asked to approve nothing")
	apply := jobs["apply"].Steps
	_, code := runner.run(t, apply[len(apply)-3].Run+"\n"+apply[len(apply)-1].Run) // decrypts the first plan
	require.Equal(t, 1, code, "a plan is applied once")
}

// TestGitLabPipeline is the same for the jobs of the default branch.
func TestGitLabPipeline(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{})
	runner := newRunner(t, project(t, world, "pipeline", "TF_INPUT=0", "PLAN_PASSPHRASE=correct horse"), "sh -e", "openssl")
	runner.program(t, "apk", "")
	scripts := gitlabScripts(t, "ci/gitlab/.gitlab-ci.yml")
	require.Len(t, scripts, 4)
	job := func(name string) {
		printed, code := runner.run(t, "terraform init\n"+scripts[name])
		require.Zero(t, code, "%s\n%s\n%s", name, printed, runner.Terminal.String())
	}
	job("test")
	job("plan-proposed")
	job("plan")
	requireEncrypted(t, runner, scripts["plan"])
	runner.Write("variables.tf", strings.Replace(runner.Read("variables.tf"), `"Customer.io"`, `"Not reviewed"`, 1))
	job("apply")
	require.Equal(t, "Customer.io dataflow", nameOfFlow(world), "the plan is applied, not the folder")
}

// requireEncrypted wants no plan beside the encrypted one, and no encryption without a passphrase.
func requireEncrypted(t *testing.T, runner *runner, script string) {
	t.Helper()
	require.True(t, strings.HasPrefix(runner.Read("tfplan.enc"), "Salted__"))
	_, code := runner.run(t, script, "PLAN_PASSPHRASE=")
	require.NotZero(t, code)
	require.NoError(t, os.Remove(runner.Path("tfplan")))
}

func nameOfFlow(world *acctest.World) string {
	for _, object := range world.Objects() {
		if object.Kind == simulator.KindFlow {
			return object.Name
		}
	}
	return ""
}
