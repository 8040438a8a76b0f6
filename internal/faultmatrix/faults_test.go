package faultmatrix_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// fault is one kind of trouble that a call can meet.
type fault struct {
	name string
	simulator.Fault
	// mends is whether the same operation has to succeed all the same.
	mends bool
	// disowned is whether the service itself says that the object is not as it was to be, so that making it anew is right.
	disowned bool
	// where tells the calls that can meet it, nil for all.
	where func(call) bool
	// twin is whether it needs another object of the same kind.
	twin bool
}

// ofAdobe are calls with a token, which can expire.
func ofAdobe(one call) bool { return strings.Contains(one.path, "/data/foundation/") }

// ofOne are reads of one object, which may not be seen yet.
func ofOne(one call) bool {
	return one.method == http.MethodGet && strings.HasSuffix(one.path, "[^/]+$")
}

// conditional are changes that the service only takes with the right etag.
func conditional(one call) bool {
	return one.method == http.MethodPatch && strings.Contains(one.path, "/flowservice/")
}

const (
	retries        = 3
	requestTimeout = 3 * time.Second
	loginPage      = "<html><body>Sign in to the network</body></html>"
)

func encoded(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func answer(status int, body string, header http.Header) simulator.Fault {
	return simulator.Fault{Do: simulator.FaultAnswer, Status: status, Body: body, Header: header}
}

func times(fault simulator.Fault, count int) simulator.Fault {
	fault.Times = count
	return fault
}

func gateway(status int, code, message string) simulator.Fault {
	return answer(status, encoded(map[string]any{"error_code": code, "message": message}), nil)
}

func flowProblem(code string, status int, message string) simulator.Fault {
	return answer(status, encoded(map[string]any{
		"type": "https://ns.adobe.com/aep/errors/FLOW-" + code, "title": message, "status": status,
		"report": map[string]any{"detailed-message": message, "request-id": "r-1"},
	}), nil)
}

func html(status int) simulator.Fault {
	return answer(status, loginPage, http.Header{"Content-Type": {"text/html"}})
}

// limited refuses by the rate limit, with the moment to come back in one of its forms.
func limited(retryAfter string) simulator.Fault {
	header := http.Header{}
	if retryAfter != "" {
		header.Set("Retry-After", retryAfter)
	}
	return answer(http.StatusTooManyRequests, encoded(map[string]any{"error_code": "429050", "message": "Too many requests"}), header)
}

// faults are all kinds of trouble. A call that meets lasting trouble fails; what must hold then is the same for all.
func faults() []fault {
	list := []fault{
		{name: "reset before acting, once", Fault: times(simulator.Fault{Do: simulator.FaultResetBefore}, 1), mends: true},
		{name: "reset before acting, always", Fault: simulator.Fault{Do: simulator.FaultResetBefore}},
		{name: "reset after acting, once", Fault: times(simulator.Fault{Do: simulator.FaultResetAfter}, 1), mends: true},
		{name: "reset after acting, always", Fault: simulator.Fault{Do: simulator.FaultResetAfter}},
		{name: "timeout after acting, once", Fault: times(simulator.Fault{Do: simulator.FaultTimeoutAfter}, 1), mends: true},
		{name: "cut off, once", Fault: times(simulator.Fault{Do: simulator.FaultTruncate}, 1), mends: true},
		{name: "cut off, always", Fault: simulator.Fault{Do: simulator.FaultTruncate}},
		{name: "slow", Fault: simulator.Fault{Do: simulator.FaultDelay, Delay: 200 * time.Millisecond}, mends: true},
		{name: "empty body, once", Fault: times(answer(200, "", nil), 1), mends: true},
		{name: "empty body, always", Fault: answer(200, "", nil)},
		{name: "login page with 200, once", Fault: times(html(200), 1), mends: true},
		{name: "login page with 200, always", Fault: html(200)},
		{name: "401 once", Fault: times(gateway(401, "401013", "Oauth token is not valid"), 1), mends: true, where: ofAdobe},
		{name: "401 always", Fault: gateway(401, "401013", "Oauth token is not valid")},
		{name: "403010", Fault: gateway(403, "403010", "Oauth token is missing")},
		{name: "403000", Fault: gateway(403, "403000", "Api Key is required")},
		{name: "403003", Fault: gateway(403, "403003", "Api Key is invalid")},
		{name: "403011", Fault: gateway(403, "403011", "Scope mismatch")},
		{name: "403025", Fault: gateway(403, "403025", "Profile is not valid")},
		{name: "403027", Fault: gateway(403, "403027", "User region is missing")},
		{name: "2120-403", Fault: flowProblem("2120-403", 403, "You do not have sufficient permissions")},
		{name: "404 of the sandbox", Fault: flowProblem("2100-404", 404, "The sandbox is not found")},
		{name: "404 right after", Fault: times(flowProblem("1439-404", 404, "The resource is not found"), 1), mends: true, where: ofOne},
		{name: "408 once", Fault: times(answer(408, "", nil), 1), mends: true},
		{name: "409 once", Fault: times(answer(409, `{"message":"Conflict"}`, nil), 1), mends: true},
		{name: "412 once", Fault: times(flowProblem("1404-412", 412, "The version does not match"), 1), mends: true, where: conditional},
		{name: "412 always", Fault: flowProblem("1404-412", 412, "The version does not match")},
		{name: "429 for a second", Fault: times(limited("1"), 1), mends: true},
		{name: "429 until a date", Fault: times(limited(time.Now().Add(time.Second).UTC().Format(http.TimeFormat)), 1), mends: true},
		{name: "429 without a time", Fault: times(limited(""), 1), mends: true},
		{name: "429 always", Fault: limited("")},
		{name: "never settles", Fault: answer(200, `{"items":[{"id":"x","name":"Shop","state":"initializing"}]}`, nil), disowned: true},
		{name: "settled failure", Fault: answer(200, `{"items":[{"id":"x","name":"Shop","state":"failed","lastOperation":{"operation":"create","status":{"value":"FAILED","errors":[{"code":"1"}]}}}]}`, nil), disowned: true},
	}
	outages := map[string]simulator.Fault{
		"500": flowProblem("1400-500", 500, "Internal error"), "502 with HTML": html(502), "503": answer(503, "", nil), "504": html(504),
	}
	for _, name := range slices.Sorted(maps.Keys(outages)) { // in order, so that samples are the same each time
		list = append(list,
			fault{name: name + " once", Fault: times(outages[name], 1), mends: true},
			fault{name: name + " thrice", Fault: times(outages[name], retries), mends: true},
			fault{name: name + " always", Fault: outages[name]},
		)
	}
	return append(list, slowServices()...)
}
