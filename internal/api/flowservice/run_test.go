package flowservice_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
)

// TestErrorsOfARunAreToldOnce although its summary repeats those of its activities.
func TestErrorsOfARunAreToldOnce(t *testing.T) {
	t.Parallel()
	const refused, stopped = `{"code":"CONNECTOR-2001-500","message":"refused"}`, `{"code":"CONNECTOR-1001-500","message":"stopped"}`
	service := httpscript.Serve(t, items(`{"id":"1","metrics":{"statusSummary":{"status":"failed","errors":[`+stopped+`],"extensions":{"errors":[`+refused+`]}}},
		"activities":[{"statusSummary":{"errors":[`+stopped+`],"extensions":{"errors":[`+refused+`]}}},{"statusSummary":{"extensions":{"errors":[`+refused+`]}}}]}`))
	runs, err := client(service).ListRuns(t.Context(), flowID, 10)
	require.NoError(t, err)
	require.Len(t, runs, 1)
	require.Equal(t, []flowservice.RunError{{Code: "CONNECTOR-1001-500", Message: "stopped"}, {Code: "CONNECTOR-2001-500", Message: "refused"}}, runs[0].Errors)
}

// TestOptionsThatDoNothing are not told, whatever says so.
func TestOptionsThatDoNothing(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, flow("enabled", `,"options":{"inletUrl":"`+inlet+`","none":null,"off":false,"zero":0,"text":"","list":[],"object":{},"offText":"false",
		"zeroText":"0","errorDiagnosticsEnabled":true}`))
	found, err := client(service).Flows.Get(t.Context(), flowID)
	require.NoError(t, err)
	require.Equal(t, []string{"errorDiagnosticsEnabled = true"}, found.Options.Others)
}
