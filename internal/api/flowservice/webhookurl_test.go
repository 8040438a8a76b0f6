package flowservice_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
)

// Events arrive at an endpoint by every URL that a server takes for its own.
func TestLeadsTo(t *testing.T) {
	t.Parallel()
	const endpoint = "https://dcs.adobedc.net/collection/e75dcb52?synchronous=true"
	for address, leads := range map[string]bool{
		endpoint: true,
		"https://dcs.adobedc.net/collection/e75dcb52?x-adobe-flow-id=1&synchronous=true": true,
		"https://DCS.AdobeDC.net:443/collection/e75dcb52?synchronous=true":               true,
		"https://dcs.adobedc.net:80/collection/e75dcb52?synchronous=true":                false,
		"http://dcs.adobedc.net/collection/e75dcb52?synchronous=true":                    false,
		"https://dcs.adobedc.net/collection/E75DCB52?synchronous=true":                   false,
		"https://dcs.adobedc.net/collection/e75dcb52?synchronous=false":                  false,
		"https://dcs.adobedc.net/collection/e75dcb52":                                    false,
		"https://other.adobedc.net/collection/e75dcb52?synchronous=true":                 false,
		"https://%": false,
	} {
		require.Equal(t, leads, flowservice.LeadsTo(address, endpoint), address)
	}
	require.True(t, flowservice.LeadsTo("http://127.0.0.1:80/collection/1", "http://127.0.0.1/collection/1"))
}

// Only addresses that look like those of the documents count as endpoints.
func TestIsStreamingEndpoint(t *testing.T) {
	t.Parallel()
	for address, is := range map[string]bool{
		"https://dcs.adobedc.net/collection/e75dcb52": true,
		"https://DCS-eu.AdobeDC.net/x":                true,
		"http://127.0.0.1:8787/collection/e75dcb52":   true,
		"http://127.0.0.1:8787/collection/":           false,
		"http://127.0.0.1:8787/collection/a/b":        false,
		"https://example.com/hook":                    false,
		"https://notadobedc.net/x":                    false,
		"https://%":                                   false,
	} {
		require.Equal(t, is, flowservice.IsStreamingEndpoint(address), address)
	}
}
