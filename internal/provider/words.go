package provider

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// What terraform-plugin-framework v1.19.0 says of a number with a fraction, or with more than 64 bits, where a whole one is wanted. It calls that
// an error in the provider and asks to report it. Of a large number, it has no more than the first ten digits.
var (
	fraction = regexp.MustCompile(`Value %!s\(\*big\.Float=(\S+)\) is not an integer`)
	tooLarge = regexp.MustCompile(`Value %!s\(\*big\.Float=\S+\) cannot be represented as a 64-bit integer`)
)

// missingRequired is the framework's summary for what an object lacks. It takes one that is null for one that lacks all.
const missingRequired = "Missing Configuration for Required Attribute"

// inOurWords says so in words for the person who wrote the number, and leaves out what follows from an element that is null. Each is told once.
func inOurWords(diagnostics []*tfprotov6.Diagnostic) (said []*tfprotov6.Diagnostic) {
	for _, one := range diagnostics {
		if found := fraction.FindStringSubmatch(one.Detail); found != nil {
			one.Summary, one.Detail = "Not a whole number", fmt.Sprintf("The value must be a whole number, and it is %s.", found[1])
		} else if tooLarge.MatchString(one.Detail) {
			one.Summary, one.Detail = "Number out of range", fmt.Sprintf("The value must be a whole number from %d to %d.", int64(math.MinInt64), int64(math.MaxInt64))
		}
		follows := func(other *tfprotov6.Diagnostic) bool {
			return other.Summary == attribute.NullElement && isBelow(one.Attribute, other.Attribute)
		}
		if one.Summary == missingRequired && slices.ContainsFunc(diagnostics, follows) || slices.ContainsFunc(said, func(other *tfprotov6.Diagnostic) bool {
			return one.Summary == other.Summary && one.Detail == other.Detail && one.Attribute.Equal(other.Attribute)
		}) {
			continue
		}
		said = append(said, one)
	}
	return said
}

func isBelow(path, other *tftypes.AttributePath) bool {
	return path != nil && other != nil && strings.HasPrefix(path.String(), other.String()+".")
}
