package examples_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// monitored is the example of a pipeline, applied with the checks of the example of monitoring.
type monitored struct {
	*runner
	world *acctest.World
}

func newMonitored(t *testing.T, shell string) monitored {
	t.Helper()
	world := acctest.NewEmpty(t, simulator.Options{})
	w := project(t, world, "pipeline", "TF_VAR_deletion_protection=false")
	w.Write("checks.tf", read(t, "monitoring/checks.tf"))
	w.Write("check.sh", read(t, "monitoring/check.sh"))
	runner := newRunner(t, w, shell, "jq")
	w.Run("init", "-no-color")
	w.Run("apply", "-auto-approve", "-no-color")
	return monitored{runner, world}
}

// reports wants a report with exactly these lines below its title.
func (m monitored) reports(t *testing.T, code int, title string, lines ...string) {
	t.Helper()
	m.reportsWith(t, nil, code, title, lines...)
}

func (m monitored) reportsWith(t *testing.T, environment []string, code int, title string, lines ...string) {
	t.Helper()
	report, got := m.run(t, strings.Join(m.shell, " ")+" check.sh", environment...)
	require.Equal(t, code, got, report+m.Terminal.String())
	require.Equal(t, append([]string{"# Customer.io pipelines " + title, ""}, lines...), strings.Split(strings.TrimSuffix(report, "\n"), "\n"))
	for _, secret := range []string{m.world.URL, "/collection/", simulator.DefaultAppAPIKey, simulator.DefaultClientSecret} {
		require.NotContains(t, report, secret)
	}
}

const (
	attention = "need attention"
	well      = "are well"
	unchecked = "could not be checked"
	passed    = "No drift. 3 checks passed."
	nothing   = "The plan failed. Nothing is known about the pipelines. The log of the job says more."
)

func (m monitored) change(t *testing.T, kind, member string, value any) {
	t.Helper()
	require.NoError(t, m.world.Update(kind, m.world.Alive(kind)[0], func(body map[string]any) { body[member] = value }))
}

// A pipeline that stops, in every way that the check is to find, and each time nothing but what is wrong.
func TestPipelineThatStops(t *testing.T) {
	t.Parallel()
	m := newMonitored(t, "sh")
	m.reports(t, 0, well, passed)

	m.change(t, simulator.KindFlow, "state", "disabled")
	m.reports(t, 1, attention, "- **Drift**: `customerio_dataflow.this` differs from the configuration: `state`", "",
		"Without a result until the next apply: `check.events_are_stored`, `check.events_arrive`")
	m.change(t, simulator.KindFlow, "state", "enabled")

	m.change(t, simulator.KindReportingWebhook, "disabled", true)
	m.reports(t, 1, attention, "- **Drift**: `customerio_reporting_webhook.this` differs from the configuration: `disabled`", "",
		"Without a result until the next apply: `check.events_are_delivered`")
	m.change(t, simulator.KindReportingWebhook, "disabled", false)

	endpoint := `"` + m.world.URL + `/elsewhere?token=canary"`
	m.change(t, simulator.KindReportingWebhook, "endpoint", strings.Trim(endpoint, `"`))
	m.reports(t, 1, attention, "- **Drift**: `customerio_reporting_webhook.this` differs from the configuration: `dataflow_id`, `endpoint`", "",
		"Without a result until the next apply: `check.events_are_delivered`")
	m.Run("apply", "-auto-approve", "-no-color")
	m.reports(t, 0, well, passed)

	require.NoError(t, m.world.Delete(simulator.KindReportingWebhook, m.world.Alive(simulator.KindReportingWebhook)[0]))
	m.reports(t, 1, attention, "- **Drift**: `customerio_reporting_webhook.this` does not exist",
		"- **Drift**: the output `webhook_id` differs", "", "Without a result until the next apply: `check.events_are_delivered`")
	m.Run("apply", "-auto-approve", "-no-color")

	m.reportsWith(t, []string{"CUSTOMERIO_APP_API_KEY=expired"}, 2, unchecked, nothing, "", "- `Error: Unable to read reporting webhook`")
	m.reportsWith(t, []string{"TERRAFORM=not-there"}, 2, unchecked,
		"Terraform is missing: there is no program not-there. Nothing is known about the pipelines. The log of the job says more.")

	m.world.AddFault(simulator.Fault{Service: simulator.ServiceFlow, Do: simulator.FaultAnswer, Status: http.StatusForbidden})
	m.Write("second.tf", "data \"customerio_source_connection\" \"second\" {\n  id = \"133bb51f-f310-4b4a-b8b2-731aef1e223c\"\n}\n")
	m.reports(t, 2, unchecked, nothing, "", "- `Error: Unable to read source connection`", "- `Error: Unable to read target connection`")
}

// Events that do not arrive, are refused, or cannot be stored.
func TestEventsThatStop(t *testing.T) {
	t.Parallel()
	m := newMonitored(t, "sh")
	impatient := []string{"TF_VAR_longest_gap=0s"}
	report, code := m.run(t, "sh check.sh", impatient...)
	require.Equal(t, 1, code)
	require.Regexp(t, "\n\n- \\*\\*Check failed\\*\\*: `check.events_arrive` `No run for longer than 0s: there is none since 20[0-9TZ:-]+\\.`\n$", report)

	m.emit(t, map[string]any{"timestamp": "when?"})
	m.reports(t, 1, attention, "- **Check failed**: `check.events_are_stored` `In the last 25 hours, 1 of 1 runs failed or stored only some of their records. 1 records failed.`")
	m.emit(t, nil)
	m.reports(t, 1, attention, "- **Check failed**: `check.events_are_stored` `In the last 25 hours, 1 of 1 runs failed or stored only some of their records. 1 records failed.`")
	report, _ = m.run(t, "sh check.sh", impatient...)
	require.Contains(t, report, "`No run for longer than 0s: the last one was at 20")

	m.world.AddFault(simulator.Fault{Method: http.MethodPost, Path: "/collection/*", Do: simulator.FaultAnswer, Status: http.StatusServiceUnavailable})
	m.emit(t, nil)
	m.emit(t, nil)
	m.reports(t, 1, attention,
		"- **Check failed**: `check.events_are_delivered` `In the last 25 hours, Customer.io recorded 2 failed deliveries. HTTP status: 503.`",
		"- **Check failed**: `check.events_are_stored` `In the last 25 hours, 1 of 1 runs failed or stored only some of their records. 1 records failed.`")
}

func (m monitored) emit(t *testing.T, payload map[string]any) {
	t.Helper()
	deliveries, err := m.world.Emit(t.Context(), "email_sent", payload)
	require.NoError(t, err)
	require.Len(t, deliveries, 1)
}
