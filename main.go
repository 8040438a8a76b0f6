// The Terraform provider for the Customer.io source of Adobe Experience Platform.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "run so that a debugger can attach; prints what Terraform needs in TF_REATTACH_PROVIDERS")
	flag.Parse()
	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/customerio-source/customerio",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
