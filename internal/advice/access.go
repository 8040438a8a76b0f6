package advice

import (
	"net/http"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	newToken = "With `adobe.access_token`, obtain a new token. With `adobe.client_secret`, check that `adobe.ims_url` and `adobe.platform_url` " +
		"belong to the same environment."
	noOrganization      = "The organization ID did not arrive."
	checkOrganization   = "Check `adobe.org_id`, and look for a proxy that removes the header `x-gw-ims-org-id`."
	later               = "Try again later. If it persists, contact Adobe support{evidence}."
	providerBug         = "The provider sent a request that {service} does not accept."
	reportBug           = "This is a bug in the provider, or of a proxy that changes its requests. Report it{evidence}."
	scopesOfCredential  = "the scopes that the credential lists in the Adobe Developer Console."
	missingPermission   = "The credential's role lacks a permission, or does not include the sandbox."
	givePermission      = "Ask an administrator of Experience Platform to give the role "
	andSandbox          = ", and access to the sandbox in {sandbox}."
	sourcesPermissions  = givePermission + "the permissions View Sources and Manage Sources" + andSandbox
	datasetsPermissions = givePermission + "the permissions View Datasets and Manage Datasets" + andSandbox
	schemasPermissions  = givePermission + "the permissions View Schemas and Manage Schemas" + andSandbox
	mappingsPermissions = "Ask an administrator of Experience Platform to check the role and its access to the sandbox in {sandbox}. Adobe does " +
		"not document which permissions Data Prep needs."
)

// gateway is Adobe's API gateway, which answers in the name of every service (documented: Experience Platform troubleshooting guide).
var gateway = Table{
	Title: "Adobe's API gateway", Intro: "Adobe's API gateway returns these for any service.", services: platform,
	Rows: []Row{
		{Codes: []string{"400003"}, Meaning: noOrganization, Advice: checkOrganization},
		{Codes: []string{"401013"}, Meaning: "The access token is invalid or has expired.", Advice: newToken},
		{Codes: []string{"403000"}, Meaning: "The request has no API key.",
			Advice: "Set `adobe.client_id`. It is sent as the API key, even with a ready access token."},
		{Codes: []string{"403003"}, Meaning: "The API key is unknown, or its project does not include the Experience Platform API.",
			Advice: "Check `adobe.client_id`, and add the API to the project in the Adobe Developer Console."},
		{Codes: []string{"403010"}, Meaning: "The access token did not arrive, although the provider sends one with every call.",
			Advice: "Look for a proxy that removes the header `Authorization`, and check `adobe.platform_url`."},
		{Codes: []string{"403011"}, Meaning: "The access token lacks a scope.",
			Advice: "Compare `adobe.scopes`, or the scopes of the token in `adobe.access_token`, with " + scopesOfCredential},
		{Codes: []string{"403012", "403013"}, Meaning: "The organization restricts access by IP address.",
			Advice: "Run Terraform on a machine that is allowed, or ask an administrator of the organization to allow this one."},
		{Codes: []string{"403023", "403025"}, Meaning: "The credential has no product profile for Experience Platform.",
			Advice: "Add one to the project in the Adobe Developer Console."},
		{Codes: []string{"403027"}, Meaning: "Adobe does not find the credential in the organization.",
			Advice: "Check `adobe.org_id`, and the credential's product profile and scopes in the Adobe Developer Console."},
		{Codes: []string{"429001", "429002"}, Meaning: "The quota of the organization or of the API key is used up.",
			Advice: "Try again after it has been renewed, or ask Adobe for a higher one."},
		{Codes: []string{"429050"}, Meaning: "The gateway limits the rate of calls, and all clients of the organization share the limit.",
			Advice: "Lower {rate}, then try again in a minute."},
		{Codes: []string{"503000", "503010"}, Meaning: "The gateway failed and did not pass the call on, so nothing was changed.",
			Advice: "Try again later."},
		{Answer: "`400`, \"A valid content-type must be specified\"", When: says("a valid content-type must be specified"), Meaning: providerBug, Advice: reportBug},
	},
}

