package acctest

import (
	"context"
	"os"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/versions"
	"github.com/customerio-source/terraform-provider-customerio/internal/commandline"
	"github.com/customerio-source/terraform-provider-customerio/internal/mirror"
)

// InHand is the program that the tests run.
func InHand(t testing.TB) commandline.Program {
	t.Helper()
	program, err := inHand()
	require.NoError(t, err)
	return program
}

var inHand = sync.OnceValues(func() (commandline.Program, error) {
	return commandline.Ask(context.Background(), chosen())
})

// Needs skips a test that the program in hand cannot run.
func Needs(t testing.TB, features ...versions.Feature) {
	t.Helper()
	program := InHand(t)
	for _, feature := range features {
		if !feature.In(program) {
			t.Skipf("%s: needs %s or later, and this is %s. Set TF_ACC_TERRAFORM_PATH to another one.", feature.Name, feature.Needs(), program)
		}
	}
}

// setRegistry makes terraform-plugin-testing serve the provider under the name of the registry that OpenTofu asks. Without a program, as in packages
// that test none, there is nothing to do.
func setRegistry() {
	if program, err := inHand(); err == nil && program.OpenTofu {
		_ = os.Setenv("TF_ACC_PROVIDER_HOST", mirror.Registries[1])
	}
}
