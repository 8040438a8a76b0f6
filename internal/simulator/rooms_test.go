package simulator

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestServicesDoNotImportEachOther: what crosses from one service to another goes through the store, or through a function
// that New hands over.
func TestServicesDoNotImportEachOther(t *testing.T) {
	const rooms = "github.com/customerio-source/terraform-provider-customerio/internal/simulator/"
	shared := map[string][]string{
		"document": nil, "expression": {"document"}, "store": {"document"}, "list": {"document"}, "web": {"store"},
	}
	services := []string{"document", "expression", "store", "list", "web"}
	files, err := filepath.Glob("*/*.go")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		require.NoError(t, err)
		allowed, isShared := shared[filepath.Dir(file)]
		if !isShared {
			allowed = services
		}
		for _, spec := range parsed.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			require.NoError(t, err)
			if room, isRoom := strings.CutPrefix(path, rooms); isRoom {
				require.Contains(t, allowed, room, "%s imports %s", file, room)
			}
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.LessOrEqual(t, strings.Count(string(text), "\n"), 350, file)
	}
}
