package flowservice_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	flowID = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
	read   = "GET /flows/" + flowID
	inlet  = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3"
	// mapped are the transformations of the documented dataflow.
	mapped = `"transformations":[{"name":"Mapping","params":{"mappingId":"59c0e53a2dc84f7791ecc1b3d6e51d5e","mappingVersion":0}}]`
)

// flow is a dataflow in a state; more members follow.
func flow(state, more string) httpscript.Answer {
	return items(`{"id":"` + flowID + `","etag":"\"4c01c003\"","state":"` + state + `"` + more + `}`)
}

const withInlet = `,"options":{"inletUrl":"` + inlet + `"}`

func TestCreateFlow(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.NothingListed(), httpscript.JSON(201, `{"id":"`+flowID+`","etag":"\"4c01\""}`))
	id, err := client(service).Flows.Create(t.Context(), flowservice.NewFlow{
		Name: "Streaming Dataflow for Customer.io", FlowSpec: flowservice.SpecRef{ID: flowservice.GenericStreamingFlowSpec, Version: "1.0"},
		SourceConnectionID: sourceID, TargetConnectionID: targetID,
		Mapping: flowservice.MappingRef{MappingID: "59c0e53a2dc84f7791ecc1b3d6e51d5e"},
	})
	require.NoError(t, err)
	require.Equal(t, flowID, id)
	require.JSONEq(t, `{"name":"Streaming Dataflow for Customer.io","flowSpec":{"id":"e77fde5a-22a8-11ed-861d-0242ac120002","version":"1.0"},
		"sourceConnectionIds":["`+sourceID+`"],"targetConnectionIds":["`+targetID+`"],`+mapped+`}`, service.Requests()[1].Body)
}

func TestReadFlow(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, items(`{"id":"`+flowID+`","createdAt":1676629979503,"name":"n","description":"d","state":"enabled",
		"flowSpec":{"id":"s","version":"1.0"},"sourceConnectionIds":["`+sourceID+`"],"targetConnectionIds":["`+targetID+`"],
		"options":{"inletUrl":"`+inlet+`","errorDiagnosticsEnabled":true},"labels":[],"recordTypes":[{"type":"experienceevent","extensions":{}}],
		`+mapped+`,"runs":"/runs?property=flowId==1","lastOperation":{"started":0,"updated":0,"operation":"enable"}}`))
	got, err := client(service).Flows.Get(t.Context(), flowID)
	require.NoError(t, err)
	require.Equal(t, "enabled", got.State)
	require.Equal(t, []string{sourceID}, got.SourceConnectionIDs)
	mapping, ok := got.Mapping()
	require.True(t, ok)
	require.Equal(t, flowservice.MappingRef{MappingID: "59c0e53a2dc84f7791ecc1b3d6e51d5e"}, mapping)
	require.Equal(t, inlet+"?x-adobe-flow-id="+flowID, got.WebhookURL())
}

func TestMappingVersionIsNumberOrText(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]jsonvalue.Integer{`2`: 2, `"2"`: 2, `null`: 0} {
		service := httpscript.Serve(t, flow("enabled", `,"transformations":[{"name":"Copy","params":{}},{"name":"mapping","params":{"mappingId":"m","mappingVersion":`+raw+`}}]`))
		got, err := client(service).Flows.Get(t.Context(), flowID)
		require.NoError(t, err)
		mapping, ok := got.Mapping()
		require.True(t, ok)
		require.Equal(t, flowservice.MappingRef{MappingID: "m", MappingVersion: want}, mapping)
	}
}

func TestFlowWithoutMappingAndEndpoint(t *testing.T) {
	t.Parallel()
	got, err := client(httpscript.Serve(t, flow("enabled", `,"transformations":null,"options":null`))).Flows.Get(t.Context(), flowID)
	require.NoError(t, err)
	_, ok := got.Mapping()
	require.False(t, ok)
	require.Empty(t, got.WebhookURL())
}

func TestWebhookURLOfInletWithQuery(t *testing.T) {
	t.Parallel()
	flow := flowservice.Flow{ID: "1"}
	flow.Options.InletURL = "https://dcs.adobedc.net/collection/e?synchronous=true"
	require.Equal(t, "https://dcs.adobedc.net/collection/e?synchronous=true&x-adobe-flow-id=1", flow.WebhookURL())
}

