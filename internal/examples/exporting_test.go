package examples_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
)

// Terraform keeps the versions before, and OpenTofu has another registry.
func TestTheGuideFindsTheProgramThatExports(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join(root, "../templates/guides/exporting.md"))
	require.NoError(t, err)
	line := regexp.MustCompile(`(?m)^provider=.*$`).Find(guide)
	require.NotNil(t, line)
	for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		w := acctest.NewWorkspace(t)
		for i, version := range []string{"0.9.0", "0.10.0"} {
			name := ".terraform/providers/" + registry + "/customerio-source/customerio/" + version + "/linux_amd64/terraform-provider-customerio_v" + version
			w.Write(name, "")
			installed := time.Unix(int64(i), 0)
			require.NoError(t, os.Chtimes(w.Path(name), installed, installed))
		}
		found, code := newRunner(t, w, "sh").run(t, string(line)+"\nbasename \"$provider\"")
		require.Zero(t, code)
		require.Equal(t, "terraform-provider-customerio_v0.10.0\n", found)
	}
}
