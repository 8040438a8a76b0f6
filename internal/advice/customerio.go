package advice

import (
	"net/http"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// app is Customer.io's App API, which sends hardly any codes (documented: App API errors).
var app = Table{
	Title: "Customer.io", Intro: "The App API sends hardly any codes, so that the HTTP status decides.", services: []string{customerio.Service},
	Rows: []Row{
		{Answer: "`401` that names the allowlist", When: says("allowlist"), Meaning: "The IP address of this machine is not on the key's allowlist.",
			Advice: "Add it in Customer.io, or run Terraform on a machine that is allowed."},
		{Codes: []string{"invalid_credentials"}, Answer: "`401`", When: status(http.StatusUnauthorized),
			Meaning: "Customer.io does not accept the App API key, or not from this machine.",
			Advice: "Check `customerio.app_api_key`: it must be an App API key of a workspace in the region `customerio.region`. If the key has an IP " +
				"allowlist, this machine must be on it."},
		{Answer: "a redirect to the other region", When: refused(isOtherRegion), Meaning: "The workspace is in the other region.", Advice: "Set `customerio.region` to {region}."},
		{Answer: "`403`, reporting webhook", When: status(http.StatusForbidden), Object: webhook,
			Meaning: "The App API key is not allowed to manage reporting webhooks.", Advice: "Create a key whose scope includes them, and set `customerio.app_api_key`."},
		{Answer: "`403`", When: status(http.StatusForbidden), Meaning: "The App API key has no access to this.",
			Advice: "Create a key whose scope includes it, and set `customerio.app_api_key`."},
		{Answer: "`404`, reporting webhook", When: refused(isNotFound), Object: webhook,
			Meaning: "The webhook does not exist in the workspace of the App API key.",
			Advice: "If it is in another workspace, set `customerio.app_api_key` to a key of that workspace. If it was deleted, plan again, and Terraform " +
				"creates a new one."},
		{Answer: "`404`", When: refused(isNotFound), Meaning: "Customer.io does not have this call at this address.", Advice: "Check `customerio.base_url`."},
		{Answer: "`429` without `Retry-After`", When: refused(isQuota),
			Meaning: "The daily API quota of the workspace is used up; for other limits, Customer.io gives a time to wait.",
			Advice:  "Wait until the quota is reset, or ask Customer.io for a higher one."},
		{Answer: "`429`", When: status(http.StatusTooManyRequests), Meaning: "All clients of the workspace share its rate limit: other integrations too, and other runs with the key.",
			Advice: "Lower {rate}, so that the others have their share, then try again."},
		{Answer: "`400`, `422` that points to a field", Fields: map[string]string{"name": "name", "endpoint": "endpoint", "events": "events",
			"disabled": "disabled", "full_resolution": "full_resolution", "with_content": "with_content"}, Object: webhook,
			Meaning: "Customer.io does not accept the value of {attribute}.", Advice: "Change it as the message says, then apply again."},
		{Answer: "`400`, `422`", When: status(http.StatusBadRequest, http.StatusUnprocessableEntity), Object: webhook,
			Meaning: "Customer.io does not accept the webhook, and does not say which attribute is wrong.",
			Advice:  "Check `name`, `endpoint` and `events`. If they are right, report it as a bug in this provider{evidence}."},
	},
}

func isRedirect(answer *transport.Error) bool { return answer.Status/100 == 3 }

// isOtherRegion recognizes the redirect for a workspace of the other region (documented: App API regions). One to another host comes from
// a proxy.
func isOtherRegion(answer *transport.Error) bool {
	return isRedirect(answer) && (answer.Location == "" && !answer.Foreign || regionAt(answer.Location) != unknownRegion)
}

// isNotFound recognizes a 404 that the App API wrote itself.
func isNotFound(answer *transport.Error) bool {
	return answer.Status == http.StatusNotFound && !answer.Foreign
}

// isQuota recognizes a 429 for the daily quota, the only one without a time to wait (documented: App API rate limits).
func isQuota(answer *transport.Error) bool {
	return answer.Status == http.StatusTooManyRequests && answer.RetryAfter == 0
}
