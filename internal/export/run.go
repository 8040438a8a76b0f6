package export

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

func (c *command) run(ctx context.Context) error {
	if err := c.folder.check(); err != nil {
		return err
	}
	session, err := c.open(ctx)
	if err != nil {
		return err
	}
	progress := &progress{out: c.stderr}
	estate, err := discovery.Find(ctx, discovery.Services{Set: session.Clients, CustomerIO: session.Clients.CustomerIO.Client, Progress: progress.reads})
	if err != nil {
		var diags diag.Diagnostics
		discovery.Report(&diags, err)
		return inWords(diags)
	}
	chosen, err := choose(estate.Pipelines, c.names)
	if err != nil {
		return err
	}
	report := &report{sandbox: session.Clients.SandboxName(), looked: session.Clients.CustomerIO.Client != nil}
	pipelines, parts := gather(report.whole(chosen))
	e := &engine{session}
	if err := e.readAll(ctx, parts, progress.reads); err != nil {
		return err
	}
	namespace, err := session.Clients.SchemaRegistry.Client.TenantNamespace(ctx)
	if err != nil {
		return fmt.Errorf("unable to read the tenant namespace: %w", err)
	}
	p := &preparer{engine: e, fallbacks: defaultsOf(ctx, c.version), functions: !c.withoutFunctions, namespace: namespace}
	if pipelines, err = p.prepare(ctx, pipelines, progress.tell, report.refuse); err != nil {
		return err
	}
	report.add(estate, pipelines, len(c.names) == 0)
	if err := c.write(ctx, pipelines, report); err != nil {
		return err
	}
	if report.refused > 0 {
		return fmt.Errorf("%s could not be exported, for the reasons above", counted(report.refused, "pipeline"))
	}
	return nil
}

// write writes the files, if there is anything to write.
func (c *command) write(ctx context.Context, pipelines []*pipeline, report *report) error {
	if len(pipelines) == 0 {
		report.nothing(c.stdout)
		return nil
	}
	l := newLayout(pipelines, !c.withoutFunctions, c.flat)
	l.write()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := c.folder.write(l.texts(), l.names()); err != nil {
		return fmt.Errorf("%w. No file was written", err)
	}
	report.done(c.stdout, c.folder.path, l)
	return nil
}

// open configures the provider from the environment.
func (c *command) open(ctx context.Context) (*provider.Session, error) {
	session, found, err := provider.Open(ctx, c.version)
	if err != nil {
		return nil, err
	}
	if _, err := split(found); err != nil {
		return nil, err
	}
	if missing := session.Clients.FlowService.Missing; len(missing) > 0 {
		var lines strings.Builder
		for _, one := range missing {
			fmt.Fprintf(&lines, "\n  - %s", strings.TrimSuffix(one, ", or sandbox_name of the object"))
		}
		return nil, fmt.Errorf("settings are missing in the environment:\n%s\n\nThey are the provider's. Set them, and run the command again", lines.String())
	}
	return session, nil
}

// inWords is diagnostics as an error.
func inWords(diags diag.Diagnostics) error {
	var texts []string
	for _, one := range diags.Errors() {
		texts = append(texts, one.Summary()+"\n\n"+one.Detail())
	}
	return errors.New(strings.Join(texts, "\n\n"))
}
