package simulator

import (
	"mime"
	"net/http"
	"strings"
)

// platformHandler answers a call that passed the gateway, inside the sandbox that the call named.
type platformHandler func(w http.ResponseWriter, r *http.Request, sb *sandbox)

// platform puts Adobe's gateway and the choice of the sandbox before a handler.
func (s *Simulator) platform(handler platformHandler) http.HandlerFunc {
	return s.locked(func(w http.ResponseWriter, r *http.Request) {
		if refusal := s.checkGateway(r); refusal != nil {
			writeProblem(w, refusal)
			return
		}
		sb, refusal := s.sandboxOf(r)
		if refusal != nil {
			writeProblem(w, refusal)
			return
		}
		if refusal := checkContentType(r); refusal != nil {
			writeProblem(w, refusal)
			return
		}
		handler(w, r, sb)
	})
}

// checkGateway refuses what the API gateway refuses before any service sees the call.
func (s *Simulator) checkGateway(r *http.Request) *problem {
	authorization := r.Header.Get("Authorization")
	key := r.Header.Get("x-api-key")
	org := r.Header.Get("x-gw-ims-org-id")
	switch {
	case authorization == "":
		// Documented: 403, not 401.
		return gatewayProblem(http.StatusForbidden, "403010", "Oauth token is missing.")
	case key == "":
		return gatewayProblem(http.StatusForbidden, "403000", "Api Key is required")
	case key != s.options.ClientID:
		return gatewayProblem(http.StatusForbidden, "403003", "Api Key is invalid")
	}
	token, valid := s.tokenOf(authorization)
	switch {
	case !valid:
		return gatewayProblem(http.StatusUnauthorized, "401013", "Oauth token is not valid")
	case org == "":
		return gatewayProblem(http.StatusBadRequest, "400003", "Missing header: x-gw-ims-org-id")
	case org != s.options.OrgID, !token.hasOrg:
		return gatewayProblem(http.StatusForbidden, "403027", "User region is missing")
	}
	return nil
}

func (s *Simulator) tokenOf(authorization string) (issuedToken, bool) {
	scheme, token, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return issuedToken{}, false
	}
	if token == s.options.AccessToken {
		return issuedToken{hasOrg: true}, true
	}
	issued, known := s.tokens[token]
	return issued, known && s.now().Before(issued.expires)
}

// sandboxOf finds the sandbox of a call. The documentation disagrees on a default, so the header is required.
func (s *Simulator) sandboxOf(r *http.Request) (*sandbox, *problem) {
	if r.Header.Get("x-sandbox-id") != "" {
		return nil, flowProblem("2110-400", "The header x-sandbox-id is not allowed with the user token.", nil)
	}
	name := r.Header.Get("x-sandbox-name")
	switch name {
	case "":
		return nil, flowProblem("2105-400", "The header x-sandbox-name is missing in the request.", nil)
	case "*":
		return nil, flowProblem("2111-403", "The value * of the header x-sandbox-name is restricted.", nil)
	}
	sb, known := s.sandboxes[name]
	if !known {
		return nil, flowProblem("2103-404", "The sandbox "+name+" is not found. Verify the sandbox name before trying again.", nil)
	}
	return sb, nil
}

// checkContentType refuses bodies that do not say they are JSON, in the documented words.
func checkContentType(r *http.Request) *problem {
	if r.Method == http.MethodGet || r.ContentLength == 0 {
		return nil
	}
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && (mediaType == "application/json" || strings.HasSuffix(mediaType, "+json")) {
		return nil
	}
	return placeholderProblem(http.StatusBadRequest, "A valid content-type must be specified")
}
