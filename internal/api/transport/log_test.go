package transport_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// linesOf are the lines of a log at one level, without times.
func linesOf(t *testing.T, log, level string) (lines []map[string]any) {
	t.Helper()
	for _, text := range strings.Split(strings.TrimSpace(log), "\n") {
		var line map[string]any
		require.NoError(t, json.Unmarshal([]byte(text), &line))
		if line["@level"] == level {
			if elapsed, timed := line["milliseconds"]; timed {
				require.GreaterOrEqual(t, elapsed, 0.0)
			}
			for _, name := range []string{"@level", "@module", "@timestamp", "@caller", "milliseconds"} {
				delete(line, name)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// TestLogHasOneLinePerAttempt at DEBUG, with all that a report of a problem needs.
func TestLogHasOneLinePerAttempt(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t,
		httpscript.Answer{Status: 503, Header: map[string]string{"Retry-After": "0", "X-Request-Id": "r-1"}, Body: serviceTrouble},
		httpscript.Answer{Status: 200, Header: map[string]string{"X-Request-Id": "r-2"}, Body: `{"items":[]}`},
	)
	log := &syncBuffer{}
	request := get("/flows/1")
	request.RawQuery = "property=name==Shop"
	require.NoError(t, retrying(service, 1).Do(tflogtest.RootLogger(t.Context(), log), request, nil))

	call := func(more map[string]any) map[string]any {
		line := map[string]any{
			"@message": "answer of Adobe Flow Service", "service": "Adobe Flow Service", "method": "GET", "path": "/flows/1", "query": "property=name==Shop",
		}
		for name, value := range more {
			line[name] = value
		}
		return line
	}
	require.Equal(t, []map[string]any{
		call(map[string]any{"status": 503.0, "code": "FLOW-1103-503", "request_id": "r-1", "attempt": 1.0}),
		call(map[string]any{"status": 200.0, "request_id": "r-2", "attempt": 2.0}),
	}, linesOf(t, log.String(), "debug"))
}

// TestLogCountsAttemptsOfOtherLibraries such as the one that asks for tokens.
func TestLogCountsAttemptsOfOtherLibraries(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.AtOnce(503, serviceTrouble), httpscript.JSON(200, `{}`))
	config := config(service)
	config.MaxRetries = 1
	log := &syncBuffer{}
	ask, err := http.NewRequestWithContext(tflogtest.RootLogger(t.Context(), log), http.MethodGet, config.BaseURL+"/token", nil)
	require.NoError(t, err)
	response, err := transport.NewHTTPClient(config).Do(ask)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	lines := linesOf(t, log.String(), "debug")
	require.Len(t, lines, 2)
	require.EqualValues(t, 2, lines[1]["attempt"])
}

func TestLogHasOneLineWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]httpscript.Answer{
		"no answer": httpscript.Reset(), "a part of one": httpscript.CutOff(200, `{"items":[{"name":"Shop"}]}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := &syncBuffer{}
			require.Error(t, retrying(httpscript.Serve(t, answer), 0).Do(tflogtest.RootLogger(t.Context(), log), post("/flows"), nil))
			lines := linesOf(t, log.String(), "debug")
			require.Len(t, lines, 1)
			require.NotEmpty(t, lines[0]["error"])
			delete(lines[0], "error")
			require.Equal(t, map[string]any{
				"@message": "no answer from Adobe Flow Service", "service": "Adobe Flow Service", "method": "POST", "path": "/flows", "query": "", "attempt": 1.0,
			}, lines[0])
		})
	}
}

// TestBodiesAreLoggedAtTraceAlone: they may hold names and addresses of people, which a report of a problem should not.
func TestBodiesAreLoggedAtTraceAlone(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(400, `{"message":"answered-text"}`))
	log := &syncBuffer{}
	request := post("/flows")
	request.Body = map[string]string{"name": "sent-text"}
	require.Error(t, transport.New(config(service)).Do(tflogtest.RootLogger(t.Context(), log), request, nil))
	for _, text := range []string{"sent-text", "answered-text"} {
		require.Equal(t, 1, strings.Count(log.String(), text))
		require.NotContains(t, linesOf(t, log.String(), "debug")[0], "body")
	}
	require.Len(t, linesOf(t, log.String(), "debug"), 1)
	require.Len(t, linesOf(t, log.String(), "trace"), 3, "the call, and the two bodies")
}
