// Package conformance asks real services what the provider and the simulator take for granted. Both are written from the vendors' documents,
// and have never met an account. A probe is one such fact: a question, what is documented, what the simulator answers, and which files rely
// on it. A run asks all of them in the order of the life of one pipeline, and removes what it created.
//
// The package imports nothing of the provider's and of the simulator's: it questions them. Its client is plain HTTP.
package conformance

import (
	"context"
	"errors"
	"slices"
)

// Basis is where a fact comes from.
type Basis string

// How well a fact is known.
const (
	// Documented facts are stated or shown by the vendor.
	Documented Basis = "documented"
	// SeenInCode are facts that a public client of the real service relies on.
	SeenInCode Basis = "seen in code"
	// Inferred facts follow from others, or are a guess.
	Inferred Basis = "inferred"
)

// Probe is one fact that the provider or the simulator relies on.
type Probe struct {
	// ID names the probe in reports, such as "flow-inlet-appears".
	ID string
	// Question is what is asked, as a person would.
	Question string
	// Stated is what the vendor's documents say, "" for nothing, and Basis where the fact comes from.
	Stated string
	Basis  Basis
	// Sources are tags of docs/design/sources.md.
	Sources []string
	// Simulator is the observation with the simulator.
	Simulator string
	// Also are other observations that provider and simulator are made for. They count as agreement.
	Also []string
	// Files rely on the fact, and are to be changed if it is another.
	Files []string

	account account
	observe func(ctx context.Context, s *session) (string, error)
}

// account is one of the two that a run can have.
type account string

const (
	adobe      account = "Adobe"
	customerIO account = "Customer.io"
)

// agrees tells whether nothing has to change if a service answers this.
func (p Probe) agrees(observed string) bool {
	return observed == p.Simulator || slices.Contains(p.Also, observed)
}

// Verdict is what became of a probe.
type Verdict string

// What can become of a probe.
const (
	Agrees  Verdict = "agrees"
	Differs Verdict = "differs"
	// Skipped probes do not apply to this run.
	Skipped Verdict = "not asked"
	// Failed probes have no answer.
	Failed Verdict = "no answer"
)

// Finding is a probe with its answer.
type Finding struct {
	Probe
	Verdict Verdict
	// Service is the observation. Without one it is the reason.
	Service string
}

// Probes are all of them, in the order in which they are asked.
func Probes() []Probe {
	return slices.Concat(accessProbes, registryProbes, catalogProbes, mappingProbes, connectionProbes, flowProbes, endProbes, webhookProbes)
}

// errNotApplicable says why a probe cannot be asked here. That is no failure.
type errNotApplicable struct{ reason string }

func (e *errNotApplicable) Error() string { return e.reason }

// ask observes one fact.
func (s *session) ask(ctx context.Context, p Probe) Finding {
	found := Finding{Probe: p}
	if reason := s.settings.lacks(p.account); reason != "" {
		found.Verdict, found.Service = Skipped, reason
		return found
	}
	if ctx.Err() != nil {
		found.Verdict, found.Service = Failed, "interrupted"
		return found
	}
	observed, err := p.observe(ctx, s)
	var notApplicable *errNotApplicable
	switch {
	case errors.As(err, &notApplicable):
		found.Verdict, found.Service = Skipped, notApplicable.reason
	case err != nil && ctx.Err() != nil:
		found.Verdict, found.Service = Failed, "interrupted"
	case err != nil:
		found.Verdict, found.Service = Failed, s.secrets.hide(err.Error())
	case p.agrees(observed):
		found.Verdict, found.Service = Agrees, observed
	default:
		found.Verdict, found.Service = Differs, s.secrets.hide(observed)
	}
	return found
}
