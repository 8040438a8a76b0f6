// Package versions_test proves the table of versions with the Terraform or OpenTofu in hand: what its version has works with the provider, and what it
// has not is refused in words that tell why.
package versions_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/versions"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// trial uses one feature.
type trial struct {
	// before is applied first, and what it says is done: a configuration that every version takes.
	before string
	// files use the feature, and command, which is a plan without one, succeeds where it is there.
	files   map[string]string
	command []string
	// shows is in the output then.
	shows string
	// refused are parts of what programs without the feature say, of which one has to be there.
	refused []string
}

const (
	source   = "resource \"customerio_source_connection\" \"this\" {\n  name = \"Shop\"\n}\n"
	mappings = "resource \"customerio_mapping_set\" \"this\" {\n  schema_id = \"SCHEMA_ID\"\n  mappings = {\n    \"_acme.email\" = { source = \"data.identifiers.email\" }\n  }\n}\n"
	// account has a secret, which is ARGUMENT.
	account = "resource \"customerio_base_connection\" \"this\" {\n  name            = \"Shop\"\n" +
		"  connection_spec = { id = \"bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb\" }\n  auth = {\n    spec_name = \"Streaming Connection\"\n    ARGUMENT\n  }\n}\n"
	defaults     = "mock_resource \"customerio_source_connection\" {\n  defaults = {\n    id = \"133bb51f-f310-4b4a-b8b2-731aef1e223c\"\n  }\n}\n"
	unknownBlock = "Unsupported block type"
)

func files(text string) map[string]string { return map[string]string{"main.tf": text} }

// trials are in a world that has a schema, a dataset, a source connection and a mapping set made by hand.
var trials = map[versions.Feature]trial{
	versions.Pipelines: {
		files: files(acctest.WholePipeline()), command: []string{"apply", "-auto-approve"}, shows: "7 added", refused: []string{"protocol"},
	},
	versions.Moved: {
		before: source, files: files(strings.Replace(source, `"this"`, `"shop"`, 1) + "moved {\n  from = customerio_source_connection.this\n  to   = customerio_source_connection.shop\n}\n"),
		shows: "has moved to", refused: []string{unknownBlock},
	},
	versions.Import: {
		files:   files("import {\n  to = customerio_source_connection.this\n  id = \"SOURCE_ID\"\n}\n"),
		command: []string{"plan", "-generate-config-out=generated.tf"}, shows: "1 to import", refused: []string{unknownBlock, "flag provided but not defined"},
	},
	versions.Check: {
		files: files("check \"pipelines\" {\n  data \"customerio_pipelines\" \"all\" {}\n  assert {\n    condition     = length(data.customerio_pipelines.all.pipelines) == 7\n" +
			"    error_message = \"There should be seven.\"\n  }\n}\n"),
		shows: "There should be seven.", refused: []string{unknownBlock},
	},
	versions.ImportExpression: {
		files: files("data \"customerio_source_connection\" \"found\" {\n  name = \"By hand\"\n}\nimport {\n  to = customerio_source_connection.this\n" +
			"  id = data.customerio_source_connection.found.id\n}\n" + strings.Replace(source, "Shop", "By hand", 1)),
		shows: "1 to import", refused: []string{unknownBlock, "Variables not allowed"},
	},
	versions.Test: {
		files:   map[string]string{"main.tf": source, "source.tftest.hcl": "run \"applies\" {}\n"},
		command: []string{"test"}, shows: "1 passed, 0 failed", refused: []string{"experimental"},
	},
	versions.ImportEach: {
		files: files("import {\n  for_each = toset([\"SOURCE_ID\"])\n  to       = customerio_source_connection.all[each.key]\n  id       = each.key\n}\n" +
			"resource \"customerio_source_connection\" \"all\" {\n  for_each = toset([\"SOURCE_ID\"])\n  name     = \"By hand\"\n}\n"),
		shows: "1 to import", refused: []string{unknownBlock, "Unsupported argument"},
	},
	versions.Mocks: {
		files:   map[string]string{"main.tf": source, "mocks.tftest.hcl": "mock_provider \"customerio\" {\n" + defaults + "}\nrun \"applies\" {}\n"},
		command: []string{"test"}, shows: "1 passed, 0 failed", refused: []string{"experimental", unknownBlock},
	},
	versions.MockFiles: {
		files: map[string]string{"main.tf": source, "mocks/all.tfmock.hcl": defaults,
			"mocks.tftest.hcl": "mock_provider \"customerio\" {\n  source = \"./mocks\"\n}\nrun \"applies\" {}\n"},
		command: []string{"test"}, shows: "1 passed, 0 failed", refused: []string{"experimental", unknownBlock, "An argument named \"source\" is not expected here"},
	},
	versions.Removed: {
		before: source, files: files("removed {\n  from = customerio_source_connection.this\n  lifecycle {\n    destroy = false\n  }\n}\n"),
		shows: "0 to destroy", refused: []string{unknownBlock},
	},
	versions.Functions: {
		files: files("output \"events\" {\n  value = provider::customerio::events(\"email\")\n}\n"),
		// What is said here tells little, and so every example with functions has a required_version.
		shows: "email_sent", refused: []string{"Invalid character", "Missing newline after argument"},
	},
	versions.QuotedKeys: {
		files:   files("import {\n  to = customerio_mapping_set.this\n  id = \"SET_ID\"\n}\n"),
		command: []string{"plan", "-generate-config-out=generated.tf"}, shows: "1 to import", refused: []string{unknownBlock, "flag provided but not defined", "Reference to undeclared resource"},
	},
	versions.Ephemeral: {
		files: files("variable \"secret\" {\n  ephemeral = true\n  default   = \"a\"\n}\nephemeral \"customerio_adobe_access_token\" \"this\" {}\nprovider \"customerio\" {\n  alias = \"other\"\n" +
			"  adobe = { access_token = ephemeral.customerio_adobe_access_token.this.access_token }\n}\n" +
			strings.Replace(source, "{\n", "{\n  provider = customerio.other\n", 1)),
		command: []string{"apply", "-auto-approve"}, shows: "1 added", refused: []string{unknownBlock},
	},
	versions.WriteOnly: {
		files:   files(strings.Replace(account, "ARGUMENT", "params_wo         = jsonencode({ dataType = \"raw\" })\n    params_wo_version = 1", 1)),
		command: []string{"apply", "-auto-approve"}, shows: "1 added", refused: []string{"Write-only attributes are only supported in Terraform 1.11 and later"},
	},
	versions.Identity: {
		files: files("import {\n  to = customerio_source_connection.this\n  identity = {\n    id = \"SOURCE_ID\"\n  }\n}\n" + strings.Replace(source, "Shop", "By hand", 1)),
		shows: "1 to import", refused: []string{unknownBlock, "Unsupported argument"},
	},
	versions.Query: {
		files:   map[string]string{"main.tf": "", "all.tfquery.hcl": "list \"customerio_source_connection\" \"all\" {\n  provider = customerio\n  config {\n    include_unrelated = true\n  }\n}\n"},
		command: []string{"query"}, shows: "By hand", refused: []string{"has no command named \"query\"", "no command"},
	},
}

