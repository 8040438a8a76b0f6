package simulator

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// customerioState is the Customer.io account. Its webhooks are kept with the objects of no sandbox.
type customerioState struct {
	lastWebhookID int
	// recent are the calls of the last second, by workspace.
	recent map[int][]time.Time
	// resolved are the opens and clicks that were reported, for webhooks that want each only once.
	resolved map[resolution]bool
}

// workspace is what an App API key belongs to. There is no parameter that names one: the key decides.
type workspace struct {
	id     int
	region string
}

const customerioBase = "/v1"

func (s *Simulator) routesCustomerIO(mux *http.ServeMux) {
	webhooks := customerioBase + "/reporting_webhooks"
	mux.HandleFunc("GET "+webhooks, s.appAPI(s.listWebhooks))
	mux.HandleFunc("POST "+webhooks, s.appAPI(s.createWebhook))
	mux.HandleFunc("GET "+webhooks+"/{id}", s.appAPI(s.withWebhook(s.getWebhook)))
	mux.HandleFunc("PUT "+webhooks+"/{id}", s.appAPI(s.withWebhook(s.updateWebhook)))
	mux.HandleFunc("DELETE "+webhooks+"/{id}", s.appAPI(s.withWebhook(s.deleteWebhook)))
	mux.HandleFunc("GET "+customerioBase+"/workspaces", s.appAPI(s.listWorkspaces))
	mux.HandleFunc("GET "+customerioBase+"/info/ip_addresses", s.listIPAddresses)
}

// appAPIHandler answers a call whose key was accepted, in the workspace of that key.
type appAPIHandler func(w http.ResponseWriter, r *http.Request, ws workspace)

// appAPI puts the checks that all App API calls share before a handler: key, region, rate limit.
func (s *Simulator) appAPI(handler appAPIHandler) http.HandlerFunc {
	return s.locked(func(w http.ResponseWriter, r *http.Request) {
		ws, known := s.workspaceOf(r.Header.Get("Authorization"))
		if !known {
			writeProblem(w, appAPIProblem(http.StatusUnauthorized, "invalid_credentials",
				"Unauthorized request. Make sure that you provided the right credentials.", ""))
			return
		}
		if ws.region != s.options.Region {
			redirectToDatacenter(w, r, ws.region)
			return
		}
		if s.overLimit(ws) {
			w.Header().Set("Retry-After", "1")
			detail := fmt.Sprintf("rate limited to %d requests per 1s", s.options.RequestsPerSecond)
			writeProblem(w, appAPIProblem(http.StatusTooManyRequests, "", detail, ""))
			return
		}
		handler(w, r, ws)
	})
}

func (s *Simulator) workspaceOf(authorization string) (workspace, bool) {
	key, isBearer := strings.CutPrefix(authorization, "Bearer ")
	if !isBearer {
		return workspace{}, false
	}
	if len(s.options.AppAPIKeys) == 0 {
		return defaultWorkspace(key)
	}
	for i, known := range s.options.AppAPIKeys {
		if key == known {
			return workspace{id: i + 1, region: s.options.Region}, true
		}
	}
	return workspace{}, false
}

func defaultWorkspace(key string) (workspace, bool) {
	switch key {
	case DefaultAppAPIKey:
		return workspace{id: 1, region: RegionUS}, true
	case DefaultEUAppAPIKey:
		return workspace{id: 2, region: RegionEU}, true
	default:
		return workspace{}, false
	}
}

// workspaces are those of the account, in the region that this host stands for.
func (s *Simulator) workspaces() []workspace {
	keys := s.options.AppAPIKeys
	if len(keys) == 0 {
		keys = []string{DefaultAppAPIKey, DefaultEUAppAPIKey}
	}
	var here []workspace
	for _, key := range keys {
		if ws, known := s.workspaceOf("Bearer " + key); known && ws.region == s.options.Region {
			here = append(here, ws)
		}
	}
	return here
}

// redirectToDatacenter is what a key of the other region was seen to get.
func redirectToDatacenter(w http.ResponseWriter, r *http.Request, region string) {
	host := "https://api.customer.io"
	if region == RegionEU {
		host = "https://api-eu.customer.io"
	}
	w.Header().Set("Location", host+r.URL.RequestURI())
	writeProblem(w, customerioProblem(http.StatusMovedPermanently, "wrong datacenter"))
}

// overLimit counts a call, unless the workspace has used up what it may do in a second.
func (s *Simulator) overLimit(ws workspace) bool {
	if s.options.RequestsPerSecond < 0 {
		return false
	}
	now := s.now()
	var recent []time.Time
	for _, called := range s.customerio.recent[ws.id] {
		if now.Sub(called) < time.Second {
			recent = append(recent, called)
		}
	}
	limited := len(recent) >= s.options.RequestsPerSecond
	if !limited {
		recent = append(recent, now)
	}
	if s.customerio.recent == nil {
		s.customerio.recent = map[int][]time.Time{}
	}
	s.customerio.recent[ws.id] = recent
	return limited
}

// appAPIProblem is the documented error envelope with its optional members. Documented: the detail usually ends in
// a reference that support can look up, and clients are to go by the code.
func appAPIProblem(status int, code, detail, pointer string) *problem {
	return &problem{status: status, body: func(string) any {
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
		return map[string]any{"errors": []any{entry}}
	}}
}

// listWorkspaces answers all workspaces of the account, whichever the key belongs to.
func (s *Simulator) listWorkspaces(w http.ResponseWriter, _ *http.Request, _ workspace) {
	listed := []any{}
	for _, ws := range s.workspaces() {
		listed = append(listed, map[string]any{
			"id":                     ws.id,
			"name":                   fmt.Sprintf("Workspace %d", ws.id),
			"messages_sent":          0,
			"billable_messages_sent": 0,
			"people":                 0,
			"object_types":           0,
			"objects":                0,
		})
	}
	writeJSON(w, http.StatusOK, map[string]any{"workspaces": listed})
}

// senderAddresses are the documented addresses that Customer.io sends from.
var senderAddresses = map[string][]string{
	RegionUS: {
		"35.188.196.183", "104.198.177.219", "104.154.232.87", "130.211.229.195", "104.198.221.24", "104.197.27.15",
		"35.194.9.154", "104.154.144.51", "104.197.210.12", "35.225.6.73",
	},
	RegionEU: {
		"34.76.143.229", "34.78.91.47", "34.77.94.252", "35.187.188.242", "34.78.122.90", "35.195.137.235",
		"130.211.108.156", "104.199.50.18", "34.78.44.80", "35.205.31.154",
	},
}

// listIPAddresses is documented to need no key.
func (s *Simulator) listIPAddresses(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"ip_addresses": senderAddresses[s.options.Region]})
}
