package flowservice_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// crowd is a service that shows each dataflow as being created for some looks.
type crowd struct {
	mutex sync.Mutex
	looks map[string]int
	calls int
}

const looksUntilReady = 5

func (c *crowd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.calls++
	ids := strings.Split(strings.TrimPrefix(r.URL.Query().Get("property"), "id=="), ",")
	if _, id, alone := strings.Cut(r.URL.Path, "/flows/"); alone {
		ids = []string{id}
	}
	var flows []string
	for _, id := range ids {
		c.looks[id]++
		state, options := "initializing", ""
		if c.looks[id] >= looksUntilReady {
			state, options = "enabled", `"inletUrl":"https://dcs.adobedc.net/collection/`+id+`"`
		}
		flows = append(flows, fmt.Sprintf(`{"id":%q,"state":%q,"options":{%s}}`, id, state, options))
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"items":[`+strings.Join(flows, ",")+`],"_links":{}}`)
}

// TestManyDataflowsAreWatchedTogether waits for 500 dataflows that are created at the same time, with far fewer calls than one for each and look.
func TestManyDataflowsAreWatchedTogether(t *testing.T) {
	t.Parallel()
	const flows, idsPerCall = 500, 40
	service := &crowd{looks: map[string]int{}}
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	client := flowservice.New(transport.New(transport.Config{Service: flowservice.Service, BaseURL: server.URL, Timeout: 10 * time.Second}), objects.NewRegister())
	var group sync.WaitGroup
	for i := range flows {
		id := fmt.Sprintf("00000000-0000-4000-8000-%012x", i)
		group.Go(func() {
			flow, err := client.Flows.AwaitCreated(t.Context(), id)
			if err != nil || !strings.HasSuffix(flow.Options.InletURL, id) {
				t.Error(id, flow, err)
			}
		})
	}
	group.Wait()
	t.Logf("%d calls", service.calls)
	require.Less(t, service.calls, 4*looksUntilReady*flows/idsPerCall)
}
