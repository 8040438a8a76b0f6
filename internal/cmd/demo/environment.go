package main

import (
	"os"
	"strings"
)

// variable is one variable of the environment that Terraform and the provider run in.
type variable struct{ name, value string }

// isolateEnvironment takes out of this process, and so of all that it starts, what would lead Terraform or the
// provider elsewhere: settings of Terraform's command line and credentials of real accounts.
func isolateEnvironment() error {
	for _, assignment := range os.Environ() {
		name, _, _ := strings.Cut(assignment, "=")
		if !steersTerraform(name) {
			continue
		}
		if err := os.Unsetenv(name); err != nil {
			return err
		}
	}
	// Otherwise every Terraform command asks HashiCorp for news.
	return os.Setenv("CHECKPOINT_DISABLE", "1")
}

func steersTerraform(name string) bool {
	for _, prefix := range []string{"TF_", "ADOBE_", "CUSTOMERIO_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

func setEnvironment(variables []variable) error {
	for _, variable := range variables {
		if err := os.Setenv(variable.name, variable.value); err != nil {
			return err
		}
	}
	return nil
}
