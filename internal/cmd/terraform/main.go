// Command terraform prints the path of the Terraform, or of the OpenTofu, to test with.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"

	"github.com/customerio-source/terraform-provider-customerio/internal/commandline"
)

// needed is the first version with write-only arguments, which the tests use.
const needed = "1.11"

func main() {
	log.SetFlags(0)
	oldest := flag.String("oldest", needed, "the oldest `version` to accept")
	flag.Parse()
	path, err := commandline.Find(context.Background(), *oldest)
	if err != nil {
		log.Fatalf("terraform: %s", err)
	}
	fmt.Println(path)
}
