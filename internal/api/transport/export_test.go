package transport

import "net/http"

// MemoryURL is the address of a service that is in the process.
const MemoryURL = "memory://service"

// In puts the service of [MemoryURL] in a client's process. Without a network, the test's clock may be one of package synctest.
func (c *Client) In(service http.RoundTripper) *Client {
	inner, _ := c.repeatable.HTTPClient.Transport.(*roundTripper)
	inner.next.pool.Load().RegisterProtocol("memory", service)
	return c
}
