package resilience_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// memoryForHostility is the most memory that the provider may use while it reads ten such answers at a time, in MiB.
const memoryForHostility = 400

// flood writes until the other side closes the connection, or everything is written.
func flood(w io.Writer, beginning, again string, times int) {
	_, err := io.WriteString(w, beginning)
	for range times {
		if err != nil {
			return
		}
		_, err = io.WriteString(w, again)
	}
}

const (
	mebibyte = 1 << 20
	// forever is more than the provider reads.
	forever = 1 << 30
)

// TestHostileAnswers sends answers that would fill the memory or, as deeply nested JSON, the stack.
func TestHostileAnswers(t *testing.T) {
	t.Parallel()
	block := strings.Repeat("a", mebibyte)
	for name, test := range map[string]struct {
		answer  http.HandlerFunc
		message string
	}{
		"100 MiB": {func(w http.ResponseWriter, _ *http.Request) { flood(w, `{"items":[{"name":"`, block, 100) }, "longer than 16 MiB"},
		"100 MiB, announced": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "104857600")
			flood(w, "", block, 100)
		}, "longer than 16 MiB"},
		"no end": {func(w http.ResponseWriter, _ *http.Request) { flood(w, `[`, block, forever) }, "longer than 16 MiB"},
		"packed": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			flood(packed, `{"items":"`, block, 1000)
			_ = packed.Close()
		}, "longer than 16 MiB"},
		"deep": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"items":`+strings.Repeat("[", 100_000)+strings.Repeat("]", 100_000)+`}`)
		}, "not valid JSON"},
		"refusal without an end": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			flood(w, `{"message":"`, block, forever)
		}, "400 (Bad Request)"},
		"deep refusal": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"message":`+strings.Repeat(`{"a":`, 20_000)+"1"+strings.Repeat("}", 20_000)+`}`)
		}, "400 (Bad Request)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := acctest.New(t, simulator.Options{})
			world.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.Path, "/sourceConnections") {
					test.answer(w, r)
					return
				}
				world.ServeHTTP(w, r)
			}))
			w := acctest.NewWorkspace(t, append(world.Credentials(), "GOGC=100")...) // memory as users have it
			w.Observe()
			w.Write("main.tf", acctest.Required+world.ProviderConfig("max_retries = 0")+`
data "customerio_source_connection" "this" {
  count = 20
  id    = "133bb51f-f310-4b4a-b8b2-731aef1e223c"
}`)
			running := w.Start("plan", "-no-color")
			peak := watchMemory(running)
			output, err := running.Wait()
			most := peak()
			require.Error(t, err)
			require.Contains(t, strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " "), test.message)
			require.Less(t, len(output), 200_000)
			t.Logf("at most %d MiB", most)
			if !acctest.RaceDetector {
				require.Less(t, most, memoryForHostility)
			}
		})
	}
}