// tokens is Adobe IMS (documented: OAuth error codes).
var tokens = Table{
	Title: "Adobe IMS", Intro: "Adobe IMS issues access tokens.", services: []string{ims.Service},
	Rows: []Row{
		{Codes: []string{"invalid_client"}, Meaning: "IMS does not accept this client ID and secret.",
			Advice: "Check `adobe.client_id` and `adobe.client_secret`: they must belong to the same OAuth Server-to-Server credential, and the secret " +
				"must not have been deleted."},
		{Codes: []string{"unauthorized_client"}, Meaning: "The credential is not allowed to obtain tokens in this way.",
			Advice: "Check that `adobe.client_id` belongs to an OAuth Server-to-Server credential, and that its project includes the Experience Platform API."},
		{Codes: []string{"invalid_scope"}, Meaning: "The credential does not have one of the requested scopes.",
			Advice: "Compare `adobe.scopes` with " + scopesOfCredential},
		{Answer: "`429`", When: status(http.StatusTooManyRequests), Meaning: "IMS limits the rate of token requests.",
			Advice: "Try again later. If many runs start at the same time, obtain one token for all of them and pass it as `adobe.access_token`."},
		{Answer: "`404`", When: status(http.StatusNotFound), Meaning: "IMS is not at this address.", Advice: "Check `adobe.ims_url`, and the proxy if there is one."},
	},
}

// access is the organization, the sandbox and the permissions in the codes of the Flow Service (documented: Flow Service error codes).
// The other services send the same answers without a code.
var access = Table{
	Title: "Flow Service: organization, sandbox and permissions", services: platform,
	Rows: []Row{
		{Codes: []string{"FLOW-2000-401"}, Meaning: "The access token has no access to the organization.",
			Advice: "Check `adobe.org_id`, and that the credential belongs to this organization."},
		{Codes: []string{"FLOW-2001-401", "FLOW-2002-401"}, Meaning: noOrganization, Advice: checkOrganization},
		{Codes: []string{"FLOW-2106-404"}, Meaning: "The organization has no default sandbox.", Advice: "Set {sandbox}."},
		{Codes: []string{"FLOW-2100-404", "FLOW-2101-404", "FLOW-2103-404"}, When: transport.IsSandboxMissing, ofSandbox: true,
			Meaning: "The sandbox does not exist, or the credential's role does not include it.",
			Advice:  "Check {sandbox} and the role. The objects in the sandbox stay in the state."},
		{Codes: []string{"FLOW-2102-500", "FLOW-2104-500", "FLOW-2107-500", "FLOW-2108-500"}, Meaning: "Adobe could not look up the sandbox.", Advice: later},
		{Codes: []string{"FLOW-2105-400"}, Meaning: "The sandbox name did not arrive.",
			Advice: "Set {sandbox}, and look for a proxy that removes the header `x-sandbox-name`."},
		{Codes: []string{"FLOW-2110-400"}, Meaning: "Something adds the header `x-sandbox-id`, which the provider never sends.",
			Advice: "Check the proxy and `adobe.platform_url`."},
		{Codes: []string{"FLOW-2111-403", "FLOW-2112-400", "FLOW-2113-400"}, Meaning: "A request must name exactly one sandbox; `*` is not allowed.",
			ofSandbox: true, Advice: "Set {sandbox} to the name of one sandbox."},
		{Codes: []string{"FLOW-2114-400", "FLOW-2115-400"}, Meaning: "Flow Service does not accept the access token.", Advice: newToken},
		{Codes: []string{"FLOW-2116-500", "FLOW-2117-500"}, Meaning: "Adobe could not check the access token.", Advice: later},
		{Codes: []string{"FLOW-2118-403", "FLOW-2120-403", "FLOW-2121-403"}, Meaning: missingPermission, Advice: sourcesPermissions},
		{Codes: []string{"FLOW-2119-400"}, Meaning: providerBug, Advice: reportBug},
	},
}
