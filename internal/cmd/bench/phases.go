package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// phase is one command that is measured.
type phase struct {
	name, title string
	arguments   []string
	// revision is the value of the variable in all names: another one changes every object.
	revision int
}

var phases = []phase{
	{"create", "Create", []string{"apply", "-auto-approve"}, 1},
	{"plan", "Plan without changes", []string{"plan", "-detailed-exitcode"}, 1}, // fails if there are changes
	{"plan-no-refresh", "The same with `-refresh=false`", []string{"plan", "-detailed-exitcode", "-refresh=false"}, 1},
	{"change", "Change one attribute of every object", []string{"apply", "-auto-approve"}, 2},
	{"destroy", "Destroy", []string{"destroy", "-auto-approve"}, 2},
}

// bench is what all measurements have in common.
type bench struct {
	folder, terraform string
	phases            []phase
	part              int
	conditions        Conditions
	report            func(format string, values ...any)
}

// measure lets a number of pipelines of one subject live from create to the last phase, on services of their own.
func (b *bench) measure(ctx context.Context, one subject, pipelines int) (measured []Measurement, err error) {
	services, err := startServices(ctx, b.conditions)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, services.server.Close()) }()
	folder, err := os.MkdirTemp(b.folder, "workspace-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	states, err := startStateStore(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, states.server.Close()) }()
	environment := append(services.environment(), fmt.Sprintf("TF_VAR_n=%d", pipelines), "TF_VAR_first=0", "TF_VAR_revision=1", "TF_HTTP_ADDRESS="+states.url)
	w, err := newWorkspace(ctx, folder, b.terraform, one, environment)
	if err != nil {
		return nil, err
	}
	remaining := b.phases
	if b.part > 0 {
		if err := b.createInParts(ctx, w, states, pipelines); err != nil {
			return nil, fmt.Errorf("%s, %d pipelines: %w", one.name, pipelines, err)
		}
		remaining = remaining[1:]
	}
	for _, phase := range remaining {
		services.takeTraffic()
		m, err := w.run(ctx, append(phase.arguments, fmt.Sprintf("-var=revision=%d", phase.revision))...)
		m.traffic = services.takeTraffic()
		m.Subject, m.Pipelines, m.Phase = one.name, pipelines, phase.name
		b.report("%s, %d pipelines, %s: %.1f s, %d calls", m.Subject, m.Pipelines, m.Phase, m.Seconds, m.total())
		failed := (*exec.ExitError)(nil)
		if m.Failed = one.isOther && errors.As(err, &failed) && ctx.Err() == nil; m.Failed {
			b.report("%s", err)
		} else if err != nil {
			return nil, fmt.Errorf("%s, %d pipelines, %s: %w", m.Subject, m.Pipelines, m.Phase, err)
		}
		measured = append(measured, m)
	}
	if left := services.left(); left != 0 && !one.isOther && len(b.phases) == len(phases) {
		return nil, fmt.Errorf("%s, %d pipelines: %d objects are left in the services", one.name, pipelines, left)
	}
	return measured, nil
}

// createInParts creates the pipelines in parts, and joins their states.
func (b *bench) createInParts(ctx context.Context, w *workspace, states *stateStore, pipelines int) error {
	var parts [][]byte
	for first := 0; first < pipelines; first += b.part {
		states.replace(nil)
		number := min(b.part, pipelines-first)
		if _, err := w.run(ctx, append(phases[0].arguments, fmt.Sprintf("-var=first=%d", first), fmt.Sprintf("-var=n=%d", number))...); err != nil {
			return err
		}
		parts = append(parts, states.current())
		b.report("created %d of %d", first+number, pipelines)
	}
	joined, err := joinStates(parts)
	states.replace(joined)
	return err
}

// subjects builds this provider, and lists all that is measured. It also returns the size of the provider.
func (b *bench) subjects(ctx context.Context, more ...subject) ([]subject, int64, error) {
	floor, err := embedded(floorSubject, "floor")
	if err != nil {
		return nil, 0, err
	}
	this, err := embedded(thisSubject, "customerio")
	if err != nil {
		return nil, 0, err
	}
	this.address = thisAddress
	if this.binary, err = buildProvider(ctx, b.folder); err != nil {
		return nil, 0, err
	}
	info, err := os.Stat(this.binary)
	if err != nil {
		return nil, 0, err
	}
	return append([]subject{floor, this}, more...), info.Size(), nil
}
