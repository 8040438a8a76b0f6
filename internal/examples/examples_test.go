// Package examples_test applies everything in examples/.
package examples_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/versions"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

const root = "../../examples"

func TestMain(m *testing.M) { acctest.Main(m) }

// apart are the examples with tests of their own in this package.
var apart = map[string]bool{
	"import": true, "monitoring": true, "pipeline": true, "provider": true, "multi-region": true, "multi-region/pipeline": true, "testing": true, "testing/tests/preview": true,
}

// folders are the examples with a configuration.
func folders(t *testing.T) []string {
	t.Helper()
	found := map[string]bool{}
	var names []string
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		folder, _ := filepath.Rel(root, filepath.Dir(path))
		if err == nil && strings.HasSuffix(path, ".tf") && !found[folder] && !apart[folder] {
			found[folder] = true
			names = append(names, folder)
		}
		return err
	}))
	require.Greater(t, len(names), 20)
	return names
}

// documented is a world with the objects whose names the documentation uses, and a replacer of the documented IDs by theirs.
func documented(t *testing.T) (*acctest.World, *strings.Replacer) {
	t.Helper()
	world := acctest.New(t, simulator.Options{})
	world.GiveFields(t, func(properties map[string]any) { properties["origin"] = map[string]any{"type": "string"} })
	const flowService = "/data/foundation/flowservice"
	base := world.Make(t, flowService+"/connections", `{"name":"Customer.io","connectionSpec":{"id":"96479064-7b8a-4d69-b9ed-21c5683837ea","version":"1.0"}}`)
	source := world.Make(t, flowService+"/sourceConnections",
		`{"name":"Customer.io","connectionSpec":{"id":"96479064-7b8a-4d69-b9ed-21c5683837ea","version":"1.0"},"data":{"format":"json"}}`)
	target := world.Make(t, flowService+"/targetConnections", `{"name":"Customer.io events","connectionSpec":{"id":"c604ff05-7f1a-43c0-8e18-33bf874cb11c","version":"1.0"},
		"data":{"format":"json","schema":{"id":"SCHEMA_ID","version":"application/vnd.adobe.xed-full+json;version=1"}},"params":{"dataSetId":"DATASET_ID"}}`)
	set := world.Make(t, "/data/foundation/conversion/mappingSets", `{"name":"Customer.io events","outputSchema":{"schemaRef":{"id":"SCHEMA_ID",
		"contentType":"application/vnd.adobe.xed-full+json;version=1"}},"mappings":[{"sourceType":"ATTRIBUTE","source":"metric","destination":"_acme.metric"}]}`)
	flow := world.Make(t, flowService+"/flows", fmt.Sprintf(`{"name":"Customer.io","flowSpec":{"id":"e77fde5a-22a8-11ed-861d-0242ac120002","version":"1.0"},
		"sourceConnectionIds":[%q],"targetConnectionIds":[%q],"transformations":[{"name":"Mapping","params":{"mappingId":%q,"mappingVersion":0}}]}`, source, target, set))
	webhook := world.Make(t, "/v1/reporting_webhooks", `{"name":"Shop to Adobe Experience Platform","endpoint":"https://example.com","events":["email_sent"],
		"disabled":false,"full_resolution":false,"with_content":false}`)
	world.Keep()
	return world, strings.NewReplacer(
		"fd9f7455-1e23-4831-9283-7717e20bee40", base, "133bb51f-f310-4b4a-b8b2-731aef1e223c", source, "da8b75ad-f6ee-4991-95df-291e62936e98", target,
		"59c0e53a2dc84f7791ecc1b3d6e51d5e", set, "e7c80e4c0d8f4a98a7d400b4e178b635", set, "4982698b-e6b3-48c2-8dcf-040e20121fd2", flow,
		"63ec807d3f5ce91bd2d06c65", world.DatasetID, "https://ns.adobe.com/acme/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a", world.SchemaID,
		"https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3", world.Inlet(t, flow),
		`id = "4"`, fmt.Sprintf("id = %q", webhook), `id     = "4"`, fmt.Sprintf("id     = %q", webhook), "this 4\n", "this "+webhook+"\n",
	)
}

// workspace holds a copy of an example with the IDs of the world's objects.
func workspace(t *testing.T, world *acctest.World, ids *strings.Replacer, files ...string) *acctest.Workspace {
	t.Helper()
	w := acctest.NewWorkspace(t, append(world.Credentials(), `TF_VAR_connection_params={"dataType":"raw","name":"Shop"}`)...)
	w.Write("provider.tf", acctest.Required)
	for _, file := range files {
		text := ids.Replace(read(t, file))
		if strings.Contains(text, "required_providers") {
			w.Write("provider.tf", "")
		}
		w.Write(filepath.Base(file), text)
	}
	return w
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, file))
	require.NoError(t, err)
	return string(text)
}

// Every example is applied, has an empty plan after that, and is destroyed without a trace.
func TestEveryExampleIsApplied(t *testing.T) {
	t.Parallel()
	for _, folder := range folders(t) {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			world, ids := documented(t)
			files, err := filepath.Glob(filepath.Join(root, folder, "*.tf"))
			require.NoError(t, err)
			var names []string
			for _, file := range files {
				if !strings.HasPrefix(filepath.Base(file), "import") {
					names = append(names, filepath.Join(folder, filepath.Base(file)))
				}
			}
			w := workspace(t, world, ids, names...)
			w.Environment = append(w.Environment, "TF_VAR_dataflow_id="+ids.Replace("4982698b-e6b3-48c2-8dcf-040e20121fd2"))
			w.Run("apply", "-auto-approve", "-no-color")
			w.NothingToChange()
			requireOutputs(t, w, names)
			destroy(t, w)
			require.NoError(t, world.NothingLeft(nil))
		})
	}
}

