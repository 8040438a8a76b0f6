package diagnostics_test

import "net/http"

// gatewayRefusals come from Adobe's gateway, and from proxies in front of it.
var gatewayRefusals = []refusal{
	{"400003", createSource, gateway("400003", "Missing header: x-gw-ims-org-id")},
	{"401013", readFlow, gateway("401013", "Oauth token is not valid")},
	{"401013-number", createSource, bare(401, `{"error_code":401013,"message":"Oauth token is not valid"}`)},
	{"403000", createSource, gateway("403000", "Api Key is required")},
	{"403003", createDataset, gateway("403003", "Api Key is invalid")},
	{"403010", createSource, gateway("403010", "Oauth token is missing.")},
	{"403010-number", createSource, bare(403, `{"error_code":403010,"message":"Oauth token is missing."}`)},
	{"403011", createSource, gateway("403011", "Scope mismatch")},
	{"403012", readSource, gateway("403012", "Access is restricted by IP address")},
	{"403013", readSource, gateway("403013", "Access is restricted by IP address")},
	{"403023", createSource, gateway("403023", "Profile is not valid")},
	{"403025", createSchema.refusing(http.MethodGet, "/data/foundation/schemaregistry/stats"), gateway("403025", "Profile is not valid")},
	{"403027", createMappings, gateway("403027", "User region is missing")},
	{"429001", createSource, gateway("429001", "Service usage limit reached").after("86400")},
	{"429002", readDataset, gateway("429002", "Service usage limit reached")},
	{"429050", updateFlow, gateway("429050", "Too many requests").after("30")},
	{"503000", readSource, gateway("503000", "Service unavailable")},
	{"503010", createSource, gateway("503010", "Could not validate the oauth token")},

	// Bodies without a code, and unstructured ones.
	{"400-content-type", createSource, placeholder(400, "A valid content-type must be specified")},
	{"400-empty", updateSource, bare(400, "")},
	{"401-empty", readSource, bare(401, "")},
	{"403-empty", readSource, bare(403, "")},
	{"404-page", readSource, bare(404, "<html><body>404 Not Found</body></html>")},
	{"404-of-a-gateway", readSource, bare(404, `{"message":"no Route matched with those values"}`)},
	{"404-sandbox-flow-service", readFlow, bare(404, `{"title":"Sandbox not found","message":"The sandbox dve was not found"}`)},
	{"404-sandbox-catalog", readDataset, placeholder(404, "Sandbox dve does not exist")},
	{"404-sandbox-registry", readSchema, xdm("1010-404", "Sandbox dve not found")},
	{"404-sandbox-data-prep", readMappings, placeholder(404, "The sandbox dve was not found.")},
	{"400-sandbox-data-prep", createMappings, placeholder(400, "Invalid sandbox: dve")},
	{"403-sandbox-registry", createSchema.refusing(http.MethodGet, "/data/foundation/schemaregistry/stats"), placeholder(403, "No sandbox dve is known to the organization.")},
	{"407-page", readSource, bare(http.StatusProxyAuthRequired, "<html><body>Proxy Authentication Required</body></html>")},
	{"409", updateSource, placeholder(409, "The entity is locked.")},
	{"502-page", createSource, bare(502, proxyPage)},
	{"502-page-read", readFlow, bare(502, proxyPage)},
	{"504-empty", deleteSource, bare(504, "")},
	{"302-login", readFlow, answer{status: 302, requestID: requestID, header: http.Header{"Location": {"https://login.example.com/"}}}},
	{"200-page", readFlow, bare(200, "<html><body>Please log in</body></html>")},
	{"200-page-create", createSource, bare(200, "<html><body>Please log in</body></html>")},
}

// imsRefusals come from Adobe IMS, while the provider obtains an access token for an operation.
var imsRefusals = []refusal{
	{"invalid_client", createSource.refusing(http.MethodPost, tokenPath), ims(400, "invalid_client", "invalid client_secret parameter")},
	{"invalid_client-id", openToken, ims(400, "invalid_client", "invalid client_id parameter")},
	{"invalid_client-401", readFlow.refusing(http.MethodPost, tokenPath), ims(401, "invalid_client", "invalid client_secret parameter")},
	{"invalid_scope", createSource.refusing(http.MethodPost, tokenPath), ims(400, "invalid_scope", "scope is invalid")},
	{"unauthorized_client", createSource.refusing(http.MethodPost, tokenPath), ims(400, "unauthorized_client", "The client is not allowed to use this grant type")},
	{"unauthorized_client-bare", openToken, bare(400, `{"error":"unauthorized_client"}`)},
	{"429", createSource.refusing(http.MethodPost, tokenPath), ims(429, "too_many_requests", "Too many requests").after("60")},
	{"500", createSource.refusing(http.MethodPost, tokenPath), ims(500, "server_error", "Internal error")},
	{"502-page", createSource.refusing(http.MethodPost, tokenPath), bare(502, proxyPage)},
	{"200-page", openToken, bare(200, "<html><body>Please log in</body></html>")},
}
