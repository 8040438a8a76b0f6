package flowservice

import (
	"errors"
	"net/url"
	"strings"
)

// flowParameter names the dataflow in the query of a streaming endpoint: Customer.io's webhooks can set no header (documented).
const flowParameter = "x-adobe-flow-id"

// WebhookURL is the address that Customer.io posts to, so that its events reach a dataflow by a streaming endpoint.
func WebhookURL(endpoint, flowID string) string {
	separator := "?"
	if strings.Contains(endpoint, "?") {
		separator = "&"
	}
	return endpoint + separator + flowParameter + "=" + url.QueryEscape(flowID)
}

// ParseWebhookURL is the inverse of [WebhookURL]. Its errors do not repeat the address, which is a secret.
func ParseWebhookURL(address string) (endpoint, flowID string, err error) {
	parsed, err := url.Parse(address)
	switch {
	case err != nil:
		return "", "", errors.New("it cannot be parsed")
	case parsed.Scheme != "http" && parsed.Scheme != "https" || parsed.Hostname() == "":
		return "", "", errors.New("it is no absolute http:// or https:// URL")
	}
	query, err := url.ParseQuery(parsed.RawQuery)
	if err != nil {
		return "", "", errors.New("its query cannot be parsed")
	}
	if ids := query[flowParameter]; len(ids) != 1 || ids[0] == "" {
		return "", "", errors.New("its query does not have the parameter " + flowParameter + " exactly once")
	}
	flowID = query.Get(flowParameter)
	// Only this parameter is cut out: the order and the spelling of the others are the endpoint's own.
	var others []string
	for part := range strings.SplitSeq(parsed.RawQuery, "&") {
		if name, _, _ := strings.Cut(part, "="); name != flowParameter {
			others = append(others, part)
		}
	}
	parsed.RawQuery = strings.Join(others, "&")
	return parsed.String(), flowID, nil
}
