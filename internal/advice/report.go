// Package advice turns an error of a service into a diagnostic: what failed, what the service said, and what to do next.
package advice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Attempt is what a resource was doing when a service refused, for the one diagnostic that the user gets.
type Attempt struct {
	// Verb and Object make the summary: "Unable to create dataflow".
	Verb, Object string
	// Name tells which object: its name or id.
	Name string
	// Attributes maps what the service names, a code without prefix ("1412-400") or a field ("endpoint"), to the attribute
	// at fault.
	Attributes map[string]path.Path
}

// Report turns an error of the API into one diagnostic: what was being done, to which object, what the service said, and
// what to do next, on the attribute at fault where one is known.
func (o Attempt) Report(diags *diag.Diagnostics, err error) {
	summary := fmt.Sprintf("Unable to %s %s", o.Verb, o.Object)
	detail := Capital(err.Error())
	if o.Name != "" {
		detail = fmt.Sprintf("%s %q: %s", Capital(o.Object), o.Name, err)
	}
	if !strings.HasSuffix(detail, ".") {
		detail += "."
	}
	if next := o.nextStep(err); next != "" {
		detail += "\n\n" + next
	}
	if attribute, known := o.attributeAtFault(err); known {
		diags.AddAttributeError(attribute, summary, detail)
		return
	}
	diags.AddError(summary, detail)
}

func (o Attempt) attributeAtFault(err error) (path.Path, bool) {
	var conflict *objects.ConflictError
	if errors.As(err, &conflict) {
		if attribute, known := o.Attributes[conflict.Member]; known {
			return attribute, true
		}
		return path.Root(conflict.Member), true
	}
	var refused *transport.Error
	if !errors.As(err, &refused) {
		return path.Path{}, false
	}
	if attribute, known := o.Attributes[codeOf(refused)]; known {
		return attribute, true
	}
	for _, field := range slices.Backward(strings.Split(refused.Pointer, "/")) { // the last may be the index in a list
		if attribute, known := o.Attributes[field]; known {
			return attribute, true
		}
	}
	return path.Path{}, false
}

func (o Attempt) nextStep(err error) string {
	var refused *transport.Error
	var several *objects.SeveralError
	var unknown *objects.UnknownError
	var conflict *objects.ConflictError
	switch {
	case errors.As(err, &conflict):
		return fmt.Sprintf("Somebody else, or another Terraform, changed the same since this was planned, and that is left as it is. Plan again: the plan "+
			"shows both values, and applying it overwrites theirs. Where two configurations manage one %s, leave it to one of them.", o.Object)
	case errors.As(err, &several):
		return fmt.Sprintf("One of them may be what was asked for, and which one the service does not tell. Delete those that nobody uses, and apply "+
			"again; to keep one, terraform state rm and terraform import it. The %s is not made again while that is open.", o.Object)
	case errors.Is(err, context.Canceled):
		return "The operation was cancelled. The next plan shows what is left to do."
	case transport.IsAmbiguous(err) && !errors.As(err, &unknown):
		return "It may have been carried out all the same. Apply again once the service answers: the plan shows what is left to do."
	case errors.As(err, &unknown):
		return fmt.Sprintf("The %s may exist all the same, and it could not be looked for. Apply again once the service answers: it is looked for "+
			"first, and what is found is replaced, so that there is one in the end.", o.Object)
	case errors.As(err, &refused):
		return o.advice(refused)
	case errors.Is(err, context.DeadlineExceeded):
		return "Apply again to go on. If the service needs longer, raise the resource's timeouts."
	}
	var unanswered *transport.UnansweredError
	var unreadable *transport.UnreadableError
	switch {
	case errors.As(err, &unanswered):
		return "Check the network, the proxy and " + addressOf(unanswered.Service) + ", then apply again."
	case errors.As(err, &unreadable):
		return "Something between here and the service may have answered in its place: check the proxy and " + addressOf(unreadable.Service) + "."
	}
	return ""
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