// A dataset does not store a record without these, and mappings are copied from any page.
func TestMappingsOfExamplesFillTheRequiredFields(t *testing.T) {
	t.Parallel()
	for _, folder := range folders(t) {
		files, err := filepath.Glob(filepath.Join(root, folder, "*.tf"))
		require.NoError(t, err)
		for _, file := range files {
			text := read(t, filepath.Join(folder, filepath.Base(file)))
			if !strings.Contains(text, `resource "customerio_mapping_set"`) || !strings.Contains(text, " mappings = {") {
				continue
			}
			for _, field := range []string{`"_id"`, `"timestamp"`} {
				require.Contains(t, text, field+" ", file)
			}
		}
	}
}

var outputs = regexp.MustCompile(`(?m)^# Outputs:\n((?:#.*\n)+)`)

// requireOutputs wants the outputs that examples show in a comment.
func requireOutputs(t *testing.T, w *acctest.Workspace, files []string) {
	t.Helper()
	for _, file := range files {
		if shown := outputs.FindStringSubmatch(w.Read(filepath.Base(file))); shown != nil {
			require.Contains(t, w.Run("output", "-no-color"), strings.ReplaceAll("\n"+shown[1], "\n# ", "\n")[1:], file)
		}
	}
}

var protection = regexp.MustCompile(`deletion_protection = true`)

// destroy first applies deletion_protection = false where an example protects something.
func destroy(t *testing.T, w *acctest.Workspace) {
	t.Helper()
	if files, _ := filepath.Glob(w.Path("*.tf")); len(files) > 0 {
		for _, file := range files {
			name := filepath.Base(file)
			w.Write(name, protection.ReplaceAllString(w.Read(name), "deletion_protection = false"))
		}
	}
	w.Run("apply", "-auto-approve", "-no-color")
	w.Run("destroy", "-auto-approve", "-no-color")
}

// Every import, by block and by command, takes over what exists. The configuration that Terraform generates for it plans no change.
func TestEveryImport(t *testing.T) {
	t.Parallel()
	blocks, err := filepath.Glob(filepath.Join(root, "resources", "*", "import-by-string-id.tf"))
	require.NoError(t, err)
	require.Len(t, blocks, 8)
	for _, block := range blocks {
		folder := filepath.Join("resources", filepath.Base(filepath.Dir(block)))
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			needsQuotedKeys(t, folder)
			world, ids := documented(t)
			w := workspace(t, world, ids, filepath.Join(folder, "import-by-string-id.tf"))
			w.Run("plan", "-no-color", "-generate-config-out=generated.tf", "-out=plan")
			w.Run("apply", "-no-color", "plan")
			w.NothingToChange()

			w.Write("import-by-string-id.tf", "")
			command := strings.Fields(lastLine(ids.Replace(read(t, filepath.Join(folder, "import.sh")))))
			require.Equal(t, []string{"terraform", "import"}, command[:2])
			w.Run("state", "rm", command[2])
			w.Run(append([]string{"import", "-no-color"}, command[2:]...)...)
			w.NothingToChange()
		})
	}
}

// needsQuotedKeys skips the import of a mapping set where the generated configuration has to be corrected by hand, as the guide on imports says.
func needsQuotedKeys(t *testing.T, folder string) {
	t.Helper()
	if filepath.Base(folder) == "customerio_mapping_set" {
		acctest.Needs(t, versions.QuotedKeys)
	}
}

// Every import by identity takes over what exists, where Terraform knows identities.
func TestEveryImportByIdentity(t *testing.T) {
	t.Parallel()
	blocks, err := filepath.Glob(filepath.Join(root, "resources", "*", "import-by-identity.tf"))
	require.NoError(t, err)
	require.Len(t, blocks, 8)
	for _, block := range blocks {
		folder := filepath.Join("resources", filepath.Base(filepath.Dir(block)))
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			world, ids := documented(t)
			w := workspace(t, world, ids, filepath.Join(folder, "import-by-identity.tf"))
			acctest.Needs(t, versions.Identity)
			needsQuotedKeys(t, folder)
			w.Run("plan", "-no-color", "-generate-config-out=generated.tf", "-out=plan")
			w.Run("apply", "-no-color", "plan")
			w.NothingToChange()
		})
	}
}

// Every list block finds an object, where Terraform has queries, or nothing where its filter says so.
func TestEveryListResource(t *testing.T) {
	t.Parallel()
	lists, err := filepath.Glob(filepath.Join(root, "list-resources", "*", "list-resource.tfquery.hcl"))
	require.NoError(t, err)
	require.Len(t, lists, 8)
	for _, list := range lists {
		folder := filepath.Join("list-resources", filepath.Base(filepath.Dir(list)))
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			world, ids := documented(t)
			w := workspace(t, world, ids, filepath.Join(folder, "list-resource.tfquery.hcl"))
			acctest.Needs(t, versions.Query)
			w.Run("query", "-no-color")
		})
	}
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}
