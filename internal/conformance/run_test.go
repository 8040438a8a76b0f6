package conformance

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestTheSimulatorAgrees(t *testing.T) {
	w := newEmptyWorld(t, nil)
	var table bytes.Buffer
	w.options.Progress = &table
	result := w.run(t)
	require.Len(t, result.idsOf(Agrees), len(Probes()), table.String())
	require.Equal(t, ExitAgrees, result.ExitCode())
	require.Equal(t, "development", result.SandboxType)
	require.Equal(t, len(w.Calls()), int(result.Calls))
	require.Less(t, result.Calls, int64(180), "a run is to spend few calls")
	require.Contains(t, table.String(), "PROBE ")
	require.Regexp(t, `(?m)^flow-delete +204 \(description.* 204, empty body +204, empty body$`, table.String())
	w.requireNothingLeft(t)
}

func TestObjectsOfOthersStay(t *testing.T) {
	w := newWorld(t, nil)
	result := w.run(t)
	require.Empty(t, result.Differences())
	require.Equal(t, []string{"webhook-empty-list"}, result.idsOf(Skipped), "there is a webhook")
	require.Equal(t, ExitAgrees, result.ExitCode())
	w.requireNothingLeft(t)
}

func TestDifferencesAreNamed(t *testing.T) {
	w := newWorld(t, rewriting("slack_conformance", "slack_sent"))
	w.AddFault(simulator.Fault{
		Method: http.MethodPatch, Path: "*/sourceConnections/*", After: 2, Times: 1, Do: simulator.FaultAnswer, Status: 400,
		Body: `{"type": "https://ns.adobe.com/aep/errors/FLOW-1445-400", "status": 400}`,
	})
	w.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*/mappingSets/" + someHex, After: 1, Do: simulator.FaultAnswer, Status: 500})
	result := w.run(t)
	require.Equal(t, []string{
		`mapping-unknown: the service says "500, empty body", the simulator "404, no code". ` +
			`Change internal/api/transport/missing.go, internal/simulator/prep/prep.go.`,
		`source-rename: the service says "400, FLOW-1445-400", the simulator "200, has the new name". ` +
			`Change internal/api/flowservice/change.go, internal/resource/sourceconnection/schema.go, internal/simulator/flow/patch.go.`,
		`webhook-unknown-event: the service says "200, created", the simulator "400, bad_request". ` +
			`Change internal/advice/customerio.go, internal/resource/reportingwebhook/events.go, internal/simulator/cio/webhooks.go.`,
	}, result.Differences())
	require.Empty(t, result.idsOf(Failed))
	require.Equal(t, ExitDiffers, result.ExitCode())
	require.Contains(t, result.Report(), "- source-rename: the service says")
	w.requireNothingLeft(t)
}

// TestWhatFailsMidway leaves the probes that need it without an answer, and nothing behind.
func TestWhatFailsMidway(t *testing.T) {
	for _, collection := range []string{
		"/tenant/fieldgroups", "/tenant/schemas", "/dataSets", "/mappingSets", "/sourceConnections", "/targetConnections", "/flows", "/reporting_webhooks",
	} {
		for _, fault := range []simulator.Fault{
			{Do: simulator.FaultResetBefore}, {Do: simulator.FaultResetAfter}, {Do: simulator.FaultAnswerAfter, Status: http.StatusGatewayTimeout},
			{Do: simulator.FaultAnswerAfter, Status: http.StatusOK, Body: "{}"},
		} {
			t.Run(fmt.Sprintf("%s %s %d", collection[1:], fault.Do, fault.Status), func(t *testing.T) {
				w := newWorld(t, nil)
				fault.Method, fault.Path, fault.Times = http.MethodPost, "*"+collection, 1
				w.AddFault(fault)
				result := w.run(t)
				require.NotEqual(t, ExitAgrees, result.ExitCode())
				require.NotEmpty(t, append(result.idsOf(Failed), result.idsOf(Differs)...))
				require.Contains(t, result.idsOf(Agrees), "gateway-no-token")
				require.Contains(t, result.idsOf(Agrees), "webhook-unknown")
				require.Empty(t, result.Left)
				w.requireNothingLeft(t)
			})
		}
	}
}

// TestAnInterruptLeavesNothing wherever it comes.
func TestAnInterruptLeavesNothing(t *testing.T) {
	// Of some 130 calls, the last delete what is there, and an interrupt then stops no question. How many there are before depends on the machine, on which
	// the services are asked more or less often whether they are ready.
	for call := int64(6); call < 100; call += 4 {
		t.Run(fmt.Sprintf("at call %d", call), func(t *testing.T) {
			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()
			var calls atomic.Int64
			w := newWorld(t, func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if calls.Add(1) == call {
						interrupt()
					}
					next.ServeHTTP(w, r)
				})
			})
			result, err := Run(ctx, w.options)
			require.NoError(t, err)
			require.ErrorIs(t, result.Stopped, context.Canceled)
			require.Equal(t, ExitFailed, result.ExitCode())
			require.NotEmpty(t, result.idsOf(Failed))
			require.Empty(t, result.Left)
			require.Contains(t, result.Report(), "Ended early")
			w.requireNothingLeft(t)
		})
	}
}

