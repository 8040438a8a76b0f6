// Package diagnostics_test shows every refusal of a service as a user sees it. The texts are in testdata, one file for each; go test
// -update rewrites them. Read them as prose when they change.
package diagnostics_test

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// refusal is a service's answer during an operation.
type refusal struct {
	// name is the name of the golden file: the code, and a word if there are several for one code.
	name   string
	during operation
	answer answer
}

// groups are the folders of testdata.
var groups = map[string][]refusal{
	"flow-service": flowServiceRefusals,
	"gateway":      gatewayRefusals,
	"ims":          imsRefusals,
	"data":         dataRefusals,
	"customerio":   customerIORefusals,
}

// TestMain runs many cases at the same time: they wait more than they work.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	useProxies()
	acctest.Main(m)
}

// forEach runs a test for every refusal, in services that hold what the operation needs.
func forEach(t *testing.T, test func(t *testing.T, file string, one refusal, scene *scene)) {
	t.Helper()
	for group, refusals := range groups {
		for _, one := range refusals {
			t.Run(group+"/"+one.name, func(t *testing.T) {
				t.Parallel()
				world := newWorld(t)
				world.withoutToken = one.during.path == tokenPath
				test(t, filepath.Join("testdata", group, one.name+".txt"), one, world.prepare(one.during))
			})
		}
	}
}

func TestEveryRefusalTellsWhatToDo(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, file string, one refusal, scene *scene) {
		t.Helper()
		scene.AddFault(one.answer.to(one.during))
		diags := scene.run()
		require.Len(t, diags, 1, "one problem is one diagnostic")
		require.Contains(t, diags[0].Detail, "\n\n", "there is no next step")
		require.Contains(t, diags[0].Detail, one.answer.requestID)
		requireGolden(t, file, rendered(diags[0], one.answer.body))
	})
}

func TestNoRefusalShowsWhatItQuotes(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, _ string, one refusal, scene *scene) {
		t.Helper()
		quoting, spoken := one.answer.quoting(one.during.canaries())
		if !spoken {
			return
		}
		scene.AddFault(quoting.to(one.during))
		requireNoCanary(t, scene.run())
	})
}

// IDs are what the simulator generates, different ones in each run.
var ids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24,}`)

// rendered is a diagnostic as a text: the severity and summary, the attribute at fault, and the detail. IDs that the answer quotes
// stay.
func rendered(shown *tfprotov6.Diagnostic, answered string) string {
	attribute := "none"
	if shown.Attribute != nil {
		attribute = pathOf(shown.Attribute)
	}
	text := fmt.Sprintf("%s: %s\nAttribute: %s\n\n%s\n", shown.Severity, shown.Summary, attribute, shown.Detail)
	return ids.ReplaceAllStringFunc(text, func(id string) string {
		if strings.Contains(answered, id) {
			return id
		}
		return "<id>"
	})
}

func pathOf(attribute *tftypes.AttributePath) string {
	var text strings.Builder
	for _, step := range attribute.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			text.WriteString("." + string(step))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&text, "[%q]", string(step))
		}
	}
	return strings.TrimPrefix(text.String(), ".")
}

func requireGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o750))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "go test -update writes it")
	require.Equal(t, string(want), got)
}

// TestGoldenFiles wants a refusal for each file, and no secret in any of them.
func TestGoldenFiles(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for group, refusals := range groups {
		for _, one := range refusals {
			file := filepath.Join(group, one.name+".txt")
			require.False(t, known[file], "two refusals have the file %s", file)
			known[file] = true
		}
	}
	for _, name := range append(slices.Collect(maps.Keys(unreached)), tokenWithNewline, etagWithNewline) {
		known[filepath.Join(connectionGroup, name+".txt")] = true
	}
	files := os.DirFS("testdata")
	err := fs.WalkDir(files, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		require.True(t, known[file], "%s belongs to no refusal any more", file)
		text, err := fs.ReadFile(files, file)
		require.Empty(t, canaryParts.FindAllString(string(text), -1), file)
		return err
	})
	require.NoError(t, err)
}
