package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	repository = "../../.."
	// largest is how large an executable may be. With its symbols, it would be half as large again.
	largest = 28 << 20
	// library is one that every build contains.
	library = "github.com/hashicorp/terraform-plugin-framework"
)

// release is a folder with the files of one.
type release struct{ folder, version string }

func openRelease(t *testing.T) release {
	t.Helper()
	if *dist == "" {
		t.Skip("needs a release in -dist: run make release-snapshot")
	}
	sums, err := filepath.Glob(filepath.Join(*dist, "terraform-provider-customerio_*_SHA256SUMS"))
	require.NoError(t, err)
	require.Len(t, sums, 1)
	return release{*dist, regexp.MustCompile(`customerio_(.+)_SHA256SUMS`).FindStringSubmatch(sums[0])[1]}
}

func (r release) name(rest string) string { return "terraform-provider-customerio_" + r.version + rest }

func (r release) read(t *testing.T, rest string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(r.folder, r.name(rest)))
	require.NoError(t, err)
	return text
}

// platforms are those that "make vet-platforms" compiles.
func platforms(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, "GNUmakefile"))
	require.NoError(t, err)
	list := regexp.MustCompile(`PLATFORMS \?= ((?:.*\\\n)*.*)`).FindSubmatch(text)
	require.NotNil(t, list)
	return strings.Fields(strings.ReplaceAll(string(list[1]), "\\\n", " "))
}

// TestReleaseHasWhatRegistriesExpect: the names and contents that the registries of Terraform and OpenTofu publish providers by. It is part of
// "make release-snapshot".
func TestReleaseHasWhatRegistriesExpect(t *testing.T) {
	t.Parallel()
	r := openRelease(t)
	sums := map[string]string{}
	for line := range strings.Lines(string(r.read(t, "_SHA256SUMS"))) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		sums[name] = sum
	}
	require.Len(t, platforms(t), 13)
	for _, platform := range platforms(t) {
		rest := "_" + strings.Replace(platform, "/", "_", 1) + ".zip"
		require.Equal(t, fmt.Sprintf("%x", sha256.Sum256(r.read(t, rest))), sums[r.name(rest)], platform)
		delete(sums, r.name(rest))
		r.requireProvider(t, rest, platform)
	}
	manifest, err := os.ReadFile(filepath.Join(repository, "terraform-registry-manifest.json"))
	require.NoError(t, err)
	require.JSONEq(t, `{"version": 1, "metadata": {"protocol_versions": ["6.0"]}}`, string(manifest))
	require.Equal(t, map[string]string{r.name("_manifest.json"): fmt.Sprintf("%x", sha256.Sum256(manifest))}, sums)
	require.NotEmpty(t, r.read(t, "_SHA256SUMS.sig"))
}

func (r release) requireProvider(t *testing.T, rest, platform string) {
	t.Helper()
	archive, err := zip.OpenReader(filepath.Join(r.folder, r.name(rest)))
	require.NoError(t, err)
	defer func() { require.NoError(t, archive.Close()) }()
	program := "terraform-provider-customerio_v" + r.version
	if strings.HasPrefix(platform, "windows/") {
		program += ".exe"
	}
	var names []string
	for _, file := range archive.File {
		names = append(names, file.Name)
		require.Less(t, file.UncompressedSize64, uint64(largest), "%s %s", platform, file.Name)
	}
	require.ElementsMatch(t, []string{program, "LICENSE", "CHANGELOG.md"}, names, platform)
}

// The bills name the libraries in the executables, by version.
func TestReleaseHasBillsOfMaterials(t *testing.T) {
	t.Parallel()
	r := openRelease(t)
	var cyclone struct {
		Format     string `json:"bomFormat"`
		Metadata   struct{ Component struct{ Name, Version string } }
		Components []struct{ Name, Version string }
	}
	require.NoError(t, json.Unmarshal(r.read(t, ".cdx.json"), &cyclone))
	require.Equal(t, "CycloneDX", cyclone.Format)
	require.Equal(t, r.version, cyclone.Metadata.Component.Version)
	in := map[string]int{}
	for _, component := range cyclone.Components {
		in[component.Name]++
		require.False(t, strings.HasPrefix(component.Name, "github.com/") && component.Name != "github.com/customerio-source/terraform-provider-customerio" &&
			!strings.HasPrefix(component.Version, "v"), "%s has the version %q", component.Name, component.Version)
	}
	require.Equal(t, 1, in[library])
	var spdx struct {
		Version  string `json:"spdxVersion"`
		Packages []struct{ Name string }
	}
	require.NoError(t, json.Unmarshal(r.read(t, ".spdx.json"), &spdx))
	require.Contains(t, spdx.Version, "SPDX-")
	in = map[string]int{}
	for _, one := range spdx.Packages {
		in[one.Name]++
	}
	require.Equal(t, 1, in[library])
}
