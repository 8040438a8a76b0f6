package faultmatrix_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// How long services take that are not as fast as their answers. TestMain makes [objects.Settling] longer than all of them.
const (
	// lag is how far behind lists and reads are that a client has to wait for.
	lag = time.Second
	// longLag is almost as long as a client waits.
	longLag = 3 * lag
	// slowWork is how long a service works on what nobody waits for any more.
	slowWork = 3 * time.Second
)

// badID is an ID in a receipt that is none.
type badID struct{ name, json string }

var badIDs = []badID{{"blank", `" "`}, {"of another path", `"../x"`}, {"negative", `-7`}, {"with a line break", `"a\nb"`}}

// receipt puts the ID in place of those in an answer, in the form of any service.
func (b badID) receipt() simulator.Fault {
	return simulator.Fault{Do: simulator.FaultEdit, Find: `("[$@]?id":\s*)(?:"[^"]*"|\d+)|"@/dataSets/[^"]*"`, Body: "${1}" + b.json}
}

// foreign are answers of gateways that know nothing of the service.
func foreign(status int) map[string]simulator.Fault {
	text := func(contentType, body string) simulator.Fault {
		header := http.Header{"X-Request-Id": nil}
		if contentType != "" {
			header.Set("Content-Type", contentType)
		}
		return answer(status, body, header)
	}
	return map[string]simulator.Fault{
		"text": text("text/plain; charset=utf-8", "404 page not found\n"), "JSON": text("application/json", `{"message":"no Route matched with those values"}`),
		"empty": text("", ""),
	}
}

// acted are refusals by a service that has acted.
func acted() map[int]simulator.Fault {
	refusals := map[int]simulator.Fault{
		http.StatusUnauthorized: gateway(401, "401013", "Oauth token is not valid"), http.StatusConflict: answer(409, `{"message":"Conflict"}`, nil),
		http.StatusTooManyRequests: limited("1"), http.StatusServiceUnavailable: gateway(503, "503000", "Service unavailable"),
	}
	for status, refusal := range refusals {
		refusal.Do = simulator.FaultAnswerAfter
		refusals[status] = refusal
	}
	return refusals
}

// reads are calls that may lag, lists those of them that show several objects.
func reads(one call) bool { return one.method == http.MethodGet }

func lists(one call) bool { return reads(one) && !ofOne(one) }

// receipts are calls that answer with the ID of what they make.
func receipts(one call) bool {
	return one.method == http.MethodPost && changing(one) && !strings.HasSuffix(one.path, "/action$")
}

// whole are calls whose answer tells more than an ID. The ID of another existing object, in a receipt that has nothing else, cannot be noticed.
func whole(one call) bool {
	return !receipts(one) || strings.Contains(one.path, "/schemaregistry/") || strings.Contains(one.path, "/reporting_webhooks")
}

var storesNothing = regexp.MustCompile(`/(validate|preview)\$$`)

// changing are calls that change something.
func changing(one call) bool {
	return one.method != http.MethodGet && !strings.HasPrefix(one.path, "^/ims/") && !storesNothing.MatchString(one.path)
}

// slowServices are the kinds of trouble with services that do not act at once, are not up to date at once, or are not who answers.
func slowServices() []fault {
	list := []fault{
		{name: "lags by a second", Fault: simulator.Fault{Do: simulator.FaultLag, Delay: lag}, mends: true, where: reads},
		{name: "lags for long", Fault: simulator.Fault{Do: simulator.FaultLag, Delay: longLag}, where: reads},
		{name: "504, then acts", Fault: times(simulator.Fault{Do: simulator.FaultWork, Status: 504, Delay: slowWork}, 1), where: changing},
		{name: "answer of another request", Fault: times(simulator.Fault{Do: simulator.FaultMixUp}, 1), twin: true, where: whole},
		{name: "one object twice", Fault: simulator.Fault{Do: simulator.FaultTwice}, mends: true, where: lists},
	}
	for _, form := range []string{"text", "JSON", "empty"} {
		list = append(list, fault{name: "foreign 404 once, " + form, Fault: times(foreign(404)[form], 1)}, fault{name: "foreign 404 always, " + form, Fault: foreign(404)[form]})
	}
	for _, status := range []int{401, 409, 429, 503} {
		one := fault{name: fmt.Sprintf("acts, then %d", status), Fault: times(acted()[status], 1), mends: true, where: changing}
		if status == http.StatusUnauthorized {
			one.where = func(one call) bool { return changing(one) && ofAdobe(one) }
		}
		list = append(list, one)
	}
	for _, status := range []int{302, 403} {
		page := html(status)
		page.Do = simulator.FaultAnswerAfter
		list = append(list,
			fault{name: fmt.Sprintf("acts, then a login page with %d", status), Fault: times(page, 1), mends: true, where: receipts},
			fault{name: fmt.Sprintf("login page with %d, always", status), Fault: html(status)},
		)
	}
	for _, id := range badIDs {
		list = append(list, fault{name: "ID " + id.name, Fault: times(id.receipt(), 1), where: receipts})
	}
	return list
}
