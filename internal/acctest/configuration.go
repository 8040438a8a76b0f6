package acctest

import (
	"fmt"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Resource is the configuration of a resource "this" with the given arguments.
func Resource(typeName string, arguments ...string) string {
	return block("resource", typeName, "this", arguments)
}

// Data is the configuration of a data source "this" with the given arguments.
func Data(typeName string, arguments ...string) string {
	return block("data", typeName, "this", arguments)
}

func block(kind, typeName, label string, arguments []string) string {
	return kind + ` "` + typeName + `" "` + label + `" {
  ` + strings.Join(arguments, "\n  ") + `
}
`
}

// ConfigWith is [World.Config] with a further setting of the provider.
func (w *World) ConfigWith(setting, resources string) string {
	return w.ProviderConfig(setting) + w.fill(resources)
}

// ConfigWithoutSandbox is [World.Config] with a provider that has no sandbox.
func (w *World) ConfigWithoutSandbox(resources string) string {
	return strings.Replace(w.Config(resources), fmt.Sprintf("sandbox_name  = %q", simulator.DefaultSandbox), "", 1)
}

// fill puts the IDs of the world's schema and dataset where SCHEMA_ID and DATASET_ID stand for them.
func (w *World) fill(text string) string {
	return strings.NewReplacer("SCHEMA_ID", w.SchemaID, "DATASET_ID", w.DatasetID).Replace(text)
}
