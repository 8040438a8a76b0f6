package resilience_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// situation is one in which the provider waits for long.
type situation struct {
	name    string
	options simulator.Options
	// fault is armed before the command, unless it does nothing.
	fault simulator.Fault
	// command is what is interrupted: apply, or destroy after an apply without trouble.
	command string
	// config holds the resources, and provider a further setting of the provider. slow limits Customer.io to one call per second.
	config, provider string
	slow             bool
	// Ctrl-C comes a moment after this many calls with this method to a path that contains this text.
	method, path string
	calls        int
	// unanswered is the kind of object that no state can know afterwards, since the service created it without an answer.
	unanswered string
}

const endless = time.Hour

func situations() []situation {
	source := acctest.Resource("customerio_source_connection", `name = "Source"`)
	const (
		sources = "/sourceConnections"
		hooks   = `
resource "customerio_reporting_webhook" "this" {
  count    = 40
  name     = "Hook ${count.index}"
  endpoint = "https://example.com/hook"
  events   = ["email_sent"]
}
`
	)
	return []situation{
		{name: "provisioning", options: simulator.Options{Provisioning: endless}, command: "apply", config: acctest.Pipeline(`name = "Flow"`), method: http.MethodGet, path: "/flows/", calls: 2},
		{name: "503 again and again", command: "apply", config: source, method: http.MethodPost, path: sources, calls: 2, fault: simulator.Fault{
			Method: http.MethodPost, Path: "*" + sources, Do: simulator.FaultAnswer, Status: 503, Body: `{"error_code":"503000","message":"busy"}`,
		}, provider: "max_retries = 20"},
		{name: "429 with Retry-After", command: "apply", config: source, method: http.MethodPost, path: sources, calls: 1, fault: simulator.Fault{
			Method: http.MethodPost, Path: "*" + sources, Do: simulator.FaultAnswer, Status: 429, Header: http.Header{"Retry-After": {"60"}},
		}},
		{name: "rate limit", command: "apply", config: hooks, method: http.MethodPost, path: "/v1/reporting_webhooks", calls: 2, slow: true},
		{name: "create without an answer", command: "apply", config: source, method: http.MethodPost, path: sources, calls: 1, fault: simulator.Fault{
			Method: http.MethodPost, Path: "*" + sources, Do: simulator.FaultTimeoutAfter, Times: 1,
		}},
		{name: "no answer to anything", command: "apply", config: source, method: http.MethodPost, path: sources, calls: 1, fault: simulator.Fault{
			Service: simulator.ServiceFlow, Do: simulator.FaultTimeoutAfter, After: 1, // after the list of what exists
		}, unanswered: simulator.KindSourceConnection},
		{name: "token without an answer", command: "apply", config: source, method: http.MethodPost, path: "/ims/", calls: 1, fault: simulator.Fault{
			Path: "/ims/*", Do: simulator.FaultDelay, Delay: endless,
		}},
		{name: "delete without effect", command: "destroy", config: source, method: http.MethodDelete, path: sources, calls: 1, fault: simulator.Fault{
			Method: http.MethodDelete, Do: simulator.FaultAnswer, Status: 202,
		}},
	}
}

// TestInterruptedWhileItWaits wants Ctrl-C to end each of the waits, which would outlast the test otherwise, and every object to be in
// the state: with its ID, or as pending. The provider has a moment to look for what a create without an answer made, in which a busy machine may
// find nothing. BenchmarkInterrupt measures how long that takes.
func TestInterruptedWhileItWaits(t *testing.T) {
	t.Parallel()
	for _, s := range situations() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			world, w, output, _ := s.interrupt(t)
			require.Contains(t, output, "Interrupt received.")
			missing := inNoState(t, world, w)
			if s.unanswered != "" {
				require.Equal(t, []string{s.unanswered}, missing, output)
			}
			require.LessOrEqual(t, len(missing), pending(t, w), output)
			if len(missing) == 0 {
				return
			}
			world.ClearFaults()
			w.Run("apply", "-auto-approve", "-no-color") // looks for it first
			require.Empty(t, inNoState(t, world, w))
			for _, kind := range missing {
				require.Len(t, world.Alive(kind), 1)
			}
		})
	}
}

// BenchmarkInterrupt measures the time from Ctrl-C to the end of Terraform.
func BenchmarkInterrupt(b *testing.B) {
	for _, s := range situations() {
		b.Run(strings.ReplaceAll(s.name, " ", "_"), func(b *testing.B) {
			var all time.Duration
			for b.Loop() {
				_, _, _, took := s.interrupt(b)
				all += took
			}
			b.ReportMetric(all.Seconds()/float64(b.N), "s/stop")
		})
	}
}

// interrupt brings Terraform to where it waits, and interrupts it. It kills a command that does not end then, and fails the test.
func (s situation) interrupt(t testing.TB) (*acctest.World, *acctest.Workspace, string, time.Duration) {
	t.Helper()
	world := acctest.New(t, s.options)
	var calls atomic.Int64
	waiting := make(chan struct{})
	world.Serve(t, http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		if request.Method == s.method && strings.Contains(request.URL.Path, s.path) && calls.Add(1) == int64(s.calls) {
			// The call or its answer is under way. A moment later the provider waits.
			time.AfterFunc(300*time.Millisecond, func() { close(waiting) })
		}
		world.ServeHTTP(answer, request)
	}))
	w := acctest.NewWorkspace(t, world.Credentials()...)
	w.Observe()
	config := world.ConfigWith(s.provider, s.config)
	if s.slow {
		config = strings.Replace(config, "requests_per_second = 1000", "requests_per_second = 1", 1)
	}
	w.Write("main.tf", acctest.Required+config)
	if s.command == "destroy" {
		w.Run("apply", "-auto-approve", "-no-color")
		calls.Store(0)
	}
	if s.fault.Do != "" {
		world.AddFault(s.fault)
	}
	running := w.Start(s.command, "-auto-approve", "-no-color", "-parallelism=50")
	ended := make(chan struct{})
	var output string
	var err error
	go func() {
		defer close(ended)
		output, err = running.Wait()
	}()
	select {
	case <-waiting:
	case <-ended:
		require.Fail(t, "it did not come to wait", output)
	}
	began := time.Now()
	require.NoError(t, running.Interrupt())
	select {
	case <-ended:
	case <-time.After(time.Minute):
		require.NoError(t, running.KillProvider())
		<-ended
		require.Fail(t, "it did not stop", output)
	}
	require.Error(t, err, output)
	return world, w, output, time.Since(began)
}
