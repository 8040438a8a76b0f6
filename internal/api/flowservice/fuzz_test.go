package flowservice_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

func FuzzAnswers(f *testing.F) {
	for _, body := range []string{
		receipt,
		`{"items":[{"id":"1","etag":"\"4c\"","name":"n","state":"enabled","options":{"inletUrl":"https://dcs.adobedc.net/collection/a"},` +
			`"sourceConnectionIds":["s"],"targetConnectionIds":["t"],"flowSpec":{"id":"f","version":"1.0"},"createdAt":1596656079576,` +
			`"transformations":[{"name":"Mapping","params":{"mappingId":"m","mappingVersion":"0"}}],"lastOperation":{"operation":"create","status":{"value":"success","errors":[{}]}}}],"_links":{}}`,
		`{"items":[{"id":"1","state":"failed","lastOperation":{"status":"failed"}}],"_links":{"next":{"href":"/flows?continuationToken=x"}}}`,
		`{"items":[{"id":"1","data":{"schema":{"id":"https://s","version":{"v":1}}},"params":{"dataSetId":"d"},"connectionSpec":{"id":"c"}}]}`,
		`{"items":[{"id":"1","flowId":"f","metrics":{"durationSummary":{"startedAtUTC":1},"recordSummary":{"inputRecordCount":"2"},"statusSummary":{"status":"success","errors":[]}}}]}`,
		`{"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","title":"x","report":{"detailed-message":"gone","request-id":"r"}}`,
	} {
		f.Add(uint16(0), body)
		f.Add(uint16(204), body)
	}
	echo := httpscript.NewEcho(f)
	f.Fuzz(func(t *testing.T, status uint16, body string) {
		c := flowservice.New(echo.Transport(flowservice.Service), objects.NewRegister())
		echo.Answers(t, status, body,
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.Flows.Await(ctx, flowID) }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.Flows.List(ctx, "") }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.BaseConnections.Get(ctx, sourceID) }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.SourceConnections.Get(ctx, sourceID) }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.TargetConnections.Get(ctx, targetID) }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.TargetConnections.List(ctx, "") }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.ListRuns(ctx, flowID, 10) }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.ConnectionSpecs.Get(ctx, sourceID) }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.FlowSpecsOfSource(ctx, sourceID) }),
			func(ctx context.Context) error {
				_, err := c.Flows.Update(ctx, flowID, flowservice.Change{Name: text("n"), Mapping: toVersion1})
				return err
			},
			func(ctx context.Context) error {
				_, err := c.Flows.SetState(ctx, flowID, flowservice.StateDisabled)
				return err
			},
			func(ctx context.Context) error { return c.Flows.Remove(ctx, flowID) },
			httpscript.Reading(func(ctx context.Context) (string, error) {
				return c.Flows.Create(ctx, flowservice.NewFlow{Name: "n", SourceConnectionID: "s", TargetConnectionID: "t"})
			}),
		)
	})
}

// FuzzWebhookURL: what is taken for a webhook URL can be put together again from its parts, and what is not is not repeated.
func FuzzWebhookURL(f *testing.F) {
	for _, address := range []string{
		"https://dcs.adobedc.net/collection/2b28bf?x-adobe-flow-id=439b3fc4", "https://a/b?x=1&x-adobe-flow-id=2&y=%20", "https://a?x-adobe-flow-id=%zz",
		"http://[::1]:80/?x%2Dadobe-flow-id=1", "https://a/b?x-adobe-flow-id=1&x-adobe-flow-id=2", "//a?x-adobe-flow-id=1", "https://u:p@a/?x-adobe-flow-id=é#f", "",
	} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		endpoint, id, err := flowservice.ParseWebhookURL(address)
		if err != nil {
			require.True(t, len(address) < 12 || !strings.Contains(err.Error(), address), "the address is a secret: %s", err)
			return
		}
		require.NoError(t, flowservice.CheckStreamingEndpoint(endpoint))
		named, err := flowservice.FlowOf(address)
		require.NoError(t, err)
		require.Equal(t, strings.ToLower(id), named)
		require.True(t, flowservice.LeadsTo(address, endpoint))
		again, sameID, err := flowservice.ParseWebhookURL(flowservice.WebhookURL(endpoint, id))
		require.NoError(t, err)
		require.Equal(t, id, sameID)
		require.Equal(t, endpoint, again)
	})
}
