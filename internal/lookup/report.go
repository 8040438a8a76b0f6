package lookup

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// inWorkspace is where an object of Customer.io is looked for, as messages say it.
const inWorkspace = "in the workspace that the App API key belongs to (`customerio.app_api_key`)"

// Match is an object that has the name that is looked for.
type Match struct {
	ID, Name string
	// Also is the value of [Lookup.Also].
	Also string
	// Created is zero if the service does not say.
	Created time.Time
	// Traits distinguish objects of one name, such as "version 3". They hold no secrets.
	Traits []string
}

func (m Match) String() string {
	parts := []string{fmt.Sprintf("%s: %q", m.ID, m.Name)}
	if !m.Created.IsZero() {
		parts = append(parts, "created "+m.Created.UTC().Format(time.RFC3339))
	}
	return strings.Join(append(parts, m.Traits...), ", ")
}

// wrongCount is the error for none or several matches. It lists several with the newest first.
func (l Lookup[M, C, O]) wrongCount(attribute, value, place string, matches []Match) diag.Diagnostic {
	if len(matches) == 0 {
		advised := "Upper and lower case count. Check"
		if attribute == l.Also {
			advised = "Check"
		}
		return diag.NewAttributeErrorDiagnostic(path.Root(attribute), advice.Capital(l.Object)+" not found", fmt.Sprintf(
			"There is no %s with the %s %q %s.\n\n%s `%s`, or set `id` instead.", l.Object, attribute, value, place, advised, attribute))
	}
	slices.SortFunc(matches, func(a, b Match) int {
		return cmp.Or(b.Created.Compare(a.Created), cmp.Compare(a.ID, b.ID))
	})
	var lines strings.Builder
	for _, match := range matches {
		fmt.Fprintf(&lines, "\n  - %s", match)
	}
	advised := fmt.Sprintf("Set `id` instead of `%s`", attribute)
	if attribute == l.NameAttribute {
		advised += ", or rename the others"
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(attribute), fmt.Sprintf("More than one %s found", l.Object), fmt.Sprintf(
		"There are %d %ss with the %s %q %s:\n%s\n\n%s.", len(matches), l.Object, attribute, value, place, lines.String(), advised))
}

// ReportMissing reports a failed read of an object that a configuration names. If the object was not found, the error is on the
// attribute that names it.
func (c Call[C]) ReportMissing(attribute path.Path, attempt advice.Attempt, err error) {
	if !transport.IsNotFound(err) {
		c.Report(attempt, err)
		return
	}
	object := advice.Capital(attempt.Object)
	c.Diagnostics.AddAttributeError(attribute, object+" not found", fmt.Sprintf("%s %q: %s.\n\nCheck the ID, and that the %s is %s.",
		object, attempt.Name, err, attempt.Object, c.Place))
}
