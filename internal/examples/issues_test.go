package examples_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
)

const (
	drift   = "# Customer.io pipelines need attention\n\n- **Drift**: `customerio_dataflow.this` differs from the configuration: `state`\n"
	worse   = drift + "- **Check failed**: `check.x` `it's \"q\" <img src=x> @all $(touch pwned) ${HOME} %41 \\n/close 🚀`\n"
	blind   = "# Customer.io pipelines could not be checked\n\nThe plan failed.\n"
	allWell = "# Customer.io pipelines are well\n\nNo drift. 3 checks passed.\n"
)

// scheduled are checks in the order of time: what check.sh prints, its exit code, and what becomes of the issue.
var scheduled = []struct {
	report string
	code   int
	happen string
}{
	{allWell, 0, ""},
	{drift, 1, "opened"},
	{drift, 1, ""},
	{worse, 1, "changed"},
	{drift, 1, "changed"},
	{blind, 2, "changed"},
	{blind, 2, ""},
	{allWell, 0, "closed"},
	{allWell, 0, ""},
	{"", 143, "opened"}, // it was ended
}

// requireOneIssue runs a job for each scheduled check. The stand-in for the CI service keeps one issue, and tells what happened to it.
func requireOneIssue(t *testing.T, runner *runner, job func() int, issue func() (title, body string, happened []string)) {
	t.Helper()
	want := []string{}
	for i, one := range scheduled {
		runner.Write("report", one.report)
		runner.Write("check.sh", fmt.Sprintf("cat report; exit %d", one.code))
		require.Equal(t, one.code != 0, job() != 0, "check %d: %s", i, runner.Terminal.String())
		if one.happen != "" {
			want = append(want, one.happen)
		}
		title, body, happened := issue()
		require.Equal(t, want, happened, "check %d", i)
		if one.code != 0 && one.report != "" {
			found, _, _ := strings.Cut(body, "\nFound by https://")
			require.Equal(t, one.report, "# "+title+"\n\n"+found)
		}
	}
	title, _, _ := issue()
	require.Equal(t, "Customer.io pipelines could not be checked", title)
	_, err := os.Stat(runner.Path("pwned"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

// gh keeps an issue in the files title and body.
const gh = `command="$1 $2"
title= body=
while [ $# -gt 0 ]; do
  case $1 in --title) title=$2; shift ;; --body) body=$2; shift ;; esac
  shift
done
case $command in
"issue list") [ ! -f title ] || echo 7 ;;
"issue view") cat title body ;;
"issue create") echo opened >> happened; printf '%s\n' "$title" > title; printf '%s\n' "$body" > body ;;
"issue edit") echo changed >> happened; printf '%s\n' "$title" > title; printf '%s\n' "$body" > body ;;
"issue close") echo closed >> happened; rm title body ;;
esac`

func TestGitHubOpensOneIssue(t *testing.T) {
	t.Parallel()
	runner := newRunner(t, acctest.NewWorkspace(t), "bash -e", "timeout")
	runner.program(t, "gh", gh)
	runner.Environment = append(runner.Environment, "RUNNER_TEMP="+runner.Path(""), "GITHUB_STEP_SUMMARY="+runner.Path("summary"),
		"GITHUB_OUTPUT="+runner.Path("output"), "RUN=https://github.com/acme/shop/actions/runs/1")
	steps := githubJobs(t, "monitoring/github-actions/customerio-check.yml")["check"].Steps
	job := func() int {
		_, code := runner.run(t, steps[len(steps)-2].Run)
		require.Zero(t, code)
		outputs := strings.Fields(runner.Read("output"))
		_, code = runner.run(t, steps[len(steps)-1].Run, "CODE="+strings.TrimPrefix(outputs[len(outputs)-1], "code="))
		return code
	}
	text := func(name string) string {
		content, _ := os.ReadFile(runner.Path(name))
		return string(content)
	}
	requireOneIssue(t, runner, job, func() (string, string, []string) {
		return strings.TrimSuffix(text("title"), "\n"), text("body"), strings.Fields(text("happened"))
	})
}

func TestGitLabOpensOneIssue(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var title, body string
	var happened []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.Header.Get("Private-Token") != "canary" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_ = r.ParseForm()
		isIssue := r.URL.Path == "/projects/5/issues" || r.URL.Path == "/projects/5/issues/3"
		issues := []map[string]any{}
		if title != "" {
			issues = append(issues, map[string]any{"iid": 3, "title": title, "description": body})
		}
		switch {
		case r.Method == http.MethodGet:
			_ = json.NewEncoder(w).Encode(issues)
		case !isIssue: // a note
		case r.Form.Get("state_event") == "close":
			title, body, happened = "", "", append(happened, "closed")
		default:
			happened = append(happened, map[string]string{http.MethodPost: "opened", http.MethodPut: "changed"}[r.Method])
			title, body = r.Form.Get("title"), r.Form.Get("description")
		}
	}))
	t.Cleanup(server.Close)
	runner := newRunner(t, acctest.NewWorkspace(t), "sh -e", "timeout", "curl", "jq")
	runner.Environment = append(runner.Environment, "CI_API_V4_URL="+server.URL, "CI_PROJECT_ID=5", "CI_JOB_URL=https://gitlab.com/acme/shop/-/jobs/1",
		"CUSTOMERIO_CHECK_TOKEN=canary")
	script := strings.TrimPrefix(gitlabScripts(t, "monitoring/gitlab/customerio-check.gitlab-ci.yml")["customerio-check"], "cd customerio\n")
	job := func() int {
		_, code := runner.run(t, script)
		return code
	}
	requireOneIssue(t, runner, job, func() (string, string, []string) {
		mu.Lock()
		defer mu.Unlock()
		return title, body, append([]string{}, happened...)
	})
}
