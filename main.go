// The Terraform provider for the Customer.io source of Adobe Experience Platform.
package main

import (
	"flag"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/customerio-source/terraform-provider-customerio/internal/export"
	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	if len(os.Args) > 1 && os.Args[1] == "export" {
		os.Exit(export.Main(version, os.Args[2:]))
	}
	debug := flag.Bool("debug", false, "run so that a debugger can attach; prints what Terraform needs in TF_REATTACH_PROVIDERS")
	flag.Parse()
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	if err := tf6server.Serve("registry.terraform.io/customerio-source/customerio", provider.NewServer(version), options...); err != nil {
		log.Fatal(err)
	}
}
