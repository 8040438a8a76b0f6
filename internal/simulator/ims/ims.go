// Package ims is Adobe IMS: access tokens for OAuth Server-to-Server credentials.
package ims

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// orgScope is the scope without which a token carries no organization.
const orgScope = "additional_info.projectedProductContext"

// lifetime is documented as that of every token.
const lifetime = 24 * time.Hour

// Service issues and knows tokens. They outlive a reset of the store.
type Service struct {
	store        *store.Store
	clientSecret string
	// accessToken, when there is one, is accepted without having been issued here.
	accessToken string
	tokens      map[string]issuedToken
}

type issuedToken struct {
	expires time.Time
	// hasOrg is false for tokens asked for with too few scopes. The gateway refuses them later.
	hasOrg bool
}

// New makes the service for one client secret. The access token may be empty.
func New(st *store.Store, clientSecret, accessToken string) *Service {
	return &Service{store: st, clientSecret: clientSecret, accessToken: accessToken, tokens: map[string]issuedToken{}}
}

// Web is the service on the web. Parameters come as a form (v3) or in the query (v2).
func (s *Service) Web() web.Service {
	return web.Service{
		Name: "ims", Base: "/ims", Adobe: true, Refuse: web.Placeholder,
		Calls: map[string]web.Handler{"POST /token/v3": s.issue, "POST /token/v2": s.issue},
	}
}

// Token tells whether a token is valid, and whether it carries an organization.
func (s *Service) Token(token string) (hasOrg, valid bool) {
	if token != "" && token == s.accessToken {
		return true, true
	}
	issued, known := s.tokens[token]
	return issued.hasOrg, known && s.store.Now().Before(issued.expires)
}

// problem is the error form of IMS, which answers a wrong secret with 400.
func problem(r *web.Request, code, description string) error {
	refusal := web.Fixed(http.StatusBadRequest, map[string]any{"error": code, "error_description": description})
	refusal.Header = http.Header{"X-Debug-Id": {r.ID}}
	return refusal
}

func (s *Service) issue(r *web.Request) (*web.Answer, error) {
	if err := r.ParseForm(); err != nil {
		return nil, problem(r, "invalid_request", "the request body is not a form")
	}
	// OAuth libraries send basic authentication by default.
	clientID, secret, isBasic := r.BasicAuth()
	if !isBasic {
		clientID, secret = r.Form.Get("client_id"), r.Form.Get("client_secret")
	}
	switch {
	case r.Form.Get("grant_type") != "client_credentials":
		return nil, problem(r, "unsupported_grant_type", "invalid grant_type parameter")
	case clientID != s.store.Account.ClientID:
		return nil, problem(r, "invalid_client", "invalid client_id parameter")
	case secret != s.clientSecret:
		return nil, problem(r, "invalid_client", "invalid client_secret parameter")
	}
	answer := &web.Answer{Status: http.StatusOK, Body: map[string]any{
		"access_token": s.newToken(r.Form.Get("scope")),
		"token_type":   "bearer",
		"expires_in":   int64(lifetime / time.Second),
	}}
	return answer.With("X-Debug-Id", r.ID), nil
}

func (s *Service) newToken(scope string) string {
	token := "eyJ" + rand.Text()
	scopes := strings.FieldsFunc(scope, func(r rune) bool { return r == ',' || r == ' ' })
	s.tokens[token] = issuedToken{expires: s.store.Now().Add(lifetime), hasOrg: slices.Contains(scopes, orgScope)}
	return token
}
