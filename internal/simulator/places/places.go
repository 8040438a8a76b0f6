// Package places is Adobe's sandbox management, of which it has the list that every user may read.
package places

import (
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// Service tells the sandboxes of the organization.
type Service struct{ Store *store.Store }

// Web is the service on the web. It takes credentials without a sandbox.
func (s *Service) Web(guard func(*web.Request) error) web.Service {
	return web.Service{
		Name: "sandboxes", Base: "/data/foundation/sandbox-management", Adobe: true, Guard: guard, Refuse: web.Placeholder,
		Calls:      map[string]web.Handler{"GET /": s.list},
		Documented: []string{"GET /sandboxes", "GET /sandboxes/{name}", "GET /sandboxTypes"},
	}
}

// list answers name, title, state and type, among others (documented: sandbox-available). It takes no account of limit and offset.
func (s *Service) list(*web.Request) (*web.Answer, error) {
	listed := []any{}
	for _, sb := range s.Store.Sandboxes() {
		listed = append(listed, map[string]any{
			"name": sb.Name, "title": sb.Name, "state": "active", "type": sb.Type(), "region": "VA7", "isDefault": sb.Name == "prod",
		})
	}
	return web.OK(map[string]any{"sandboxes": listed})
}
