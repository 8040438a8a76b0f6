package advice

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Where users read about codes, and where they are shown as users meet them.
const (
	errorsPage  = "../../templates/guides/errors.md"
	goldenFiles = "../diagnostics/testdata"
)

func TestEveryCodeWithAdviceIsOnThePage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(errorsPage)
	require.NoError(t, err)
	for prefix, codes := range map[string]map[string]string{"": accessAdvice, "FLOW-": flowAdvice, "XDM-": registryAdvice} {
		for code := range codes {
			require.Contains(t, string(page), "`"+prefix+code+"`", "%s has advice and is not on the page", code)
		}
	}
}

func TestEveryCodeWithAdviceHasAGoldenFile(t *testing.T) {
	t.Parallel()
	for prefix, codes := range map[string]map[string]string{"*/": accessAdvice, "flow-service/": flowAdvice, "data/xdm-": registryAdvice} {
		for code := range codes {
			files, err := filepath.Glob(filepath.Join(goldenFiles, prefix+code+"*.txt"))
			require.NoError(t, err)
			require.NotEmpty(t, files, "%s has advice and no file in %s", code, goldenFiles)
		}
	}
}
