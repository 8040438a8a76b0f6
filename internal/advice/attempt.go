// Package advice turns an error of a service into a diagnostic: what failed, what the service said, and what to do next. What a
// refusal means stands in one table per service, from which the page of error codes is generated too.
package advice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
)

// Attempt is what the provider was doing when an error occurred.
type Attempt struct {
	// Verb and Object make the summary: "Unable to create dataflow". The tables know objects by the same name.
	Verb, Object string
	// Name is the name or ID of the object; empty if it has none.
	Name string
	// InOwnSandbox tells whether the configuration of the object names its sandbox, and not the provider's.
	InOwnSandbox bool
}

// Report adds one diagnostic for an error: what was being done, to which object, what the service said, and what to do next. It is
// on the attribute at fault if that is known.
func (a Attempt) Report(diags *diag.Diagnostics, err error) {
	if serviceOf(err) == ims.Service { // only the token failed, whatever it was for
		a = Attempt{Verb: "obtain", Object: "access token"}
	}
	summary := fmt.Sprintf("Unable to %s %s", a.Verb, a.Object)
	detail := inPlainWords(err.Error())
	if a.Name != "" {
		detail = fmt.Sprintf("%s %q: %s", a.Object, a.Name, detail)
	}
	detail = strings.TrimSuffix(Capital(detail), ".") + "."
	row, known := find(a, err)
	if !known {
		diags.AddError(summary, detail)
		return
	}
	attribute := row.attribute(a, err)
	detail += "\n\n" + row.nextStep(a, err, attribute)
	if attribute == "" {
		diags.AddError(summary, detail)
		return
	}
	diags.AddAttributeError(pathOf(attribute), summary, detail)
}

// inPlainWords replaces Go's words for the end of a context, which mean nothing to a user.
func inPlainWords(text string) string {
	return strings.NewReplacer("context deadline exceeded", "time ran out", "context canceled", "canceled").Replace(text)
}

// pathOf is the path of an attribute as the tables write it, such as "auth.spec_name".
func pathOf(attribute string) path.Path {
	root, members, nested := strings.Cut(attribute, ".")
	if !nested {
		return path.Root(root)
	}
	return path.Root(root).AtName(members)
}

// Capital begins a sentence with a text.
func Capital(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// Listed joins names for a sentence, in a stable order.
func Listed(names []string) string {
	return strings.Join(slices.Sorted(slices.Values(names)), ", ")
}
