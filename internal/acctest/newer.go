package acctest

import (
	"encoding/json"
	"os/exec"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/stretchr/testify/require"
)

// NeedsTerraform skips a test that an older Terraform cannot run. The one that the tests use by default may be older.
func (w *Workspace) NeedsTerraform(t *testing.T, least string) {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), w.terraform, "version", "-json").Output()
	require.NoError(t, err)
	var is struct {
		Version string `json:"terraform_version"`
	}
	require.NoError(t, json.Unmarshal(output, &is))
	if version.Must(version.NewVersion(is.Version)).LessThan(version.Must(version.NewVersion(least))) {
		t.Skipf("it needs Terraform %s, and this is %s: set TF_ACC_TERRAFORM_PATH to a newer one", least, is.Version)
	}
}
