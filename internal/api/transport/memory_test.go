package transport_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// service is a service in the process of the test, under the test's clock.
type service struct {
	http.Handler
	// takes is how long it takes to answer.
	takes time.Duration
	// asks is the Retry-After of its refusals, none if it is empty.
	asks string

	mutex sync.Mutex
	start time.Time
	calls []call
}

// call is a request that the service got.
type call struct {
	path   string
	at     time.Duration
	status int
}

// RoundTrip answers a request.
func (s *service) RoundTrip(request *http.Request) (*http.Response, error) {
	s.mutex.Lock()
	if s.start.IsZero() {
		s.start = time.Now()
	}
	at := time.Since(s.start)
	s.mutex.Unlock()
	if request.Body == nil {
		request.Body = http.NoBody
	}
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, request)
	time.Sleep(s.takes)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.calls = append(s.calls, call{request.URL.Path, at, recorder.Code})
	return recorder.Result(), nil
}

// answered are the calls so far that were answered with a status.
func (s *service) answered(status int) (paths []string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, call := range s.calls {
		if call.status == status {
			paths = append(paths, call.path)
		}
	}
	return paths
}

// perSecond is how many calls there were in each second since the first, as many seconds as are asked for.
func (s *service) perSecond(seconds int) []int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	counts := make([]int, seconds)
	for _, call := range s.calls {
		if second := int(call.at / time.Second); second < seconds {
			counts[second]++
		}
	}
	return counts
}

// statuses is a service whose answer to the call with a number, from 0, has a status.
func statuses(status func(number int) int) *service {
	s, number := &service{}, -1
	s.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.mutex.Lock()
		number++
		answer := status(number)
		s.mutex.Unlock()
		if answer != http.StatusOK && s.asks != "" {
			w.Header().Set("Retry-After", s.asks)
		}
		w.WriteHeader(answer)
		_, _ = w.Write([]byte(`{}`))
	})
	return s
}

// client calls a service in the process. It retries, unless the number is zero.
func (s *service) client(limiter *transport.Limiter, retries int) *transport.Client {
	return transport.New(transport.Config{
		Service: "Shop", BaseURL: transport.MemoryURL, Timeout: time.Minute, MaxRetries: retries, Limiter: limiter, Redactor: &transport.Redactor{},
	}).In(s)
}

// underFakeClock runs a test in which time passes at once when everybody waits.
func underFakeClock(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, test)
}

// all sends GETs, all at the same time but in their order, and returns their errors.
func all(t *testing.T, client *transport.Client, paths []string) []error {
	t.Helper()
	var group sync.WaitGroup
	errs := make([]error, len(paths))
	for i, path := range paths {
		group.Go(func() { errs[i] = client.Do(t.Context(), get(path), nil) })
		synctest.Wait()
	}
	group.Wait()
	return errs
}

// numbered are so many paths.
func numbered(count int) (paths []string) {
	for i := range count {
		paths = append(paths, "/shops/"+strconv.Itoa(i))
	}
	return paths
}

func requireAllSucceed(t *testing.T, errs []error) {
	t.Helper()
	for _, err := range errs {
		require.NoError(t, err)
	}
}
