package conformance

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Paths of Adobe's services (documented: flow-api, prep-api, catalog-api, xdm-api).
const (
	flowService    = "/data/foundation/flowservice"
	dataPrep       = "/data/foundation/conversion"
	catalog        = "/data/foundation/catalog"
	schemaRegistry = "/data/foundation/schemaregistry"
	sandboxes      = "/data/foundation/sandbox-management/"

	tokenPath = "/ims/token/v3" //nolint:gosec // a path
)

// session is one run: its accounts, and what it created in them.
type session struct {
	settings Settings
	client   *client
	secrets  *secrets
	ledger   ledger
	// suffix is in the name of everything that the run creates.
	suffix string
	// pace is the first pause between two looks.
	pace time.Duration
	// longest is how long something is waited for.
	longest time.Duration
	// allowProduction is what the person said.
	allowProduction bool
	// giveUp is closed when even what must not be interrupted is to end.
	giveUp <-chan struct{}

	// stop ends the run early, with the reason.
	stop context.CancelCauseFunc

	token *answer
	// namespace is the tenant's, once it is known.
	namespace string
	fixtures  map[string]fixture
	lastCalls map[account]time.Time
}

// fixture is something that several probes need, or why there is none.
type fixture struct {
	made *thing
	err  error
}

// adobe calls one of Adobe's services in the sandbox.
func (s *session) adobe(ctx context.Context, one call) (*answer, error) {
	token, err := s.accessToken(ctx)
	if err != nil {
		return nil, err
	}
	return s.client.send(ctx, s.settings.PlatformURL, http.Header{
		"Authorization": {"Bearer " + token}, "x-api-key": {s.settings.ClientID}, "x-gw-ims-org-id": {s.settings.OrgID},
		"x-sandbox-name": {s.settings.Sandbox},
	}, one)
}

// customerIO calls the App API, not more often than it allows.
func (s *session) customerIO(ctx context.Context, one call) (*answer, error) {
	gap := time.Second / time.Duration(s.settings.PerSecond)
	if err := sleep(ctx, time.Until(s.lastCalls[customerIO].Add(gap))); err != nil {
		return nil, err
	}
	s.lastCalls[customerIO] = time.Now()
	return s.client.send(ctx, s.settings.CustomerIOURL, http.Header{"Authorization": {"Bearer " + s.settings.AppAPIKey}}, one)
}

// at calls the service of an account.
func (s *session) at(ctx context.Context, where account, one call) (*answer, error) {
	if where == adobe {
		return s.adobe(ctx, one)
	}
	return s.customerIO(ctx, one)
}

func (s *session) get(ctx context.Context, path string, query url.Values) (*answer, error) {
	return s.adobe(ctx, call{method: http.MethodGet, path: path, query: query})
}

// accessToken is the one that was given, or one of IMS for the whole run.
func (s *session) accessToken(ctx context.Context) (string, error) {
	if s.settings.AccessToken != "" {
		return s.settings.AccessToken, nil
	}
	if s.token == nil {
		issued, err := s.issue(ctx, s.settings.ClientSecret)
		if err != nil {
			return "", err
		}
		s.token = issued
		s.secrets.learn(text(issued.value, "access_token"))
	}
	token := text(s.token.value, "access_token")
	if token == "" {
		return "", fmt.Errorf("no access token of Adobe IMS: %s", s.token.outcome())
	}
	return token, nil
}

// issue asks IMS for a token (documented: ims-s2s).
func (s *session) issue(ctx context.Context, secret string) (*answer, error) {
	return s.client.send(ctx, s.settings.IMSURL, nil, call{method: http.MethodPost, path: tokenPath, body: url.Values{
		"grant_type": {"client_credentials"}, "client_id": {s.settings.ClientID}, "client_secret": {secret}, "scope": {s.settings.Scope},
	}})
}

// sandboxType is "production" or "development", and "" where the service does not tell. Every user may ask (documented: sandbox-available).
func (s *session) sandboxType(ctx context.Context) (string, error) {
	found, err := s.get(ctx, sandboxes, url.Values{"limit": {"100"}})
	if err != nil {
		return "", err
	}
	listed, _ := found.at("sandboxes").([]any)
	for _, one := range listed {
		if text(one, "name") == s.settings.Sandbox {
			return text(one, "type"), nil
		}
	}
	return "", nil
}

// lasting is a context for what an interrupt must not cut off: a create whose answer would be lost, and the removal of what was created.
func (s *session) lasting(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	lasting, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	go func() {
		select {
		case <-s.giveUp:
			cancel()
		case <-lasting.Done():
		}
	}()
	return lasting, cancel
}

func sleep(ctx context.Context, length time.Duration) error {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// until looks until something is there, with growing pauses, and tells how long that took: tooLate if it never was.
func (s *session) until(ctx context.Context, look func() (bool, error)) (took string, err error) {
	began, pause := time.Now(), s.pace
	for looks := 1; ; looks++ {
		there, err := look()
		switch {
		case err != nil:
			return "", err
		case there && looks == 1:
			return atOnce, nil
		case there:
			return inWords(time.Since(began)), nil
		case time.Since(began) > s.longest:
			return tooLate, nil
		}
		if err := sleep(ctx, pause); err != nil {
			return "", err
		}
		pause = min(pause*3/2, 10*s.pace)
	}
}
