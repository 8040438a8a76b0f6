package advice_test

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

// goldenFiles show each refusal as users meet it.
const goldenFiles = "../diagnostics/testdata"

// resources are the types of the objects that rows speak of.
var resources = map[string]string{
	"base connection": "customerio_base_connection", "source connection": "customerio_source_connection",
	"target connection": "customerio_target_connection", "dataflow": "customerio_dataflow", "schema": "customerio_target_schema",
	"dataset": "customerio_target_dataset", "mapping set": "customerio_mapping_set", "reporting webhook": "customerio_reporting_webhook",
}

func schemas(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	found, err := provider.NewServer("test")().GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	require.NoError(t, err)
	return found
}

// hasAttribute looks for a path such as "auth.spec_name".
func hasAttribute(attributes []*tfprotov6.SchemaAttribute, path string) bool {
	name, rest, nested := strings.Cut(path, ".")
	for _, attribute := range attributes {
		if attribute.Name == name {
			return !nested || attribute.NestedType != nil && hasAttribute(attribute.NestedType.Attributes, rest)
		}
	}
	return false
}

func forEachRow(t *testing.T, test func(t *testing.T, row advice.Row)) {
	t.Helper()
	for _, table := range advice.Tables() {
		for _, row := range table.Rows {
			t.Run(table.Title+"/"+strings.Join(append(row.Codes, row.Answer), " "), func(t *testing.T) { test(t, row) })
		}
	}
}

func TestAttributesAtFaultExist(t *testing.T) {
	t.Parallel()
	known := schemas(t).ResourceSchemas
	forEachRow(t, func(t *testing.T, row advice.Row) {
		t.Helper()
		for object, attribute := range row.At {
			require.Contains(t, resources, object)
			require.True(t, hasAttribute(known[resources[object]].Block.Attributes, attribute), "a %s has no %s", object, attribute)
		}
		if row.Object != "" {
			require.Contains(t, resources, row.Object)
		}
		for _, attribute := range row.Fields {
			require.True(t, slices.ContainsFunc(slices.Collect(maps.Keys(resources)), func(object string) bool {
				return (row.Object == "" || row.Object == object) && hasAttribute(known[resources[object]].Block.Attributes, attribute)
			}), "no object has %s", attribute)
		}
	})
}

var named = regexp.MustCompile("`([a-z_.]+)`")

// TestNamedAttributesExist looks at what texts quote: settings of the provider and attributes of resources.
func TestNamedAttributesExist(t *testing.T) {
	t.Parallel()
	all := schemas(t)
	exists := func(name string) bool {
		if hasAttribute(all.Provider.Block.Attributes, name) {
			return true
		}
		for _, one := range slices.Concat(slices.Collect(maps.Values(all.ResourceSchemas)), slices.Collect(maps.Values(all.DataSourceSchemas))) {
			if hasAttribute(one.Block.Attributes, name) {
				return true
			}
		}
		return all.ResourceSchemas[name] != nil || all.DataSourceSchemas[name] != nil
	}
	forEachRow(t, func(t *testing.T, row advice.Row) {
		t.Helper()
		meaning, next := row.Page()
		require.NotContains(t, meaning+next, "{", "a placeholder is unknown")
		for _, quoted := range named.FindAllStringSubmatch(meaning+" "+next, -1) {
			require.True(t, exists(quoted[1]) || quoted[1] == "json", "%s does not exist", quoted[1])
		}
	})
}

func TestEveryCodeHasAGoldenFile(t *testing.T) {
	t.Parallel()
	folders := map[string]string{"FLOW-": "flow-service/", "XDM-": "data/xdm-"}
	forEachRow(t, func(t *testing.T, row advice.Row) {
		t.Helper()
		for _, code := range row.Codes {
			pattern := "*/" + code
			for prefix, folder := range folders {
				if short, is := strings.CutPrefix(code, prefix); is {
					pattern = folder + short
				}
			}
			files, err := filepath.Glob(filepath.Join(goldenFiles, pattern+"*.txt"))
			require.NoError(t, err)
			require.NotEmpty(t, files, "%s has no file in %s", code, goldenFiles)
		}
	})
}

// Two rows for one code must differ in what they are for, or the second one never counts.
func TestNoRowHidesAnother(t *testing.T) {
	t.Parallel()
	rows := map[string]advice.Row{}
	forEachRow(t, func(t *testing.T, row advice.Row) {
		t.Helper()
		for _, code := range row.Codes {
			key := code + row.Verb + row.Object
			require.NotContains(t, rows, key)
			rows[key] = row
		}
	})
}
