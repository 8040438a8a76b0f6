package faultmatrix_test

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// run is a first command that meets trouble at one of its calls that change something.
type run struct {
	name string
	// at is what goes wrong at that call.
	at simulator.Fault
	// reads and lists are what goes wrong at the reads of one object and of several.
	reads, lists simulator.Fault
	// lasts is how long the trouble goes on after the first command; 0 is not at all.
	lasts time.Duration
	// interrupted is whether Ctrl-C ends the first command at that call.
	interrupted bool
	// requestTimeout is the provider's, if it is not the usual one, which is longer than slowWork.
	requestTimeout time.Duration
	// different is whether the twin is not just the same.
	different bool
	// where tells the calls that can meet it, nil for all.
	where func(call) bool
}

const (
	early        = 300 * time.Millisecond
	smallTimeout = time.Second
	usualTimeout = slowWork + lag
)

func troubledRuns() []run {
	lost := simulator.Fault{Do: simulator.FaultResetAfter}
	behind := func(by time.Duration) simulator.Fault { return simulator.Fault{Do: simulator.FaultLag, Delay: by} }
	works := func(on time.Duration, status int) simulator.Fault {
		return simulator.Fault{Do: simulator.FaultWork, Delay: on, Status: status}
	}
	list := []run{
		{name: "answer lost", at: lost},
		{name: "never sent", at: simulator.Fault{Do: simulator.FaultResetBefore}},
		{name: "answer lost, lists lag", at: lost, lists: behind(lag), lasts: lag},
		{name: "answer lost, lists lag for long", at: lost, lists: behind(longLag), lasts: longLag},
		{name: "answer lost, all lags", at: lost, lists: behind(lag), reads: behind(lag), lasts: lag},
		{name: "answer lost, all lags for long", at: lost, lists: behind(longLag), reads: behind(longLag), lasts: longLag},
		{name: "answer lost, one object twice", at: lost, lists: simulator.Fault{Do: simulator.FaultTwice}},
		{name: "no answer in a small time, lists lag", at: simulator.Fault{Do: simulator.FaultTimeoutAfter}, lists: behind(lag), lasts: lag, requestTimeout: smallTimeout},
		{name: "reads lag", reads: behind(lag), lasts: lag},
		{name: "reads lag for long", reads: behind(longLag), lasts: longLag},
		{name: "lists lag for long", lists: behind(longLag), lasts: longLag},
		{name: "slow work, interrupted", at: works(slowWork, 0), lasts: slowWork, interrupted: true},
		{name: "slow work, 504", at: works(slowWork, 504), lasts: slowWork},
		{name: "slow work, small timeout", at: works(smallTimeout+lag, 0), lasts: smallTimeout + lag, requestTimeout: smallTimeout},
		{name: "answer of another request", at: simulator.Fault{Do: simulator.FaultMixUp}},
		{name: "reads of another object", reads: simulator.Fault{Do: simulator.FaultMixUp}},
		{name: "answer of a different request", at: simulator.Fault{Do: simulator.FaultMixUp}, different: true, where: whole},
		{name: "reads of a different object", reads: simulator.Fault{Do: simulator.FaultMixUp}, different: true},
		{name: "answer lost, reads of another object", at: lost, reads: simulator.Fault{Do: simulator.FaultMixUp}},
	}
	for _, form := range []string{"text", "JSON", "empty"} {
		list = append(list,
			run{name: "foreign 404, " + form, at: foreign(404)[form]},
			run{name: "foreign 404 to reads, " + form, reads: foreign(404)[form]},
			run{name: "answer lost, foreign 404 to all, " + form, at: lost, reads: foreign(404)[form], lists: foreign(404)[form]},
		)
	}
	for _, status := range []int{401, 409, 429, 503} {
		list = append(list, run{name: fmt.Sprintf("acts, then %d", status), at: acted()[status]})
	}
	blocked := html(http.StatusForbidden)
	blocked.Do = simulator.FaultAnswerAfter
	list = append(list, run{name: "acts, then a login page with 403", at: blocked, where: receipts})
	list = append(list, run{name: "acts, then 409, lists lag", at: acted()[http.StatusConflict], lists: behind(lag), lasts: lag})
	for _, id := range badIDs {
		list = append(list, run{name: "ID " + id.name, at: id.receipt(), where: receipts})
	}
	return list
}

// arm lets the trouble happen at a call of a lifecycle, and at the reads and lists of its objects.
func (r run) arm(c *cell, at call) {
	for _, armed := range []struct {
		simulator.Fault
		method, path string
		after, times int
	}{
		{r.at, at.method, at.path, at.nth - 1, 1},
		{r.reads, http.MethodGet, "^" + c.collection + "/[^/]+$", 0, 0},
		{r.lists, http.MethodGet, "^" + c.collection + "/?$", 0, 0},
	} {
		if armed.Do != "" {
			armed.Method, armed.Path, armed.After, armed.Times = armed.method, armed.path, armed.after, armed.times
			c.world.AddFault(armed.Fault)
		}
	}
}

// first carries out the operation. Ctrl-C comes a moment after the call at which the trouble is, if it comes.
func (r run) first(ctx context.Context, t *testing.T, c *cell, operation phase, at call) error {
	t.Helper()
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	watch := &lookout{at: at}
	c.world.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		if r.interrupted && watch.is(request) {
			time.AfterFunc(early, leave)
		}
		c.world.ServeHTTP(w, request)
	}))
	return operation.do(ctx, r.terraform(t, c), c)
}

// terraform is a Terraform with the provider's request_timeout of this run.
func (r run) terraform(t *testing.T, c *cell) *core.Core {
	t.Helper()
	return core.New(t, settings(c.world.URL, cmp.Or(r.requestTimeout, usualTimeout)))
}
