package transport_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// app is the simulator's App API with its limit of ten requests a second, and a client with the key of its workspace.
func app() (*service, *transport.Client) {
	app := &service{Handler: simulator.New(simulator.Options{RequestsPerSecond: 10}), takes: 20 * time.Millisecond}
	return app, transport.New(transport.Config{
		Service: customerio.Service, NotFound: customerio.NotFound, BaseURL: transport.MemoryURL, Timeout: 30 * time.Second, MaxRetries: 5,
		Credentials: customerio.Credentials{AppAPIKey: simulator.DefaultAppAPIKey}, Redactor: &transport.Redactor{},
		Limiter: transport.NewLimiter(customerio.DefaultRequestsPerSecond),
	}).In(app)
}

func webhook(number int) customerio.WebhookSettings {
	return customerio.WebhookSettings{Name: fmt.Sprintf("Webhook %d", number), Endpoint: "https://example.com/hook", Events: []string{"email_sent"}}
}

// A thousand webhooks are created, all at the same time, each by an operation with less time than the queue takes.
func TestManyWebhooksAreCreatedAtTheAllowedRate(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		app, client := app()
		start := time.Now()
		var group sync.WaitGroup
		for i := range 1000 {
			group.Go(func() {
				ctx, cancel := transport.WithTimeout(t.Context(), 5*time.Second)
				defer cancel()
				request := transport.Request{Method: http.MethodPost, Path: "/v1/reporting_webhooks", Body: webhook(i)}
				require.NoError(t, client.Do(ctx, request, nil))
			})
		}
		group.Wait()
		require.Len(t, app.answered(http.StatusOK), 1000, "each was sent once, and none was refused")
		require.Less(t, time.Since(start), 101*time.Second, "by the test's clock")
	})
}

// Another integration takes six of the ten requests a second. Nobody told the provider, but it leaves them to it.
func TestWebhooksAreCreatedBesidesAnotherIntegration(t *testing.T) {
	underFakeClock(t, func(t *testing.T) {
		app, client := app()
		api := customerio.New(client, objects.NewRegister())
		done := make(chan struct{})
		var other, group sync.WaitGroup
		var sent, refused int
		other.Go(func() {
			for {
				select {
				case <-done:
					return
				case <-time.After(time.Second / 6):
				}
				request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, transport.MemoryURL+"/v1/reporting_webhooks", nil)
				require.NoError(t, err)
				request.Header.Set("Authorization", "Bearer "+simulator.DefaultAppAPIKey)
				answer, err := app.RoundTrip(request)
				require.NoError(t, err)
				sent++
				if answer.StatusCode == http.StatusTooManyRequests {
					refused++
				}
			}
		})
		for i := range 100 {
			group.Go(func() {
				ctx, cancel := transport.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				_, err := api.ReportingWebhooks.Create(ctx, webhook(i))
				require.NoError(t, err)
			})
		}
		group.Wait()
		close(done)
		other.Wait()
		simulated, _ := app.Handler.(*simulator.Simulator)
		require.Len(t, simulated.Objects(), 100)
		require.Greater(t, len(app.answered(http.StatusTooManyRequests)), refused, "the two were too much")
		require.Less(t, refused, sent/4, "and the other one got what it needs")
	})
}