// TestASecondInterruptNamesWhatStays and does not wait for services that do not answer.
func TestASecondInterruptNamesWhatStays(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	giveUp := make(chan struct{})
	w := newWorld(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/targetConnections") {
				interrupt()
			}
			if r.Method == http.MethodDelete {
				close(giveUp)
				<-r.Context().Done()
			}
			next.ServeHTTP(w, r)
		})
	})
	w.options.GiveUp = giveUp
	result, err := Run(ctx, w.options)
	require.NoError(t, err)
	require.Equal(t, ExitFailed, result.ExitCode())
	kinds := map[string]int{}
	for _, one := range result.Left {
		require.NotEmpty(t, one.ID)
		kinds[one.Kind]++
	}
	require.Equal(t, map[string]int{
		"field group": 1, "schema": 1, "dataset": 1, "mapping set": 1, "source connection": 2, "target connection": 1,
	}, kinds)
}

func TestWhatCannotBeDeletedIsNamed(t *testing.T) {
	w := newWorld(t, nil)
	w.AddFault(simulator.Fault{Method: http.MethodDelete, Path: "*/dataSets/*", Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: "{}"})
	result := w.run(t)
	left := map[string]string{}
	for _, one := range result.Left {
		left[one.Kind] = one.String()
	}
	require.Len(t, left, 3, "the schema and the field group are in use")
	dataset := w.Objects()[len(w.before)-1]
	for _, one := range w.Objects() {
		if one.Kind == simulator.KindDataSet && strings.HasPrefix(one.Name, "conformance ") {
			dataset = one
		}
	}
	require.Equal(t, fmt.Sprintf("dataset %q (%s), in Datasets > Browse: the delete is refused: 403, no code", dataset.Name, dataset.ID), left["dataset"])
	require.Contains(t, left["schema"], "in Schemas > Browse: the delete is refused: 400, no code")
	require.NotContains(t, result.Report(), dataset.ID, "the report is for others")
	require.Contains(t, result.Summary(), "3 objects left behind")
	require.Equal(t, ExitDiffers, result.ExitCode())
}

func TestAnAnswerOfNoCreatesNothing(t *testing.T) {
	w := newWorld(t, nil)
	var question string
	w.options.Ask = func(text string) (bool, error) {
		question = text
		return false, nil
	}
	_, err := Run(t.Context(), w.options)
	require.ErrorIs(t, err, ErrDeclined)
	require.Empty(t, w.writes())
	require.Contains(t, question, `the sandbox "dev" (development)`)
}

// TestTheQuestionNamesWhatIsCreated counts what the simulator created.
func TestTheQuestionNamesWhatIsCreated(t *testing.T) {
	w := newWorld(t, nil)
	var question string
	w.options.Ask = func(text string) (bool, error) {
		question = text
		return true, nil
	}
	w.run(t)
	created := map[string]int{}
	for _, call := range w.writes() {
		isCreate := call.Method == http.MethodPost && call.Status/100 == 2
		if last := call.Path[strings.LastIndex(call.Path, "/")+1:]; isCreate && last != "action" && last != "validate" && last != "preview" {
			created[last]++
		}
	}
	require.Equal(t, map[string]int{
		"fieldgroups": 1, "schemas": 1, "dataSets": 1, "mappingSets": 1, "sourceConnections": 2, "targetConnections": 1, "flows": 1, "reporting_webhooks": 2,
	}, created)
	require.Contains(t, question, "a field group, a schema, a dataset, a mapping set, 2 source connections, a target connection and a dataflow without data")
	require.Contains(t, question, "2 reporting webhooks")
}

func TestAProductionSandboxIsRefused(t *testing.T) {
	typed := simulator.Fault{Path: "*/sandbox-management/", Do: simulator.FaultEdit, Find: "development", Body: "production"}
	for name, arrange := range map[string]func(*world){
		"by its name": func(w *world) { w.options.Settings.Sandbox = "prod" },
		"by its type": func(w *world) { w.AddFault(typed) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, nil)
			arrange(w)
			_, err := Run(t.Context(), w.options)
			require.ErrorIs(t, err, ErrProduction)
			require.Empty(t, w.writes())

			w.options.AllowProduction = true
			require.Equal(t, ExitAgrees, w.run(t).ExitCode())
			w.requireNothingLeft(t)
		})
	}
}

