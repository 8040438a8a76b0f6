package flowservice

import (
	"errors"
	"net/url"
	"strings"
)

// flowParameter names the dataflow in the query of a streaming endpoint: Customer.io's webhooks cannot set a header (documented: flow-cio-ui).
const flowParameter = "x-adobe-flow-id"

// WebhookURL is the address that Customer.io posts to, so that its events reach a dataflow by a streaming endpoint.
func WebhookURL(endpoint, flowID string) string {
	separator := "?"
	if strings.Contains(endpoint, "?") {
		separator = "&"
	}
	return endpoint + separator + flowParameter + "=" + url.QueryEscape(flowID)
}

// CheckStreamingEndpoint tells why [WebhookURL] cannot complete an address. Its errors do not repeat the address, which is a secret.
func CheckStreamingEndpoint(address string) error {
	_, query, err := parseAddress(address)
	if err == nil && query.Has(flowParameter) {
		return errors.New("it names a dataflow already, as a finished webhook URL does")
	}
	return err
}

// ParseWebhookURL is the inverse of [WebhookURL]. Its errors do not repeat the address, which is a secret.
func ParseWebhookURL(address string) (endpoint, flowID string, err error) {
	parsed, query, err := parseAddress(address)
	if err != nil {
		return "", "", err
	}
	if ids := query[flowParameter]; len(ids) != 1 || ids[0] == "" {
		return "", "", errors.New("its query does not have the parameter " + flowParameter + " exactly once")
	}
	// Only this parameter is cut out: the order and the spelling of the others are the endpoint's own.
	var others []string
	for part := range strings.SplitSeq(parsed.RawQuery, "&") {
		name, _, _ := strings.Cut(part, "=")
		if name, _ = url.QueryUnescape(name); name != flowParameter { // the query was parsed before, so this is no error
			others = append(others, part)
		}
	}
	parsed.RawQuery = strings.Join(others, "&")
	return parsed.String(), query.Get(flowParameter), nil
}

// IsStreamingEndpoint tells whether an address is on the hosts of Adobe's inlets, or has their path: both are seen in documented
// addresses only, such as https://dcs.adobedc.net/collection/e75dcb52 (documented: flow-http).
func IsStreamingEndpoint(address string) bool {
	parsed, err := url.Parse(address)
	if err != nil {
		return false
	}
	inlet, isPath := strings.CutPrefix(parsed.Path, "/collection/")
	return strings.HasSuffix(strings.ToLower(parsed.Hostname()), ".adobedc.net") || isPath && inlet != "" && !strings.Contains(inlet, "/")
}

// parseAddress refuses a fragment because what is written behind it never reaches the server, and the parameter would be.
func parseAddress(address string) (*url.URL, url.Values, error) {
	parsed, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, nil, errors.New("it cannot be parsed")
	case parsed.Scheme != "http" && parsed.Scheme != "https" || parsed.Hostname() == "":
		return nil, nil, errors.New("it is not an absolute http:// or https:// URL")
	case strings.Contains(address, "#"):
		return nil, nil, errors.New("it has a fragment (#), which is never sent to a server")
	}
	query, err := url.ParseQuery(parsed.RawQuery)
	if err != nil {
		return nil, nil, errors.New("its query cannot be parsed")
	}
	return parsed, query, nil
}
