package resilience_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// chaos stands between provider and services, and lets something go wrong with calls chosen by chance.
type chaos struct {
	services http.Handler
	mutex    sync.Mutex
	random   *rand.Rand
	// often is the percentage of calls that meet trouble.
	often int
	met   []string
}

// trouble is a way in which a call goes wrong. act lets the service carry out the call and returns its answer.
type trouble struct {
	name string
	do   func(w http.ResponseWriter, r *http.Request, act func() *httptest.ResponseRecorder)
}

func answers(status int, contentType, body string, header ...string) trouble {
	return trouble{fmt.Sprintf("%d without an effect", status), func(w http.ResponseWriter, _ *http.Request, _ func() *httptest.ResponseRecorder) {
		reply(w, status, contentType, body, header...)
	}}
}

func reply(w http.ResponseWriter, status int, contentType, body string, header ...string) {
	w.Header().Set("Content-Type", contentType)
	for i := 0; i+1 < len(header); i += 2 {
		w.Header().Set(header[i], header[i+1])
	}
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

const page = "<html><head><title>Sign in</title></head><body>Sign in to go on</body></html>"

var troubles = []trouble{
	{"the connection breaks before the service acts", func(http.ResponseWriter, *http.Request, func() *httptest.ResponseRecorder) {
		panic(http.ErrAbortHandler)
	}},
	{"the connection breaks after the service acted", func(_ http.ResponseWriter, _ *http.Request, act func() *httptest.ResponseRecorder) {
		act()
		panic(http.ErrAbortHandler)
	}},
	{"half of the answer", func(w http.ResponseWriter, _ *http.Request, act func() *httptest.ResponseRecorder) {
		answer := act()
		body := answer.Body.String()
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		w.WriteHeader(answer.Code)
		_, _ = w.Write([]byte(body[:len(body)/2]))
	}},
	{"no answer after the service acted", func(_ http.ResponseWriter, r *http.Request, act func() *httptest.ResponseRecorder) {
		act()
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	}},
	{"504 after the service acted", func(w http.ResponseWriter, _ *http.Request, act func() *httptest.ResponseRecorder) {
		act()
		reply(w, http.StatusGatewayTimeout, "text/html", page)
	}},
	{"a page in place of the answer", func(w http.ResponseWriter, _ *http.Request, act func() *httptest.ResponseRecorder) {
		act()
		reply(w, http.StatusOK, "text/html", page)
	}},
	{"a late answer", func(w http.ResponseWriter, r *http.Request, act func() *httptest.ResponseRecorder) {
		select {
		case <-r.Context().Done():
		case <-time.After(300 * time.Millisecond):
		}
		answer := act()
		reply(w, answer.Code, answer.Header().Get("Content-Type"), answer.Body.String())
	}},
	answers(http.StatusServiceUnavailable, "application/json", `{"error_code":"503000","message":"busy"}`),
	answers(http.StatusBadGateway, "text/html", page),
	answers(http.StatusInternalServerError, "application/json", `{"title":"Internal Server Error","status":500}`),
	answers(http.StatusTooManyRequests, "application/json", `{"error_code":"429050","message":"too many"}`, "Retry-After", "0"),
	answers(http.StatusUnauthorized, "application/json", `{"error_code":"401013","message":"Oauth token is not valid"}`),
	answers(http.StatusForbidden, "application/json", `{"error_code":"403025","message":"User Region is Missing"}`),
}

func (c *chaos) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mutex.Lock()
	strikes, kind := c.random.IntN(100) < c.often, troubles[c.random.IntN(len(troubles))]
	if strikes {
		c.met = append(c.met, fmt.Sprintf("%s %s: %s", r.Method, r.URL.Path, kind.name))
	}
	c.mutex.Unlock()
	if !strikes {
		c.services.ServeHTTP(w, r)
		return
	}
	kind.do(w, r, func() *httptest.ResponseRecorder {
		answer := httptest.NewRecorder()
		c.services.ServeHTTP(answer, r)
		return answer
	})
}

// atMost is how many applies it may take until one succeeds.
const atMost = 20

// TestChaos applies and destroys the example pipeline while calls fail by chance. In the end there is one object of each kind, and none
// after the destroy. Nobody has to help, not even if an apply could not look for what it may have created.
func TestChaos(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			world := acctest.NewEmpty(t, simulator.Options{})
			between := &chaos{services: world.Simulator, random: rand.New(rand.NewPCG(seed, 0)), often: 25}
			world.Serve(t, between)
			w := pipeline(t, world)
			w.Write("versions.tf", strings.Replace(w.Read("versions.tf"), `provider "customerio" {}`, `
provider "customerio" {
  request_timeout = "1s"
  max_retries     = 2
}
`, 1))
			for _, command := range []string{"apply", "destroy"} {
				between.until(t, world, w, command)
			}
			require.Empty(t, world.Objects(), strings.Join(between.met, "\n"))
		})
	}
}

// until repeats a command until it succeeds, and checks what exists then.
func (c *chaos) until(t *testing.T, world *acctest.World, w *acctest.Workspace, command string) {
	t.Helper()
	for range atMost {
		output, err := w.Try(command, "-auto-approve", "-no-color")
		quiet := c.often
		c.set(0)
		if lost := inNoState(t, world, w); len(lost) > 0 {
			require.Contains(t, output, "It is not known whether", "%v", lost)
		}
		if err == nil && command == "apply" {
			requireOnePipeline(t, world)
			w.NothingToChange()
		}
		c.set(quiet)
		if err == nil {
			return
		}
	}
	require.Fail(t, "it never succeeds", strings.Join(c.met, "\n"))
}

func (c *chaos) set(often int) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.often = often
}