func TestFlowThatIsBeingDeletedIsGone(t *testing.T) {
	t.Parallel()
	_, err := client(httpscript.Serve(t, flow("delete-finalizing", ""))).Flows.Get(t.Context(), flowID)
	require.True(t, transport.IsNotFound(err))
}

// A new dataflow may not be found yet, then provisions, and is ready when it is settled and has its endpoint.
func TestAwaitFlow(t *testing.T) {
	t.Parallel()
	ready := flow("enabled", withInlet)
	for name, answers := range map[string][]httpscript.Answer{
		"ready at once":               {ready},
		"upper case":                  {flow("ENABLED", withInlet+`,"lastOperation":{"operation":"enable","status":{"value":"COMPLETED","errors":[]}}`)},
		"not found yet":               {refused("1439-404", "not found"), ready},
		"empty list":                  {items(), ready},
		"initializing":                {flow("initializing", ""), ready},
		"unknown state":               {flow("warming-up", withInlet), ready},
		"no endpoint yet":             {flow("enabled", ""), ready},
		"endpoint, but in progress":   {flow("enabled", withInlet+`,"lastOperation":{"status":{"value":"IN_PROGRESS"}}`), ready},
		"the status may be a text":    {flow("enabled", withInlet+`,"lastOperation":{"status":"queued"}`), ready},
		"disabled flows have one too": {flow("disabling", withInlet), flow("disabled", withInlet)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, answers...)
			got, err := client(service).Flows.AwaitCreated(t.Context(), flowID)
			require.NoError(t, err)
			require.Equal(t, inlet, got.Options.InletURL)
			require.Len(t, service.Calls(), len(answers))
		})
	}
}

