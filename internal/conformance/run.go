package conformance

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Options say how a run goes.
type Options struct {
	Settings Settings
	// Pool sends requests. Without one it is that of [http.DefaultTransport].
	Pool http.RoundTripper
	// Ask puts a question before anything is created.
	Ask func(question string) (yes bool, err error)
	// AllowProduction lets a run have a production sandbox.
	AllowProduction bool
	// Pace is the first pause between two looks, a second by default.
	Pace time.Duration
	// Longest is how long something is waited for, 5 minutes by default.
	Longest time.Duration
	// Progress gets the table of probe, documented, simulator and service, as it grows.
	Progress io.Writer
	// GiveUp ends even the removal of what was created, when it is closed.
	GiveUp <-chan struct{}
}

// Errors of runs that did not begin, or ended early.
var (
	ErrProduction = errors.New("the sandbox is a production sandbox; a run needs a development sandbox, or the flag -production")
	ErrDeclined   = errors.New("nothing was created")
)

// Result is what a run found.
type Result struct {
	Findings []Finding
	// Calls is how many requests were sent, the repeated ones included.
	Calls int64
	// Left could not be deleted.
	Left []Left
	// SandboxType is "production", "development", or "" if that is not told.
	SandboxType string
	// Stopped is why the run ended early, nil if it did not.
	Stopped error
	began   time.Time
	took    time.Duration
	secrets *secrets
}

// Run asks all probes and removes what it created, also when the context ends. An error says that nothing was created.
func Run(ctx context.Context, o Options) (*Result, error) {
	if isNamedProduction(o.Settings.Sandbox) && !o.AllowProduction {
		return nil, fmt.Errorf("%w (its name is %q)", ErrProduction, o.Settings.Sandbox)
	}
	s := newSession(o)
	result := &Result{began: time.Now(), secrets: s.secrets}
	if err := s.begin(ctx, o, result); err != nil {
		return nil, s.told(err)
	}
	asking, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	s.stop = stop
	_, _ = fmt.Fprintln(o.Progress, "\n"+row("PROBE", "DOCUMENTED", "SIMULATOR", "SERVICE"))
	for _, probe := range Probes() {
		found := s.ask(asking, probe)
		result.Findings = append(result.Findings, found)
		_, _ = fmt.Fprintln(o.Progress, found.row())
	}
	result.Stopped = context.Cause(asking)
	result.Left = s.clean(ctx)
	result.Calls, result.took = s.client.calls.Load(), time.Since(result.began)
	return result, nil
}

func newSession(o Options) *session {
	pool, pace := o.Pool, cmp.Or(o.Pace, time.Second)
	if pool == nil {
		pool = http.DefaultTransport
	}
	var random [2]byte
	_, _ = rand.Read(random[:]) // documented: never fails
	s := &session{
		settings: o.Settings, client: newClient(pool, pace), secrets: &secrets{}, pace: pace, longest: cmp.Or(o.Longest, longestWait),
		allowProduction: o.AllowProduction, giveUp: o.GiveUp,
		suffix:   time.Now().UTC().Format("20060102") + "-" + hex.EncodeToString(random[:]),
		fixtures: map[string]fixture{}, lastCalls: map[account]time.Time{},
	}
	s.secrets.learn(o.Settings.OrgID, o.Settings.ClientID, o.Settings.ClientSecret, o.Settings.AccessToken, o.Settings.AppAPIKey)
	return s
}

// told is an error without secrets.
func (s *session) told(err error) error {
	if errors.Is(err, ErrProduction) || errors.Is(err, ErrDeclined) {
		return err
	}
	return errors.New(s.secrets.hide(err.Error()))
}

// begin finds out where the run is, and asks whether to go on.
func (s *session) begin(ctx context.Context, o Options, result *Result) (err error) {
	if s.settings.lacks(adobe) == "" {
		if result.SandboxType, err = s.sandboxType(ctx); err != nil {
			return err
		}
		if isProduction(result.SandboxType) && !o.AllowProduction {
			return ErrProduction
		}
	}
	if err := s.tryAccounts(ctx); err != nil {
		return err
	}
	yes, err := o.Ask(s.question(result.SandboxType))
	if err == nil && !yes {
		return ErrDeclined
	}
	return err
}

// tryAccounts reads once from each. If a sandbox or a key is wrong, every answer would be taken for one that the provider does not expect.
func (s *session) tryAccounts(ctx context.Context) error {
	for _, try := range []struct {
		where account
		read  call
	}{{adobe, aRead}, {customerIO, get(webhookKind.collection)}} {
		if s.settings.lacks(try.where) != "" {
			continue
		}
		received, err := s.at(ctx, try.where, try.read)
		if err != nil {
			return err
		}
		if !received.isSuccess() {
			return fmt.Errorf("%s refuses a first read, GET %s: %s; docs/guides/errors.md says what to correct", try.where, try.read.path, received.outcome())
		}
	}
	return nil
}

func isProduction(sandboxType string) bool { return strings.EqualFold(sandboxType, "production") }

// question names what a run creates.
func (s *session) question(sandboxType string) string {
	var text strings.Builder
	if s.settings.lacks(adobe) == "" {
		if sandboxType == "" {
			sandboxType = "its type is not told"
		}
		fmt.Fprintf(&text, "In the sandbox %q (%s) of Adobe Experience Platform, this creates, changes and deletes\n"+
			"  a field group, a schema, a dataset, a mapping set, 2 source connections, a target connection and a dataflow without data.\n",
			s.settings.Sandbox, sandboxType)
	}
	if s.settings.lacks(customerIO) == "" {
		text.WriteString("In the Customer.io workspace of the App API key, this creates, changes and deletes\n" +
			"  2 reporting webhooks, which are disabled and send nothing.\n")
	}
	fmt.Fprintf(&text, "What a service accepts although it should refuse it is deleted, too: at most a field group, a dataflow and a webhook.\n"+
		"Every name begins with \"conformance %s\". Nothing else is changed. Everything is deleted at the end.\nContinue?", s.suffix)
	return text.String()
}

// Exit codes of a run.
const (
	ExitAgrees  = 0
	ExitDiffers = 1
	// ExitFailed means that the run was interrupted, or could not ask everything, or left something behind.
	ExitFailed = 2
)

// ExitCode is what a program says about the run.
func (r *Result) ExitCode() int {
	switch {
	case r.Stopped != nil:
		return ExitFailed
	case len(r.with(Differs)) > 0:
		return ExitDiffers
	case len(r.with(Failed)) > 0 || len(r.Left) > 0:
		return ExitFailed
	}
	return ExitAgrees
}

func (r *Result) with(verdict Verdict) (found []Finding) {
	for _, one := range r.Findings {
		if one.Verdict == verdict {
			found = append(found, one)
		}
	}
	return found
}
