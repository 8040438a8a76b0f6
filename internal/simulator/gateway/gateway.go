// Package gateway is Adobe's API gateway and the choice of the sandbox: what stands before every Experience Platform
// service.
package gateway

import (
	"mime"
	"net/http"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// Gateway checks the calls of one account.
type Gateway struct {
	Store *store.Store
	// Token tells whether an access token is valid, and whether it carries an organization.
	Token func(token string) (hasOrg, valid bool)
}

// Check refuses what the services never see, and finds the sandbox of everything else.
func (g *Gateway) Check(r *web.Request) error {
	if err := g.CheckCredentials(r); err != nil {
		return err
	}
	sandbox, err := g.sandboxOf(r.Header)
	if err != nil {
		return err
	}
	r.Sandbox = sandbox
	return checkContentType(r)
}

// problem is the form of the gateway. error_code is a string in the troubleshooting guide.
func problem(status int, code, message string) error {
	return web.Fixed(status, map[string]any{"error_code": code, "message": message})
}

// CheckCredentials is Check for calls that belong to no sandbox.
func (g *Gateway) CheckCredentials(r *web.Request) error {
	header := r.Header
	authorization, key, org := header.Get("Authorization"), header.Get("x-api-key"), header.Get("x-gw-ims-org-id")
	switch {
	case authorization == "":
		// Documented: 403, not 401.
		return problem(http.StatusForbidden, "403010", "Oauth token is missing.")
	case key == "":
		return problem(http.StatusForbidden, "403000", "Api Key is required")
	case key != g.Store.Account.ClientID:
		return problem(http.StatusForbidden, "403003", "Api Key is invalid")
	}
	scheme, token, _ := strings.Cut(authorization, " ")
	hasOrg, valid := g.Token(token)
	switch {
	case !strings.EqualFold(scheme, "Bearer"), token == "", !valid:
		return problem(http.StatusUnauthorized, "401013", "Oauth token is not valid")
	case org == "":
		return problem(http.StatusBadRequest, "400003", "Missing header: x-gw-ims-org-id")
	case org != g.Store.Account.OrgID, !hasOrg:
		return problem(http.StatusForbidden, "403027", "User region is missing")
	}
	return nil
}

// sandboxOf wants a sandbox named: the documentation disagrees on a default.
func (g *Gateway) sandboxOf(header http.Header) (*store.Sandbox, error) {
	if header.Get("x-sandbox-id") != "" {
		return nil, web.Flow("2110-400", "The header x-sandbox-id is not allowed with the user token.")
	}
	name := header.Get("x-sandbox-name")
	switch name {
	case "":
		return nil, web.Flow("2105-400", "The header x-sandbox-name is missing in the request.")
	case "*":
		return nil, web.Flow("2111-403", "The value * of the header x-sandbox-name is restricted.")
	}
	sandbox, known := g.Store.Sandbox(name)
	if !known {
		return nil, web.Flow("2103-404", "The sandbox %s is not found. Verify the sandbox name before trying again.", name)
	}
	return sandbox, nil
}

// checkContentType refuses bodies that do not say they are JSON, in the documented words.
func checkContentType(r *web.Request) error {
	if r.Method == http.MethodGet || len(r.Content) == 0 {
		return nil
	}
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && (mediaType == "application/json" || strings.HasSuffix(mediaType, "+json")) {
		return nil
	}
	return web.BadRequest("A valid content-type must be specified")
}