// TestFeatures tries each feature of the table.
func TestFeatures(t *testing.T) {
	t.Parallel()
	t.Log(acctest.InHand(t))
	for _, feature := range versions.All {
		if feature == versions.RefusedDestroy {
			continue // has a test of its own
		}
		t.Run(feature.Name, func(t *testing.T) {
			t.Parallel()
			trial, found := trials[feature]
			require.True(t, found, "say how to try it")
			output, err := try(t, trial)
			output = strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " ")
			if feature.In(acctest.InHand(t)) {
				require.NoError(t, err, output)
				require.Contains(t, output, trial.shows)
				return
			}
			t.Log(output)
			require.Condition(t, func() bool { return containsOne(output, trial.refused) }, "%s\nis none of %q", output, trial.refused)
		})
	}
}

func containsOne(text string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// try is the output of the trial's command. Where generated configuration has to be right, it is planned once more.
func try(t *testing.T, trial trial) (string, error) {
	t.Helper()
	world := acctest.New(t, simulator.Options{Provisioning: -1})
	ids := strings.NewReplacer("SCHEMA_ID", world.SchemaID, "DATASET_ID", world.DatasetID,
		"SOURCE_ID", world.MakeSourceConnection(t, "By hand"), "SET_ID", world.MakeMappingSet(t, "By hand"))
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Install()
	w.Write("versions.tf", acctest.Required)
	w.Write("main.tf", trial.before)
	if output, err := w.Try("init", "-no-color"); err != nil {
		return output, err
	}
	if trial.before != "" {
		w.Run("apply", "-auto-approve", "-no-color")
	}
	for name, text := range trial.files {
		w.Write(name, ids.Replace(text))
	}
	command := trial.command
	if command == nil {
		command = []string{"plan"}
	}
	output, err := w.Try(append(command, "-no-color")...)
	if err != nil || len(command) == 1 || command[0] == "apply" {
		return output, err
	}
	return w.Try("plan", "-no-color")
}

// A dataset that is protected stays, whatever the version: from some on, nothing else is deleted either, because the plan is refused.
func TestProtectionFromADestroy(t *testing.T) {
	t.Parallel()
	world := acctest.NewEmpty(t, simulator.Options{Provisioning: -1})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Write("main.tf", acctest.Required+strings.Replace(acctest.WholePipeline(), "  deletion_protection = false\n", "", 1))
	w.Run("apply", "-auto-approve", "-no-color")
	before := world.Objects()
	output, err := w.Try("destroy", "-auto-approve", "-no-color")
	require.Error(t, err)
	require.Contains(t, output, "Error: Dataset is protected")
	require.NotEmpty(t, world.Alive(simulator.KindDataSet))
	require.Equal(t, versions.RefusedDestroy.In(acctest.InHand(t)), len(before) == len(world.Objects()), "nothing was deleted")
}

var leastVersion = regexp.MustCompile(`required_version = ">= ([0-9.]+)"`)

// Older programs tell the reader of an example which version it needs, before anything else that they do not understand.
func TestExamplesSayWhichVersionTheyNeed(t *testing.T) {
	t.Parallel()
	for _, example := range []string{"pipeline", "testing", "multi-region", "import"} {
		t.Run(example, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t)
			w.Install()
			w.Copy("../../examples/" + example)
			least := ""
			for _, file := range []string{"versions.tf", "main.tf"} {
				if text, err := os.ReadFile(w.Path(file)); err == nil && leastVersion.Match(text) {
					least = string(leastVersion.FindSubmatch(text)[1])
				}
			}
			require.NotEmpty(t, least)
			output, err := w.Try("init", "-no-color")
			if !acctest.InHand(t).Version.Core().LessThan(version.Must(version.NewVersion(least))) {
				require.NoError(t, err, output)
				return
			}
			require.Error(t, err)
			if acctest.InHand(t).Version.LessThan(version.Must(version.NewVersion("1.5"))) {
				require.Regexp(t, "Error: (Unsupported|Missing (newline|argument separator))", output) // 1.0 says first what it cannot read
				return
			}
			require.Regexp(t, "Error: Unsupported (Terraform|OpenTofu) Core version", output)
			require.Contains(t, output, ">= "+least)
		})
	}
}
