package simulator

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"
)

// orgScope is the scope without which a token carries no organisation.
const orgScope = "additional_info.projectedProductContext"

type issuedToken struct {
	expires time.Time
	// hasOrg is false for tokens asked for with too few scopes; the gateway refuses them later.
	hasOrg bool
}

func (s *Simulator) routesIMS(mux *http.ServeMux) {
	mux.HandleFunc("POST /ims/token/v3", s.locked(s.issueToken))
	mux.HandleFunc("POST /ims/token/v2", s.locked(s.issueToken))
}

// issueToken is the OAuth Server-to-Server exchange. Parameters come as a form (v3) or in the query (v2).
func (s *Simulator) issueToken(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Debug-Id", w.Header().Get(requestIDHeader))
	if err := r.ParseForm(); err != nil {
		writeProblem(w, oauthProblem("invalid_request", "the request body is not a form"))
		return
	}
	clientID, secret := clientCredentials(r)
	switch {
	case r.Form.Get("grant_type") != "client_credentials":
		writeProblem(w, oauthProblem("unsupported_grant_type", "invalid grant_type parameter"))
	case clientID != s.options.ClientID:
		writeProblem(w, oauthProblem("invalid_client", "invalid client_id parameter"))
	case secret != s.options.ClientSecret:
		writeProblem(w, oauthProblem("invalid_client", "invalid client_secret parameter"))
	default:
		writeJSON(w, http.StatusOK, map[string]any{
			"access_token": s.newToken(r.Form.Get("scope")),
			"token_type":   "bearer",
			"expires_in":   int64(s.options.TokenLifetime / time.Second),
		})
	}
}

// clientCredentials takes the form fields, or what OAuth libraries send by default: basic authentication.
func clientCredentials(r *http.Request) (clientID, secret string) {
	if id, secret, ok := r.BasicAuth(); ok {
		return id, secret
	}
	return r.Form.Get("client_id"), r.Form.Get("client_secret")
}

func (s *Simulator) newToken(scope string) string {
	random := make([]byte, 24)
	// crypto/rand never fails: it crashes the program instead.
	_, _ = rand.Read(random)
	token := "eyJ" + hex.EncodeToString(random)
	scopes := strings.FieldsFunc(scope, func(r rune) bool { return r == ',' || r == ' ' })
	s.tokens[token] = issuedToken{expires: s.now().Add(s.options.TokenLifetime), hasOrg: slices.Contains(scopes, orgScope)}
	return token
}

// oauthProblem is the error form of IMS, which answers a wrong secret with 400.
func oauthProblem(code, description string) *problem {
	return &problem{status: http.StatusBadRequest, body: func(string) any {
		return map[string]any{"error": code, "error_description": description}
	}}
}

// ExpireTokens makes every token that was issued so far invalid.
func (s *Simulator) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.tokens)
}
