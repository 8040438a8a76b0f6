package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/commandline"
	"github.com/customerio-source/terraform-provider-customerio/internal/mirror"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// registry answers as the registries of Terraform and OpenTofu do (documented: provider-registry-protocol), with the files of the release.
func (r release) registry(t *testing.T) http.Handler {
	t.Helper()
	const provider = "/v1/providers/" + mirror.Source
	platform := map[string]string{"os": runtime.GOOS, "arch": runtime.GOARCH}
	archive := "_" + runtime.GOOS + "_" + runtime.GOARCH + ".zip"
	server := http.NewServeMux()
	answer := func(path string, body any) {
		server.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(body)
		})
	}
	answer("/.well-known/terraform.json", map[string]any{"providers.v1": "/v1/providers/"})
	answer(provider+"/versions", map[string]any{"versions": []any{map[string]any{"version": r.version, "protocols": []string{"6.0"}, "platforms": []any{platform}}}})
	answer(provider+"/"+r.version+"/download/"+runtime.GOOS+"/"+runtime.GOARCH, map[string]any{
		"protocols": []string{"6.0"}, "os": runtime.GOOS, "arch": runtime.GOARCH, "filename": r.name(archive), "download_url": "/files/" + r.name(archive),
		"shasum": fmt.Sprintf("%x", sha256.Sum256(r.read(t, archive))), "shasums_url": "/files/" + r.name("_SHA256SUMS"), "shasums_signature_url": "/files/" + r.name("_SHA256SUMS.sig"),
		"signing_keys": map[string]any{"gpg_public_keys": []any{map[string]any{"key_id": "snapshot", "ascii_armor": string(r.read(t, "_key.asc"))}}},
	})
	server.Handle("GET /files/", http.StripPrefix("/files/", http.FileServer(http.Dir(r.folder))))
	return server
}

// fromRegistry is a workspace that asks for the release at a registry.
func (r release) fromRegistry(t *testing.T, program commandline.Program, environment ...string) (w *acctest.Workspace, host string) {
	t.Helper()
	registry := acctest.NewEmpty(t, simulator.Options{})
	registry.ServeTLS(t, r.registry(t))
	host = strings.TrimPrefix(registry.URL, "https://")
	w = acctest.NewWorkspace(t, append([]string{"TF_CLI_CONFIG_FILE="}, environment...)...)
	w.Use(program.Path)
	w.Write("main.tf", strings.Replace(acctest.Required, `"`+mirror.Source+`" }`, fmt.Sprintf("%q, version = %q }", host+"/"+mirror.Source, "= "+r.version), 1)+
		"data \"customerio_event_catalog\" \"all\" {}\n")
	return w, host
}

// TestReleaseComesFromARegistry: the command lines check the signature and the sums as with a published release, and lay a mirror as the guide says. From the
// mirror, the provider is installed where there is no network, with the lock file that was written where there was one.
func TestReleaseComesFromARegistry(t *testing.T) {
	t.Parallel()
	r := openRelease(t)
	for _, program := range programs(t) {
		t.Run(program.String(), func(t *testing.T) {
			t.Parallel()
			w, host := r.fromRegistry(t, program)
			require.Contains(t, w.Run("init", "-no-color"), "signed, key ID", "the signature was checked")
			w.Run("plan", "-no-color")
			platform := runtime.GOOS + "_" + runtime.GOARCH
			w.Run("providers", "mirror", "-platform="+platform, "mirror")
			w.Run("providers", "lock", "-platform="+platform)

			offline := acctest.NewWorkspace(t, "HTTPS_PROXY=http://127.0.0.1:1")
			offline.Use(program.Path)
			offline.Copy(w.Path("."))
			require.NoError(t, os.RemoveAll(offline.Path(".terraform")))
			offline.Write("cli.tfrc", strings.ReplaceAll(guided(t, "hcl"), "/opt/terraform/mirror", offline.Path("mirror")))
			offline.Run("init", "-no-color", "-lockfile=readonly")
			offline.Run("plan", "-no-color")
			require.Contains(t, offline.Run("version"), host)
		})
	}
}

// guided is the block of a language in the guide on installation.
func guided(t *testing.T, language string) string {
	t.Helper()
	text, err := os.ReadFile(repository + "/templates/guides/installation.md")
	require.NoError(t, err)
	block := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindSubmatch(text)
	require.NotNil(t, block, language)
	return string(block[1])
}
