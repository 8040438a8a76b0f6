package flowservice

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
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

// FlowOf is the ID of the dataflow that a URL names, as Flow Service spells it, "" for none or several. The error tells why no event reaches that
// dataflow by it, and does not repeat the URL, which is a secret. A fragment behind the parameter is not sent, and does no harm.
func FlowOf(address string) (id string, err error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return "", errors.New("the URL cannot be parsed")
	}
	query := parsed.Query()
	ids := query[flowParameter]
	for i := range ids {
		ids[i] = strings.ToLower(ids[i])
	}
	switch distinct := slices.Compact(slices.Sorted(slices.Values(ids))); {
	case len(ids) == 1:
		return ids[0], nil
	case len(distinct) == 1:
		return ids[0], errors.New("the URL has it more than once")
	case len(distinct) > 1:
		return "", errors.New("the URL has it more than once, with different values")
	}
	for name := range query {
		if strings.EqualFold(strings.TrimSpace(name), flowParameter) {
			return "", fmt.Errorf("the URL has %q, which is another name", name)
		}
	}
	if strings.Contains(strings.ToLower(parsed.Fragment), flowParameter) {
		return "", errors.New("the URL has it behind a fragment (#), which is never sent to a server")
	}
	return "", errors.New("the URL does not have it")
}

// IsSpelledAsFlow tells whether a URL spells the ID of its dataflow as Flow Service does.
func IsSpelledAsFlow(address, id string) bool {
	parsed, err := url.Parse(address)
	return err == nil && parsed.Query().Get(flowParameter) == id
}

// LeadsTo tells whether what is sent to a URL arrives at a streaming endpoint. The URL may have other parameters besides.
func LeadsTo(address, endpoint string) bool {
	sent, err := url.Parse(address)
	if err != nil {
		return false
	}
	inlet, err := url.Parse(endpoint)
	if err != nil || sent.Scheme != inlet.Scheme || !strings.EqualFold(hostOf(sent), hostOf(inlet)) || sent.EscapedPath() != inlet.EscapedPath() {
		return false
	}
	query := sent.Query()
	for name, values := range inlet.Query() {
		if !slices.Equal(query[name], values) {
			return false
		}
	}
	return true
}

// hostOf is the host of a URL without the port that its scheme implies.
func hostOf(address *url.URL) string {
	return strings.TrimSuffix(address.Host, map[string]string{"https": ":443", "http": ":80"}[address.Scheme])
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
