package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// importConfiguration adopts a dataflow that exists. Its resource block is left for Terraform to generate.
const importConfiguration = `terraform {
  required_providers {
    customerio = {
      source = "customerio-source/customerio"
    }
  }
}

provider "customerio" {}

import {
  to = customerio_dataflow.adopted
  id = %q
}
`

// importDataflow is what somebody does who finds a dataflow made by hand: the generated configuration must be valid
// as it is, and describe the dataflow completely.
func (s *story) importDataflow(ctx context.Context) error {
	second, err := newWorkspace(filepath.Join(s.folder, "imported"), s.terraform, s.report)
	if err != nil {
		return err
	}
	if err := second.write("main.tf", fmt.Appendf(nil, importConfiguration, s.dataflowID)); err != nil {
		return err
	}
	plan, err := second.plan(ctx, tfexec.GenerateConfigOut("generated.tf"))
	if err != nil {
		return err
	}
	s.report.detail("%s", summary(plan))
	if err := requireOnlyImport(plan); err != nil {
		return err
	}
	if err := second.apply(ctx); err != nil {
		return err
	}
	if err := second.requireNoChanges(ctx); err != nil {
		return err
	}
	s.report.detail("%s with the generated configuration", s.report.good("no changes"))
	return nil
}
