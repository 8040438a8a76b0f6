// Package descriptions reads the vendors' own descriptions of their APIs. They are not part of the project.
package descriptions

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/oasdiff/yaml"
	"github.com/stretchr/testify/require"
)

// variable of the environment that names their folder.
const variable = "OPENAPI_DIR"

// Document is one vendor's description of one service.
type Document struct {
	// Base is the path under which the service is.
	Base   string
	Router routers.Router
	Paths  map[string]*openapi3.PathItem
}

// Spellings are other ways in which a description writes the same path: the Flow Service's has PATCH and DELETE of base
// connections with a slash at the end only, and the registry's has reads under any container but writes under "tenant".
var Spellings = []func(path string) string{
	func(path string) string { return path },
	func(path string) string { return path + "/" },
	func(path string) string { return strings.Replace(path, "/tenant/", "/global/", 1) },
}

// AreHere tells whether the descriptions are at hand.
func AreHere() bool { return os.Getenv(variable) != "" }

// Folder is where the descriptions are. A test that needs them is skipped without.
func Folder(t *testing.T) string {
	t.Helper()
	if !AreHere() {
		t.Skip(variable + " names no folder with the vendors' API descriptions")
	}
	return os.Getenv(variable)
}

// Load reads the descriptions of Adobe's services.
func Load(t *testing.T) []Document {
	t.Helper()
	dir := Folder(t)
	return []Document{
		loadDocument(t, filepath.Join(dir, "flow-service.yaml"), "/data/foundation/flowservice"),
		loadDocument(t, filepath.Join(dir, "data-prep.yaml"), "/data/foundation/conversion"),
		loadDocument(t, filepath.Join(dir, "catalog.yaml"), "/data/foundation/catalog"),
		loadSwagger(t, filepath.Join(dir, "schema-registry.yaml"), "/data/foundation/schemaregistry"),
	}
}

func loadDocument(t *testing.T, file, base string) Document {
	t.Helper()
	loaded, err := openapi3.NewLoader().LoadFromFile(file)
	require.NoError(t, err)
	return newDocument(t, loaded, base)
}

// loadSwagger reads the one description that is still in version 2 of the format. One of its definitions has a colon in its
// name, which version 3 does not allow.
func loadSwagger(t *testing.T, file, base string) Document {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	text = []byte(strings.ReplaceAll(string(text), "meta:datasetNamespace", "datasetNamespace"))
	var old openapi2.T
	_, err = yaml.Unmarshal(text, &old, yaml.DecodeOpts{})
	require.NoError(t, err)
	converted, err := openapi2conv.ToV3(&old)
	require.NoError(t, err)
	return newDocument(t, converted, base)
}

func newDocument(t *testing.T, loaded *openapi3.T, base string) Document {
	t.Helper()
	loaded.Servers = openapi3.Servers{{URL: base}}
	router, err := gorillamux.NewRouter(loaded)
	require.NoError(t, err)
	return Document{Base: base, Router: router, Paths: loaded.Paths.Map()}
}
