// Package versions says from which version of Terraform and OpenTofu on which feature works. The provider's page has the same table. With the program in
// hand, a test proves it: what is there works, and what is not is refused in words that tell why.
package versions

import (
	"strings"

	"github.com/hashicorp/go-version"

	"github.com/customerio-source/terraform-provider-customerio/internal/commandline"
)

// Feature is something that users of the provider can do, from some version on.
type Feature struct {
	// Name is the feature as the table has it.
	Name string
	// Terraform and OpenTofu are the first versions that have it. Those of a program without it are empty.
	Terraform, OpenTofu string
}

// The features, as in the table.
var (
	Pipelines        = Feature{"resources and data sources", "1.0", "1.6"}
	Moved            = Feature{"`moved` blocks", "1.1", "1.6"}
	RefusedDestroy   = Feature{"a protected dataset refuses the plan of a destroy", "1.3", "1.6"}
	Import           = Feature{"`import` blocks, `-generate-config-out`", "1.5", "1.6"}
	Check            = Feature{"`check` blocks", "1.5", "1.6"}
	ImportExpression = Feature{"expressions as the ID of an `import` block", "1.6", "1.6"}
	Test             = Feature{"`terraform test`", "1.6", "1.6"}
	ImportEach       = Feature{"`import` blocks with `for_each`", "1.7", "1.7"}
	Mocks            = Feature{"`mock_provider` in tests", "1.7", "1.8"}
	MockFiles        = Feature{"mock defaults in files (`source` of `mock_provider`)", "1.7", ""}
	Removed          = Feature{"`removed` blocks", "1.7", "1.7"}
	Functions        = Feature{"provider functions", "1.8", "1.7"}
	QuotedKeys       = Feature{"generated configuration of a mapping set, without corrections", "1.9", ""}
	Ephemeral        = Feature{"ephemeral resources and variables", "1.10", "1.11"}
	WriteOnly        = Feature{"write-only attributes (`params_wo`)", "1.11", "1.11"}
	Identity         = Feature{"`identity` in `import` blocks", "1.12", "1.12"}
	Query            = Feature{"list resources (`terraform query`)", "1.14", ""}
)

// All are the features in the order of the table.
var All = []Feature{
	Pipelines, Moved, RefusedDestroy, Import, Check, ImportExpression, Test, ImportEach, Mocks, MockFiles, Removed, Functions, QuotedKeys, Ephemeral, WriteOnly, Identity, Query,
}

// In says whether a program has the feature.
func (f Feature) In(program commandline.Program) bool {
	first := f.Terraform
	if program.OpenTofu {
		first = f.OpenTofu
	}
	return first != "" && !program.Version.Core().LessThan(version.Must(version.NewVersion(first)))
}

// Needs names the programs that have the feature.
func (f Feature) Needs() string {
	var programs []string
	if f.Terraform != "" {
		programs = append(programs, "Terraform "+f.Terraform)
	}
	if f.OpenTofu != "" {
		programs = append(programs, "OpenTofu "+f.OpenTofu)
	}
	return strings.Join(programs, " or ")
}
