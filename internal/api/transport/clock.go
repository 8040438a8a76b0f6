package transport

import (
	"net/http"
	"sync/atomic"
	"time"
)

// clock knows how far the service's clock is ahead of this machine's, as of the last answer.
type clock struct{ ahead atomic.Int64 }

// set takes the time from the Date header, which every answer should have (RFC 9110).
func (c *clock) set(header http.Header) {
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		c.ahead.Store(int64(time.Until(date)))
	}
}

// ServiceTime is what the service's clock showed at a moment of this machine's, to the second.
func (c *Client) ServiceTime(moment time.Time) time.Time {
	return moment.Add(time.Duration(c.clock.ahead.Load()))
}

// Service is the name of the service in errors.
func (c *Client) Service() string { return c.config.Service }

// Timeout is the longest that one request may take.
func (c *Client) Timeout() time.Duration { return c.config.Timeout }

// MaxRetries is how often a request is repeated.
func (c *Client) MaxRetries() int { return c.config.MaxRetries }
