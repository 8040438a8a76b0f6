// Package transport is the one HTTP pipeline under all API clients: credentials, rate limit, retry, logging, redaction
// and errors.
//
// A call passes, from the outside in, through: [Client.Do] (encodes the request, decodes the answer), go-retryablehttp
// (repeats what is safe to repeat), and one round trip (rate limit, credentials, log, bounded body, one renewal of an
// expired token).
package transport
