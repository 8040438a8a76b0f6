package diagnostics_test

import "net/http"

// customerIORefusals come from Customer.io's App API.
var customerIORefusals = []refusal{
	{"301-region", createWebhook, wrongRegion},
	{"301-region-workspaces", listWorkspaces, wrongRegion},
	{"400", createWebhook, app(400, "The request was malformed. (reference a1b2c3)", "")},
	{"400-endpoint", createWebhook, app(400, "endpoint is not a valid URL (reference a1b2c3)", "/data/attributes/endpoint")},
	{"400-meta", updateWebhook, bare(400, `{"meta":{"error":"The request was malformed."}}`)},
	{"401-key", createWebhook, app(401, "Unauthorized request. Make sure that you provided the right credentials. (reference a1b2c3)", "")},
	{"401-ip-allowlist", readWebhook, app(401, "Unauthorized request. The IP address is not on the allowlist of the key. (reference a1b2c3)", "")},
	{"invalid_credentials", listWorkspaces, bare(401, `{"errors":[{"detail":"bad request (reference a1b2c3)","status":"401","code":"invalid_credentials"}]}`)},
	{"403", updateWebhook, app(403, "Forbidden. (reference a1b2c3)", "")},
	{"404-webhook", updateWebhook, app(404, "The webhook ID does not exist. (reference a1b2c3)", "")},
	{"404-workspaces", listWorkspaces, app(404, "Not found. (reference a1b2c3)", "")},
	{"404-page", readWebhook, bare(404, "<html><body>404 Not Found</body></html>")},
	{"422-name", updateWebhook, app(422, "A webhook with that name already exists (reference a1b2c3)", "/name")},
	{"422-events", createWebhook, app(422, "email_sent is not a known event (reference a1b2c3)", "/events")},
	{"422-event", createWebhook, app(422, "email_sent is not a known event (reference a1b2c3)", "/events/0")},
	{"429", createWebhook, app(429, "rate limited to 10 requests per 1s (reference a1b2c3)", "").after("1")},
	{"429-page", readWebhook, bare(429, "<html><body>Too many requests</body></html>")},
	{"429-quota", readWebhook, app(429, "the daily quota is used up (reference a1b2c3)", "")},
	{"500", readWebhook, app(500, "Internal server error (reference a1b2c3)", "")},
	{"500-create", createWebhook, app(500, "Internal server error (reference a1b2c3)", "")},
	{"403-page", readWebhook, bare(403, "<html><body>Blocked by corporate policy</body></html>")},
	{"403-page-create", createWebhook, bare(403, "<html><body>Blocked by corporate policy</body></html>")},
	{"302-page", readWebhook, bare(302, "<html><body>Blocked by corporate policy</body></html>")},
	{"502-page", deleteWebhook, bare(502, proxyPage)},
	{"200-page", createWebhook, bare(200, "<html><body>Please log in</body></html>")},
	{"200-page-read", readWebhook, bare(200, "<html><body>Please log in</body></html>")},
}

var wrongRegion = answer{
	status: 301, header: http.Header{"Location": {"https://api-eu.customer.io/v1/reporting_webhooks"}},
	body: `{"errors":[{"detail":"wrong datacenter","status":"301"}]}`,
}
