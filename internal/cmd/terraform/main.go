// Command terraform prints the path of the Terraform, or of the OpenTofu, to test with.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/customerio-source/terraform-provider-customerio/internal/commandline"
)

// oldest is the first version with write-only arguments, which the tests use.
const oldest = "1.11"

func main() {
	log.SetFlags(0)
	path, err := commandline.Find(context.Background(), oldest)
	if err != nil {
		log.Fatalf("terraform: %s", err)
	}
	fmt.Println(path)
}