func TestAwaitFlowReportsTheServicesFailure(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]httpscript.Answer{
		"settled, operation failed": flow("disabled", `,"lastOperation":{"operation":"create","status":{"value":"FAILED","errors":[{"code":"CONN-1","message":"no inlet"}]}}`),
		"state failed":              flow("failed", `,"lastOperation":{"operation":"create","status":{"value":"","errors":["no inlet"]}}`),
		"endpoint in the error":     flow("failed", `,"lastOperation":{"operation":"create","status":{"value":"","errors":["no inlet at `+inlet+`"]}}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, answer)
			_, err := client(service).Flows.Await(t.Context(), flowID)
			require.ErrorContains(t, err, `reports that the operation "create" ended as`)
			require.ErrorContains(t, err, "no inlet")
			require.NotContains(t, err.Error(), inlet)
			require.Len(t, service.Calls(), 1)
		})
	}
}

// One that was just created is waited for until time runs out. Any other is gone.
func TestFlowThatNeverAppears(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, refused("1439-404", "not found"))
	_, err := client(service).Flows.Await(t.Context(), flowID)
	require.True(t, transport.IsNotFound(err))
	require.Len(t, service.Calls(), 1)

	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	service = httpscript.Serve(t, refused("1439-404", "not found"))
	_, err = client(service).Flows.AwaitCreated(ctx, flowID)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.ErrorContains(t, err, "1439-404")
	require.Greater(t, len(service.Calls()), 1)
}

func TestAwaitFlowDoesNotTolerateOtherErrors(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, refused("2103-404", "The sandbox dev is not found."))
	_, err := client(service).Flows.Await(t.Context(), flowID)
	require.True(t, transport.HasCode(err, "2103-404"))
	require.Len(t, service.Calls(), 1)
}

// When time runs out, the error tells what was waited for: a bare "deadline exceeded" helps nobody.
func TestWhatWasWaitedForIsReported(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	service := httpscript.Serve(t, flow("initializing", ""), httpscript.Answer{Handler: func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}})
	_, err := client(service).Flows.Await(ctx, flowID)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorContains(t, err, `gave up waiting`)
	require.ErrorContains(t, err, `the dataflow is "initializing"`)
}

func TestAwaitEndpointReadsOnceWhereThereIsOne(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, flow("updating", withInlet))
	got, err := client(service).Flows.AwaitEndpoint(t.Context(), flowID)
	require.NoError(t, err)
	require.Equal(t, "updating", got.State)
	require.Equal(t, []string{read}, service.Calls())
}

// Here the dataflow is known to exist, so a 404 is only made sure of.
func TestAwaitEndpointOfMissingFlow(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, refused("1439-404", "not found"))
	_, err := client(service).Flows.AwaitEndpoint(t.Context(), flowID)
	require.True(t, transport.IsNotFound(err))
	require.Equal(t, []string{read, read, read}, service.Calls())
}

func TestAwaitEndpointWaitsForIt(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, flow("enabled", ""), flow("enabled", ""), flow("enabled", withInlet))
	got, err := client(service).Flows.AwaitEndpoint(t.Context(), flowID)
	require.NoError(t, err)
	require.Equal(t, inlet, got.Options.InletURL)
}

var toVersion1 = &flowservice.MappingChange{
	From: flowservice.MappingRef{MappingID: "m", MappingVersion: 0}, To: flowservice.MappingRef{MappingID: "m", MappingVersion: 1},
}

// Somebody moved the dataflow to other mappings since it was planned to move it.
func TestUpdateOfFlowWithMappingOfOthers(t *testing.T) {
	t.Parallel()
	for mapping, message := range map[string]string{
		`{"mappingId":"m","mappingVersion":2}`: `its mappingVersion was "0" when this change to "1" was planned, and is "2" now`,
		`{"mappingId":"x","mappingVersion":0}`: `its mappingId was "m" when this change was planned, and is "x" now`,
	} {
		theirs := flow("enabled", `,"transformations":[{"name":"Mapping","params":`+mapping+`}]`)
		service := httpscript.Serve(t, theirs)
		_, err := client(service).Flows.Update(t.Context(), flowID, flowservice.Change{Mapping: toVersion1})
		require.EqualError(t, err, message)
		require.Equal(t, []string{read}, service.Calls())
	}
}

// A mapping that is the new one already is no conflict, and is not sent again: the answer to an earlier PATCH may have been lost. One that is
// not told is no conflict either.
func TestUpdateOfFlowWithTheNewMapping(t *testing.T) {
	t.Parallel()
	for params, patches := range map[string]int{`{"mappingId":"m","mappingVersion":1}`: 0, `{"mappingId":"m","mappingVersion":null}`: 1, `{}`: 1} {
		done := flow("enabled", `,"transformations":[{"name":"Mapping","params":`+params+`}]`)
		answers := []httpscript.Answer{done}
		if patches > 0 {
			answers = []httpscript.Answer{done, httpscript.JSON(200, receipt), done}
		}
		service := httpscript.Serve(t, answers...)
		_, err := client(service).Flows.Update(t.Context(), flowID, flowservice.Change{Mapping: toVersion1})
		require.NoError(t, err, params)
		require.Equal(t, patches, strings.Count(strings.Join(service.Calls(), " "), http.MethodPatch), params)
	}
}

// One PATCH holds all changes, once the dataflow is settled, and the update is done when it is settled again.
func TestUpdateFlow(t *testing.T) {
	t.Parallel()
	settled := flow("enabled", `,"transformations":[{"name":"Copy"},{"name":"Mapping","params":{"mappingId":"m","mappingVersion":0}}]`)
	service := httpscript.Serve(t, flow("enabling", ""), settled, httpscript.JSON(200, receipt), flow("updating", ""), settled)
	_, err := client(service).Flows.Update(t.Context(), flowID, flowservice.Change{
		Name: text("new"), Mapping: toVersion1,
	})
	require.NoError(t, err)
	require.Equal(t, []string{read, read, "PATCH /flows/" + flowID, read, read}, service.Calls())
	patch := service.Requests()[2]
	require.Equal(t, `"4c01c003"`, patch.Header.Get("If-Match"))
	require.JSONEq(t, `[{"op":"replace","path":"/name","value":"new"},
		{"op":"replace","path":"/transformations/1","value":{"name":"Mapping","params":{"mappingId":"m","mappingVersion":1}}}]`, patch.Body)
}

func TestUpdateOfFlowWithoutMapping(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, flow("enabled", ""), httpscript.JSON(200, receipt), flow("enabled", ""))
	_, err := client(service).Flows.Update(t.Context(), flowID, flowservice.Change{Mapping: toVersion1})
	require.NoError(t, err)
	require.JSONEq(t, `[{"op":"add","path":"/transformations","value":[{"name":"Mapping","params":{"mappingId":"m","mappingVersion":1}}]}]`,
		service.Requests()[1].Body)
}

func TestRefusedUpdate(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, flow("enabled", ""), refused("1412-400", "Invalid Mapping Version"))
	_, err := client(service).Flows.Update(t.Context(), flowID, flowservice.Change{Name: text("n")})
	require.True(t, transport.HasCode(err, "1412-400"), "%v", err)
	require.Len(t, service.Calls(), 2)
}

func TestSetFlowState(t *testing.T) {
	t.Parallel()
	enable, disable := "POST /flows/"+flowID+"/action?op=enable", "POST /flows/"+flowID+"/action?op=disable"
	enabled, disabled := flow("enabled", ""), flow("disabled", "")
	for name, test := range map[string]struct {
		state   string
		answers []httpscript.Answer
		calls   []string
	}{
		"already there":          {"enabled", []httpscript.Answer{enabled}, []string{read}},
		"disable":                {"disabled", []httpscript.Answer{enabled, httpscript.JSON(200, receipt), flow("disabling", ""), disabled}, []string{read, disable, read, read}},
		"enable":                 {"enabled", []httpscript.Answer{disabled, httpscript.JSON(200, receipt), disabled, enabled}, []string{read, enable, read, read}},
		"settles first":          {"disabled", []httpscript.Answer{flow("updating", ""), enabled, httpscript.JSON(200, receipt), disabled}, []string{read, read, disable, read}},
		"another was faster":     {"disabled", []httpscript.Answer{enabled, refused("1422-400", "cannot be applied on the current state disabled"), disabled}, []string{read, disable, read}},
		"done, answer lost":      {"disabled", []httpscript.Answer{enabled, httpscript.Reset(), disabled}, []string{read, disable, read}},
		"done, gateway gave up":  {"disabled", []httpscript.Answer{enabled, {Status: 504}, disabled}, []string{read, disable, read}},
		"spelled in upper case":  {"disabled", []httpscript.Answer{flow("DISABLED", "")}, []string{read}},
		"no state after 3 polls": {"disabled", []httpscript.Answer{enabled, httpscript.JSON(200, receipt), enabled, enabled, disabled}, []string{read, disable, read, read, read}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, test.answers...)
			_, err := client(service).Flows.SetState(t.Context(), flowID, test.state)
			require.NoError(t, err)
			require.Equal(t, test.calls, service.Calls())
			for _, request := range service.Requests() {
				require.Empty(t, request.Body)
			}
		})
	}
}

func TestRefusedAction(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, flow("enabled", ""), refused("2120-403", "You do not have sufficient permissions"))
	_, err := client(service).Flows.SetState(t.Context(), flowID, "disabled")
	require.True(t, transport.HasCode(err, "2120-403"), "%v", err)
	require.Len(t, service.Calls(), 2)
}

// The time in the queue is not the time that an action needs to show: it is not sent again for that.
func TestActionWhileTheServiceIsSlow(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, flow("enabled", ""), httpscript.Answer{Status: 200, Body: "{}"}, flow("enabled", ""), flow("disabled", ""))
	slow := flowservice.New(transport.New(transport.Config{
		Service: flowservice.Service, BaseURL: service.URL, Timeout: 10 * time.Second, MaxRetries: 1,
		Limiter: transport.NewLimiter(0.9 / objects.ActionTakesEffect.Seconds()),
	}), objects.NewRegister())
	_, err := slow.Flows.SetState(t.Context(), flowID, "disabled")
	require.NoError(t, err)
	require.Equal(t, []string{read, "POST /flows/" + flowID + "/action?op=disable", read, read}, service.Calls())
}

// An action with an unknown outcome and no effect reports both.
func TestLostAction(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	service := httpscript.Serve(t, flow("enabled", ""), httpscript.Answer{Status: 504, Body: `{"message":"Endpoint request timed out"}`}, flow("enabled", ""),
		httpscript.Answer{Handler: func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		}})
	_, err := client(service).Flows.SetState(ctx, flowID, "disabled")
	require.True(t, transport.IsAmbiguous(err), "%v", err)
	require.ErrorContains(t, err, "Endpoint request timed out")
	require.ErrorContains(t, err, `the dataflow is "enabled", not yet "disabled"`)
}

func TestDeleteFlow(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Status: 202}, flow("delete-finalizing", ""), refused("1439-404", "not found"))
	require.NoError(t, client(service).Flows.Remove(t.Context(), flowID))
	require.Equal(t, []string{"DELETE /flows/" + flowID, read, read}, service.Calls())
}

// A deletion that the service never ends is reported with the state it hangs in.
func TestDeleteThatHangs(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	service := httpscript.Serve(t, httpscript.Answer{Status: 202}, flow("delete-finalizing", ""),
		httpscript.Answer{Handler: func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		}})
	err := client(service).Flows.Remove(ctx, flowID)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorContains(t, err, `still finds it, in state "delete-finalizing"`)
}
