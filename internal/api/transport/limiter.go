package transport

import (
	"context"
	"math"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
	"golang.org/x/sync/semaphore"
)

// Unlimited is a rate.
var Unlimited = math.Inf(1)

const (
	// slowest is the lowest rate that refusals lead to, per second. Even a thousand resources end at that rate; where a service allows
	// less, it sets the pace with Retry-After.
	slowest = 1.0
	// lowering is what a refusal leaves of the rate. Other clients need a share, and a few halves are below any limit.
	lowering = 0.5
	// rise is what good answers add to the rate within a second, per second: after a refusal at Customer.io's ten requests a second it takes
	// five seconds, and so some forty requests, until the next one can come.
	rise = 1.0

	// handful is how many requests may wait without a word about it, and crowding how long more may.
	handful  = 5
	crowding = 5 * time.Second
	// progress is how often the log tells how many wait.
	progress = 10 * time.Second
)

// Limiter decides when requests to a service are sent. All clients of a service have the same one. It sends them in the order in which
// they came, at the rate that is configured, or at once. When the service refuses one because of its rate, nobody sends another before
// the time is over that the service asked for. From then on the rate is half of what it was, and good answers raise it again.
type Limiter struct {
	// turn is that of the first in the queue. Who waits for it gets it in the order of the calls.
	turn *semaphore.Weighted
	// ceiling is what is configured, per second.
	ceiling float64

	mutex sync.Mutex
	// rate is how many requests are sent per second.
	rate float64
	// last is when the last one was sent, and recent when those of the last second were.
	last   time.Time
	recent []time.Time
	// resumes is the end of the time that the service asked for.
	resumes time.Time
	// lowered is when the rate was lowered last. An answer to a request of before says nothing about the rate since then.
	lowered time.Time
	// proven is whether an answer has been good since then. A service that goes on to refuse everything does not mind the rate: a quota
	// is used up, and that should be told soon.
	proven bool
	// waiting is how many wait, and crowded since when they are many; zero if they are not.
	waiting int
	crowded time.Time
	// told is when the log told so last.
	told time.Time
}

// NewLimiter is a limiter for a rate in requests per second, or [Unlimited]. It spreads the requests evenly: any full second holds at most as
// many as the rate says.
func NewLimiter(perSecond float64) *Limiter {
	return &Limiter{turn: semaphore.NewWeighted(1), rate: perSecond, ceiling: perSecond, proven: true}
}

// wait waits for a request's turn. Its errors are those of the context. It fails at once if the first in the queue has to wait for longer than
// its deadline, but an operation has none while it waits: see [WithTimeout].
func (l *Limiter) wait(ctx context.Context, service string) error {
	goOn := StandStill(ctx)
	defer goOn()
	l.join()
	defer l.leave()
	if err := l.turn.Acquire(ctx, 1); err != nil {
		return err
	}
	defer l.turn.Release(1)
	for delay := l.delay(); delay > 0; delay = l.delay() {
		l.tell(ctx, service)
		if err := sleep(ctx, delay); err != nil {
			return err
		}
	}
	l.sent()
	return nil
}

// sleep sleeps until the delay is over, or for so long that there may be something to tell.
func sleep(ctx context.Context, delay time.Duration) error {
	if end, bounded := ctx.Deadline(); bounded && time.Now().Add(delay).After(end) {
		return context.DeadlineExceeded
	}
	timer := time.NewTimer(min(delay, progress))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (l *Limiter) join() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.waiting++
	if l.waiting > handful && l.crowded.IsZero() {
		l.crowded = time.Now()
	}
}

func (l *Limiter) leave() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.waiting--
	if l.waiting <= handful {
		l.crowded = time.Time{}
	}
}

// delay is how long the first in the queue has to wait. It may change while it does.
func (l *Limiter) delay() time.Duration {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	interval := time.Duration(float64(time.Second) / l.rate)
	return max(time.Until(l.last.Add(interval)), time.Until(l.resumes))
}

func (l *Limiter) sent() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.last = time.Now()
	l.recent = append(l.lastSecond(), l.last)
}

func (l *Limiter) lastSecond() []time.Time {
	return slices.DeleteFunc(l.recent, func(sent time.Time) bool { return time.Since(sent) >= time.Second })
}

// tell logs how many wait, if that is worth a line.
func (l *Limiter) tell(ctx context.Context, service string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.crowded.IsZero() || time.Since(l.crowded) < crowding || time.Since(l.told) < progress {
		return
	}
	l.told = time.Now()
	length := max(0, time.Until(l.resumes)).Seconds() + float64(l.waiting)/l.rate
	tflog.Info(ctx, "many requests wait for their turn at "+service, map[string]any{
		"waiting": l.waiting, "seconds": int(length), "per_second": l.rate,
	})
}

// learn adapts to the answer to a request. A wait that is longer than [patience] is for the user to decide on, so all requests get to hear it.
func (l *Limiter) learn(sent time.Time, response *http.Response) {
	wait, _ := retryAfter(response.Header)
	refused := response.StatusCode == http.StatusTooManyRequests || response.StatusCode == http.StatusServiceUnavailable && wait > 0
	if wait > patience {
		return
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if resumes := time.Now().Add(wait); refused && resumes.After(l.resumes) {
		l.resumes = resumes
	}
	switch {
	case !sent.After(l.lowered):
	case refused && l.proven:
		l.lower()
	case !refused && response.StatusCode < http.StatusInternalServerError:
		l.proven = true
		l.rate = min(l.ceiling, l.rate+rise/l.rate)
	}
}

// lower leaves a part of the rate. What is sent may be far below the ceiling.
func (l *Limiter) lower() {
	was := l.rate
	if was >= l.ceiling {
		l.recent = l.lastSecond()
		was = min(was, float64(len(l.recent)))
	}
	l.rate = min(l.ceiling, max(slowest, was*lowering))
	l.lowered, l.proven = time.Now(), false
}
