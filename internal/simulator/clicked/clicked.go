// Package clicked fills a sandbox with what people have clicked together in the consoles of Adobe and Customer.io over the years: pipelines with
// names as people type them, options that no program sets, and what was left over. It is one more client of the services and knows their public
// calls only, so an import of what it makes is an import of what another program made.
//
// Names and contents are the same each time. The services choose the IDs.
package clicked

import (
	"context"
	"fmt"
	"io"
	"net/http"
)

// Account is what people sign in with.
type Account struct {
	// URL is the address of all services.
	URL string
	// OrgID, ClientID and ClientSecret are those of Adobe. Everything is made in Sandbox.
	OrgID, ClientID, ClientSecret, Sandbox string
	// AppAPIKey is that of Customer.io.
	AppAPIKey string
}

// Pipeline is the IDs of a pipeline's parts.
type Pipeline struct {
	Name                                               string
	Source, Target, MappingSet, Flow, Dataset, Webhook string
	// Version is that of the mapping set which the dataflow uses, and Newest the newest one.
	Version, Newest int
}

// Made is what there is in the end.
type Made struct {
	// Pipelines are those that a webhook feeds, in the order in which they were made.
	Pipelines []Pipeline
	// Unfed is a pipeline without a webhook.
	Unfed Pipeline
	// Stray is a webhook that still posts to Lost, a deleted dataflow.
	Stray, Lost string
	// UnusedSource and UnusedTarget are connections that no dataflow uses.
	UnusedSource, UnusedTarget string
	// Elsewhere is a dataflow of another source.
	Elsewhere string
	// Counts says how many objects there are of each kind, in the order in which people make them.
	Counts []Count
}

// Count is how many objects of a kind there are.
type Count struct {
	Kind   string
	Number int
}

// Fill makes a number of pipelines, and what lies around them. Those beyond the 25 that people thought of repeat them, with a number in the name.
func Fill(ctx context.Context, client *http.Client, account Account, number int) (*Made, error) {
	if number < 1 {
		return nil, fmt.Errorf("the number of pipelines must be at least 1, got %d", number)
	}
	b := &browser{client: client, account: account}
	made := &Made{}
	err := b.signIn(ctx)
	for _, step := range []func(context.Context, *Made) error{
		b.makeDatasets,
		func(ctx context.Context, made *Made) error { return b.makePipelines(ctx, made, number) },
		b.makeWebhooks, b.goOn, b.leaveOver, b.workElsewhere,
	} {
		if err == nil {
			err = step(ctx, made)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("clicking pipelines together: %w", err)
	}
	made.Counts = b.counts
	return made, nil
}

// Report prints what there is.
func (m *Made) Report(out io.Writer) {
	all := 0
	for _, count := range m.Counts {
		kind := count.Kind
		if count.Number != 1 {
			kind += "s"
		}
		_, _ = fmt.Fprintf(out, "%5d %s\n", count.Number, kind)
		all += count.Number
	}
	_, _ = fmt.Fprintf(out, "%5d objects: %d pipelines, and what lies around them\n", all, len(m.Pipelines))
}
