package architecture_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/oasdiff/yaml"
	"github.com/stretchr/testify/require"
)

var (
	action = regexp.MustCompile(`(?m)^.*uses: .*$`)
	pinned = regexp.MustCompile(`^ +- uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
)

// Actions are pinned by digest, jobs end, and the token can only read unless a job says otherwise.
func TestWorkflowsTrustLittle(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, ".github/workflows/*.yml"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, line := range action.FindAllString(string(text), -1) {
			require.Regexp(t, pinned, line, file)
		}
		var workflow struct {
			Permissions map[string]string
			Jobs        map[string]struct {
				Timeout int `json:"timeout-minutes"`
			}
		}
		_, err = yaml.Unmarshal(text, &workflow, yaml.DecodeOpts{})
		require.NoError(t, err)
		require.Equal(t, map[string]string{"contents": "read"}, workflow.Permissions, file)
		for name, job := range workflow.Jobs {
			require.Positive(t, job.Timeout, "%s: %s", file, name)
		}
	}
}