// TestAProductionSandboxIsFoundOutLate where the service does not tell the types: the first object that is created does.
func TestAProductionSandboxIsFoundOutLate(t *testing.T) {
	w := newWorld(t, nil)
	w.AddFault(simulator.Fault{Path: "*/sandbox-management/", Do: simulator.FaultAnswer, Status: http.StatusForbidden, Body: "{}"})
	w.AddFault(simulator.Fault{Path: "*/tenant/fieldgroups", Do: simulator.FaultEdit, Find: `"meta:sandboxType":"development"`, Body: `"meta:sandboxType":"production"`})
	result := w.run(t)
	require.ErrorIs(t, result.Stopped, ErrProduction)
	require.Equal(t, ExitFailed, result.ExitCode())
	require.Contains(t, result.idsOf(Failed), "schema-create")
	w.requireNothingLeft(t)
}

// TestAnAccountThatIsRefused gives no answers that would be taken for those of the service.
func TestAnAccountThatIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		arrange func(*Settings)
		message string
	}{
		"unknown sandbox": {
			func(s *Settings) { s.Sandbox = "nope" },
			"Adobe refuses a first read, GET /data/foundation/flowservice/flows: 404, FLOW-2103-404; docs/guides/errors.md says what to correct",
		},
		"wrong key": {
			func(s *Settings) { s.AppAPIKey = "wrong" },
			"Customer.io refuses a first read, GET /v1/reporting_webhooks: 401, invalid_credentials; docs/guides/errors.md says what to correct",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, nil)
			test.arrange(&w.options.Settings)
			_, err := Run(t.Context(), w.options)
			require.EqualError(t, err, test.message)
			require.Empty(t, w.writes())
		})
	}
}

func TestRetryAfterIsHonored(t *testing.T) {
	w := newWorld(t, nil)
	for _, path := range []string{"*/dataSets", "*/reporting_webhooks"} {
		w.AddFault(simulator.Fault{
			Method: http.MethodPost, Path: path, Times: 1, Do: simulator.FaultAnswer, Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"1"}},
		})
	}
	began := time.Now()
	result := w.run(t)
	require.Equal(t, ExitAgrees, result.ExitCode(), result.Differences())
	require.Greater(t, time.Since(began), 2*time.Second)
	w.requireNothingLeft(t)
}

func TestALongRetryAfterIsAnAnswer(t *testing.T) {
	w := newWorld(t, nil)
	w.AddFault(simulator.Fault{
		Method: http.MethodPost, Path: "*/flows", Do: simulator.FaultAnswer, Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"86400"}},
	})
	result := w.run(t)
	require.Contains(t, result.Differences()[0], `flow-create: the service says "429, empty body"`)
	w.requireNothingLeft(t)
}

// TestAReadMayBeBehind: a dataflow that is not found right after its create is one of the answers that the provider is made for.
func TestAReadMayBeBehind(t *testing.T) {
	w := newWorld(t, nil)
	w.AddFault(simulator.Fault{
		Method: http.MethodGet, Path: `^.*/flows/[^0].*`, Times: 3, Do: simulator.FaultAnswer, Status: http.StatusNotFound,
		Body: `{"type": "https://ns.adobe.com/aep/errors/FLOW-1439-404", "status": 404}`,
	})
	result := w.run(t)
	require.Equal(t, ExitAgrees, result.ExitCode(), result.Differences())
	w.requireNothingLeft(t)
}

func TestWhatNeverHappensIsAnAnswer(t *testing.T) {
	w := newWorld(t, nil)
	w.options.Longest = 300 * time.Millisecond
	w.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*/flows/*", Do: simulator.FaultEdit, Find: `"inletUrl"`, Body: `"another"`})
	w.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*/action", After: 1, Times: 1, Do: simulator.FaultAnswer, Status: http.StatusOK, Body: "{}"})
	result := w.run(t)
	differences := strings.Join(result.Differences(), "\n")
	require.Contains(t, differences, `flow-inlet-appears: the service says "not within 5 minutes"`)
	require.Contains(t, differences, `flow-disable: the service says "200, disabled not within 5 minutes"`)
	w.requireNothingLeft(t)
}

func TestOneAccountIsEnough(t *testing.T) {
	for kept, over := range map[account]map[string]string{
		adobe:      {"CUSTOMERIO_APP_API_KEY": ""},
		customerIO: {"ADOBE_ORG_ID": "", "ADOBE_CLIENT_ID": "", "ADOBE_CLIENT_SECRET": ""},
	} {
		t.Run(string(kept), func(t *testing.T) {
			w := newWorld(t, nil)
			over["ADOBE_PLATFORM_URL"], over["ADOBE_IMS_URL"], over["CUSTOMERIO_BASE_URL"] = w.options.Settings.PlatformURL, w.options.Settings.IMSURL, w.options.Settings.CustomerIOURL
			settings, err := FromEnvironment(environment(over))
			require.NoError(t, err)
			w.options.Settings = settings
			result := w.run(t)
			require.Equal(t, ExitAgrees, result.ExitCode())
			for _, one := range result.Findings {
				require.Equal(t, one.account != kept || one.ID == "webhook-empty-list", one.Verdict == Skipped, one.ID)
			}
			w.requireNothingLeft(t)
		})
	}
}
