// Package upgrades_test reads the states that earlier versions of the provider wrote.
package upgrades_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

var update = flag.String("update", "", "the `version` of the provider to keep a state of, as in go test ./internal/upgrades -update 0.1.0")

const (
	states = "testdata/states"
	file   = "terraform.tfstate"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// A state of each version, with every resource, has an empty plan: nothing is changed for it, and nothing refused. The next apply writes it in the
// newest form. The version 0.0.0 is what was before the first release.
func TestStatesOfEarlierVersions(t *testing.T) {
	t.Parallel()
	if *update != "" {
		require.NoError(t, os.WriteFile(filepath.Join(states, *update+".tfstate"), []byte(applied(t).Read(file)), 0o600))
	}
	kept, err := filepath.Glob(filepath.Join(states, "*.tfstate"))
	require.NoError(t, err)
	require.NotEmpty(t, kept)
	for _, state := range kept {
		t.Run(filepath.Base(state), func(t *testing.T) {
			t.Parallel()
			w := applied(t)
			now := w.Read(file)
			w.Write(file, withObjectsOf(t, text(t, state), now))
			w.NothingToChange()
			w.NothingToChange("-refresh=false")
			w.Run("apply", "-refresh-only", "-auto-approve", "-no-color")
			w.NothingToChange()
			require.Equal(t, schemaVersions(now), schemaVersions(w.Read(file)))
		})
	}
}

// applied is a workspace with every resource, in a world of its own. The configuration is always today's.
func applied(t *testing.T) *acctest.Workspace {
	t.Helper()
	world := acctest.NewEmpty(t, simulator.Options{Provisioning: -1})
	w := acctest.NewWorkspace(t, append(world.Credentials(), `TF_VAR_secret={"sourceId":"website","dataType":"raw","name":"Website"}`)...)
	w.Write("main.tf", text(t, "testdata/main.tf"))
	w.Run("apply", "-auto-approve", "-no-color")
	return w
}

func text(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(content)
}

// withObjectsOf is a state with the IDs of other objects: those that the same configuration has in another world. The services choose IDs, and
// what has them in it, such as URLs.
func withObjectsOf(t *testing.T, state, other string) string {
	t.Helper()
	var pairs []string
	ours, theirs := instances(t, other), instances(t, state)
	require.Len(t, theirs, len(ours))
	for address, attributes := range theirs {
		pairs = differences(pairs, attributes, ours[address])
	}
	return strings.NewReplacer(pairs...).Replace(state)
}

// differences adds the texts that differ at the same place.
func differences(pairs []string, from, to any) []string {
	switch from := from.(type) {
	case string:
		if to, is := to.(string); is && from != to && from != "" {
			pairs = append(pairs, from, to)
		}
	case map[string]any:
		if to, is := to.(map[string]any); is {
			for name, value := range from {
				pairs = differences(pairs, value, to[name])
			}
		}
	}
	return pairs
}

// instances are the attributes of a state's resources, by address.
func instances(t *testing.T, state string) map[string]map[string]any {
	t.Helper()
	var decoded struct {
		Resources []struct {
			Type, Name string
			Instances  []struct{ Attributes map[string]any }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(state), &decoded))
	found := map[string]map[string]any{}
	for _, one := range decoded.Resources {
		found[one.Type+"."+one.Name] = one.Instances[0].Attributes
	}
	return found
}

var schemaVersion = regexp.MustCompile(`"schema_version": \d+`)

func schemaVersions(state string) []string { return schemaVersion.FindAllString(state, -1) }
