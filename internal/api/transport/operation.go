package transport

import (
	"context"
	"sync"
	"time"
)

// operation is a context of which the time stands still while requests wait for their turn.
type operation struct {
	context.Context // the parent
	done            chan struct{}

	mutex sync.Mutex
	err   error
	// ends is when the time is over. While requests wait, it is over when as much has passed afterwards as is left.
	ends    time.Time
	left    time.Duration
	waiting int
	timer   *time.Timer
}

type operationKey struct{}

// WithTimeout is [context.WithTimeout] for an operation that makes calls. The time that they spend in the queue of a [Limiter] is not the
// operation's: however many others there are, it has all its time for its own work. While a call waits there, the context has no deadline but
// that of its parent.
func WithTimeout(parent context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	o := &operation{Context: parent, done: make(chan struct{}), ends: time.Now().Add(timeout)}
	o.mutex.Lock()
	o.timer = time.AfterFunc(timeout, o.expire)
	o.mutex.Unlock()
	release := context.AfterFunc(parent, func() { o.abort(parent.Err()) })
	return o, func() {
		release()
		o.abort(context.Canceled)
	}
}

// Done is a channel of its own: contexts that are made from this one would otherwise take the parent's for it.
func (o *operation) Done() <-chan struct{} { return o.done }

func (o *operation) Err() error {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.err
}

func (o *operation) Deadline() (time.Time, bool) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	end, bounded := o.Context.Deadline()
	if o.waiting == 0 && (!bounded || o.ends.Before(end)) {
		return o.ends, true
	}
	return end, bounded
}

func (o *operation) Value(key any) any {
	if key == (operationKey{}) {
		return o
	}
	return o.Context.Value(key)
}

func (o *operation) expire() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.waiting == 0 && !time.Now().Before(o.ends) { // a timer may fire while it is stopped
		o.end(context.DeadlineExceeded)
	}
}

// abort ends it before its time.
func (o *operation) abort(err error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.end(err)
}

func (o *operation) end(err error) {
	if o.err != nil {
		return
	}
	o.err = err
	o.timer.Stop()
	close(o.done)
}

// StandStill stops the time of the operation, if any, and of those that it is part of, until the function is called that it returns. It is for
// those who wait for a call that others make, which may be in the queue.
func StandStill(ctx context.Context) (goOn func()) {
	o, is := ctx.Value(operationKey{}).(*operation)
	if !is {
		return func() {}
	}
	outer := StandStill(o.Context)
	o.stop()
	return func() {
		o.start()
		outer()
	}
}

func (o *operation) stop() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.waiting++; o.waiting == 1 {
		o.timer.Stop()
		o.left = time.Until(o.ends)
	}
}

func (o *operation) start() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.waiting--; o.waiting == 0 && o.err == nil {
		o.ends = time.Now().Add(o.left)
		o.timer.Reset(o.left)
	}
}
