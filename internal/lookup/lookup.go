// Package lookup finds the one object that a data source reads, by ID or by name.
package lookup

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Where objects are looked for, as errors say it.
const (
	InSandbox   = "in the sandbox that the provider uses (adobe.sandbox_name)"
	InWorkspace = "in the workspace that the App API key belongs to (customerio.app_api_key)"
)

// Lookup is how a data source finds the one object that it reads, by id or by name.
type Lookup[T any] struct {
	// Object is what it is called, "dataflow", and Place where it is looked for, such as [InSandbox].
	Object, Place string
	// NameAttribute holds the name: "name" or "title".
	NameAttribute string
	// List finds the objects of exactly a name, and Read reads one by its id.
	List func(ctx context.Context, name string) ([]Candidate, error)
	Read func(ctx context.Context, id string) (*T, error)
}

// Candidate is an object of the name that is looked for.
type Candidate struct {
	ID, Name string
	// Created is zero where the service does not tell.
	Created time.Time
	// Traits are what else tells it apart from others of the name, such as "version 3".
	Traits []string
}

// Find reads the object with the id, or the only one of the name where the id is null. It returns nil with one error, on the
// attribute that was given, where there is none or more than one.
func (l Lookup[T]) Find(ctx context.Context, id, name types.String, diags *diag.Diagnostics) *T {
	attribute, key := path.Root("id"), id.ValueString()
	if id.IsNull() {
		attribute = path.Root(l.NameAttribute)
		candidates, err := l.List(ctx, name.ValueString())
		if err != nil {
			advice.Attempt{Verb: "look for", Object: l.Object, Name: name.ValueString()}.Report(diags, err)
			return nil
		}
		if len(candidates) != 1 {
			l.reportCount(diags, attribute, name.ValueString(), candidates)
			return nil
		}
		key = candidates[0].ID
	}
	found, err := l.Read(ctx, key)
	if err != nil {
		ReportMissing(diags, attribute, advice.Attempt{Verb: "read", Object: l.Object, Name: key}, l.Place, err)
		return nil
	}
	return found
}

func (l Lookup[T]) reportCount(diags *diag.Diagnostics, attribute path.Path, name string, candidates []Candidate) {
	if len(candidates) == 0 {
		diags.AddAttributeError(attribute, advice.Capital(l.Object)+" not found", fmt.Sprintf("There is no %s with the %s %q %s.\n\n"+
			"Upper and lower case count. Check the %s, or give the id.", l.Object, l.NameAttribute, name, l.Place, l.NameAttribute))
		return
	}
	slices.SortFunc(candidates, func(a, b Candidate) int {
		return cmp.Or(b.Created.Compare(a.Created), cmp.Compare(a.ID, b.ID))
	})
	var lines strings.Builder
	for _, candidate := range candidates {
		fmt.Fprintf(&lines, "\n  - %s", candidate)
	}
	diags.AddAttributeError(attribute, fmt.Sprintf("More than one %s found", l.Object), fmt.Sprintf(
		"There are %d %ss with the %s %q %s:\n%s\n\nGive the id of the one that is meant in place of the %s, or rename "+
			"the others.", len(candidates), l.Object, l.NameAttribute, name, l.Place, lines.String(), l.NameAttribute))
}

func (c Candidate) String() string {
	parts := []string{fmt.Sprintf("%s: %q", c.ID, c.Name)}
	if !c.Created.IsZero() {
		parts = append(parts, "created "+c.Created.UTC().Format(time.RFC3339))
	}
	return strings.Join(append(parts, c.Traits...), ", ")
}

// ReportMissing reports an error of a read of an object that a configuration names. Every way of not being found is on the
// attribute that names it: a 404 with or without a code, an empty list, an object that is being deleted.
func ReportMissing(diags *diag.Diagnostics, attribute path.Path, operation advice.Attempt, place string, err error) {
	if !transport.IsNotFound(err) {
		operation.Report(diags, err)
		return
	}
	object := advice.Capital(operation.Object)
	diags.AddAttributeError(attribute, object+" not found", fmt.Sprintf("%s %q: %s.\n\nCheck the id, and that the %s is %s.",
		object, operation.Name, err, operation.Object, place))
}
