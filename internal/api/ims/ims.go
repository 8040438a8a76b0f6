// Package ims obtains access tokens of Adobe's Identity Management Services by the OAuth Server-to-Server flow.
package ims

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	// Service is the name in errors and logs.
	Service = "Adobe IMS"
	// DefaultURL is Adobe's production IMS (documented: ims-postman).
	DefaultURL = "https://ims-na1.adobelogin.com"
	// tokenPath is version 3 of the token endpoint, which takes its parameters from the form (documented: ims-s2s).
	tokenPath = "/ims/token/v3" //nolint:gosec // a path
	// early is how long before its end a token is replaced, so that none expires on its way.
	early = 5 * time.Minute
	// longestLife is the longest plausible life of a token. Adobe's retired JWT exchange answered in milliseconds, which the
	// library takes for seconds; a life above this one is read that way.
	longestLife = 1_000_000 * time.Second
)

// DefaultScopes are the scopes that Experience Platform needs (documented: ims-postman).
func DefaultScopes() []string {
	return []string{"openid", "session", "AdobeID", "read_organizations", "additional_info.projectedProductContext"}
}

// Config identifies a credential of the Adobe Developer Console.
type Config struct {
	URL                    string
	ClientID, ClientSecret string
	Scopes                 []string
}

// TokenSource fetches a token once and shares it until shortly before it expires. Safe for concurrent use.
type TokenSource struct {
	config clientcredentials.Config
	client *http.Client
	redact *transport.Redactor
	// turn holds one element; who takes it may look at token and fetch a new one. A mutex would not heed a context.
	turn  chan struct{}
	token *oauth2.Token
}

// NewTokenSource builds a source; the limits and the redactor are those of transportConfig. No call is made before the
// first [TokenSource.Token].
func NewTokenSource(config Config, transportConfig transport.Config) *TokenSource {
	transportConfig.NeverEmpty = true
	source := &TokenSource{
		config: clientcredentials.Config{
			ClientID:     config.ClientID,
			ClientSecret: config.ClientSecret,
			TokenURL:     strings.TrimSuffix(config.URL, "/") + tokenPath,
			// IMS wants the scopes in one value, separated by commas; the library would separate them by spaces.
			Scopes:    []string{strings.Join(config.Scopes, ",")},
			AuthStyle: oauth2.AuthStyleInParams,
		},
		client: transport.NewHTTPClient(transportConfig),
		redact: transportConfig.Redactor,
		turn:   make(chan struct{}, 1),
	}
	source.turn <- struct{}{}
	return source
}

// Token returns a valid access token. Errors are [*transport.Error] where IMS refused.
func (s *TokenSource) Token(ctx context.Context) (Token, error) {
	if err := s.take(ctx); err != nil {
		return Token{}, err
	}
	defer s.giveBack()
	if s.token != nil && (s.token.Expiry.IsZero() || time.Until(s.token.Expiry) > early) {
		return Token{s.token.AccessToken, s.token.Expiry}, nil
	}
	token, err := s.config.Token(context.WithValue(ctx, oauth2.HTTPClient, s.client))
	if err != nil {
		return Token{}, s.explain(err)
	}
	if life := time.Until(token.Expiry); life > longestLife {
		token.Expiry = time.Now().Add(life / 1000)
	}
	s.redact.Learn(token.AccessToken)
	s.token = token
	return Token{token.AccessToken, token.Expiry}, nil
}

// Discard forgets a token that a service refused, unless another one has taken its place since. It tells whether the next
// call of Token will return another one.
func (s *TokenSource) Discard(ctx context.Context, refused string) bool {
	if err := s.take(ctx); err != nil {
		return false
	}
	defer s.giveBack()
	if s.token != nil && s.token.AccessToken == refused {
		s.token = nil
	}
	return true
}

func (s *TokenSource) take(ctx context.Context) error {
	select {
	case <-s.turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *TokenSource) giveBack() { s.turn <- struct{}{} }

// explain turns the library's error into the one that all services share.
func (s *TokenSource) explain(err error) error {
	call := transport.Call{Service: Service, Method: http.MethodPost, Path: tokenPath}
	if refused, is := errors.AsType[*oauth2.RetrieveError](err); is && refused.Response != nil {
		return call.Refused(refused.Response, refused.Body, s.redact)
	}
	if _, unanswered := errors.AsType[*url.Error](err); unanswered {
		return call.Unanswered(err, s.redact)
	}
	return &transport.UnreadableError{Call: call, Status: http.StatusOK, Reason: s.redact.String(err.Error())}
}
