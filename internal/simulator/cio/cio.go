// Package cio is Customer.io: the App API with its reporting webhooks, and the events that go to them.
package cio

import (
	_ "embed"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// The two places where Customer.io keeps workspaces.
const (
	RegionUS = "us"
	RegionEU = "eu"
)

// Service is an account of one region.
type Service struct {
	Store  *store.Store
	Region string
	// Keys are the App API keys that are known, each of one workspace.
	Keys []Key
	// RequestsPerSecond is the limit of each workspace, negative for none.
	RequestsPerSecond int

	// recent are the calls of the last second, by workspace.
	recent map[workspace][]time.Time
}

// Key is an App API key. There is no parameter that names a workspace: the key decides.
type Key struct {
	Text   string
	Region string
}

// workspace is the ID of what an App API key belongs to.
type workspace int

// Web is the service on the web.
func (s *Service) Web() web.Service {
	return web.Service{
		Name: "customerio", Base: "/v1", Refuse: problem,
		Calls: map[string]web.Handler{
			"GET /reporting_webhooks":         web.On(s.workspaceOf, s.listWebhooks),
			"POST /reporting_webhooks":        web.On(s.workspaceOf, s.createWebhook),
			"GET /reporting_webhooks/{id}":    web.On(s.webhookOf, s.getWebhook),
			"PUT /reporting_webhooks/{id}":    web.On(s.webhookOf, s.updateWebhook),
			"DELETE /reporting_webhooks/{id}": web.On(s.webhookOf, web.Remove),
			"GET /workspaces":                 web.On(s.workspaceOf, s.listWorkspaces),
			"GET /info/ip_addresses":          s.listAddresses,

			"GET /reporting_webhooks/{id}/errors": web.On(s.webhookOf, listErrors),
		},
	}
}

// problem is the documented envelope of errors, where the status is a text.
func problem(status int, detail string) *web.Problem {
	return web.Fixed(status, map[string]any{
		"errors": []any{map[string]any{"detail": detail, "status": strconv.Itoa(status)}},
	})
}

// detailed is problem with the optional members of the envelope. Documented: the detail usually ends in a reference
// that support can look up, and clients are to go by the code.
func detailed(status int, code, detail, pointer string) *web.Problem {
	entry := map[string]any{
		"detail": fmt.Sprintf("%s (reference %s)", detail, uuid.NewString()[:6]),
		"status": strconv.Itoa(status),
	}
	if code != "" {
		entry["code"] = code
	}
	if pointer != "" {
		entry["source"] = map[string]any{"pointer": pointer}
	}
	return web.Fixed(status, map[string]any{"errors": []any{entry}})
}

// workspaceOf makes the checks that all calls with a key share: key, region, rate limit.
func (s *Service) workspaceOf(r *web.Request) (workspace, error) {
	text, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	i := slices.IndexFunc(s.Keys, func(known Key) bool { return isBearer && known.Text == text })
	if i < 0 {
		return 0, detailed(http.StatusUnauthorized, "invalid_credentials",
			"Unauthorized request. Make sure that you provided the right credentials.", "")
	}
	if region := s.Keys[i].Region; region != s.Region {
		return 0, redirect(r, region)
	}
	ws := workspace(i + 1)
	if s.overLimit(ws) {
		limited := detailed(http.StatusTooManyRequests, "", fmt.Sprintf("rate limited to %d requests per 1s", s.RequestsPerSecond), "")
		limited.Header = http.Header{"Retry-After": {"1"}}
		return 0, limited
	}
	return ws, nil
}

// redirect is what a key of the other region was seen to get.
func redirect(r *web.Request, region string) error {
	host := "https://api.customer.io"
	if region == RegionEU {
		host = "https://api-eu.customer.io"
	}
	wrong := problem(http.StatusMovedPermanently, "wrong datacenter")
	wrong.Header = http.Header{"Location": {host + r.URL.RequestURI()}}
	return wrong
}

// overLimit counts a call, unless the workspace has used up what it may do in a second.
func (s *Service) overLimit(ws workspace) bool {
	if s.RequestsPerSecond < 0 {
		return false
	}
	now := s.Store.Now()
	recent := slices.DeleteFunc(s.recent[ws], func(called time.Time) bool { return now.Sub(called) >= time.Second })
	limited := len(recent) >= s.RequestsPerSecond
	if !limited {
		recent = append(recent, now)
	}
	if s.recent == nil {
		s.recent = map[workspace][]time.Time{}
	}
	s.recent[ws] = recent
	return limited
}

// workspaces are those of the account, in the region that this host stands for.
func (s *Service) workspaces() (here []workspace) {
	for i, key := range s.Keys {
		if key.Region == s.Region {
			here = append(here, workspace(i+1))
		}
	}
	return here
}

// listWorkspaces answers all workspaces of the account, whichever the key belongs to.
func (s *Service) listWorkspaces(*web.Request, workspace) (*web.Answer, error) {
	listed := []any{}
	for _, ws := range s.workspaces() {
		listed = append(listed, map[string]any{
			"id":                     ws,
			"name":                   fmt.Sprintf("Workspace %d", ws),
			"messages_sent":          0,
			"billable_messages_sent": 0,
			"people":                 0,
			"object_types":           0,
			"objects":                0,
		})
	}
	return web.OK(map[string]any{"workspaces": listed})
}

// senderAddresses are the documented addresses that Customer.io sends from.
var senderAddresses = document.MustDecode[map[string][]string](addressesJSON)

//go:embed addresses.json
var addressesJSON []byte

// listAddresses is documented to need no key.
func (s *Service) listAddresses(*web.Request) (*web.Answer, error) {
	return web.OK(map[string]any{"ip_addresses": senderAddresses[s.Region]})
}
