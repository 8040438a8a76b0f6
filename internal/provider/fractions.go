package provider

import (
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// fraction is what terraform-plugin-framework v1.19.0 says of a number with a fraction where a whole one is wanted. It calls that an error in
// the provider and asks to report it.
var fraction = regexp.MustCompile(`Value %!s\(\*big\.Float=(\S+)\) is not an integer`)

// withoutFractions says so in words for the person who wrote the number.
func withoutFractions(diagnostics []*tfprotov6.Diagnostic) {
	for _, one := range diagnostics {
		if found := fraction.FindStringSubmatch(one.Detail); found != nil {
			one.Summary, one.Detail = "Not a whole number", fmt.Sprintf("The value must be a whole number, and it is %s.", found[1])
		}
	}
}
