package tfkit

import (
	"net/http"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// adviceByCode says what to do about a service's code. Codes and causes are from the vendors' error tables; codes of the
// Flow Service stand without their prefix.
var adviceByCode = map[string]string{
	// Adobe's gateway.
	"401013": "The access token is not valid or has expired. With adobe.access_token, obtain a new one; with client_id and client_secret, check that both belong to the same credential.",
	"403000": "Set adobe.client_id (ADOBE_CLIENT_ID): it is sent as the API key even with a ready access token.",
	"403003": "The API key (adobe.client_id) is unknown or not subscribed to the Experience Platform API: add that API to the project in the Adobe Developer Console.",
	"403010": "The request carried no access token. Check adobe.client_secret (ADOBE_CLIENT_SECRET) or adobe.access_token (ADOBE_ACCESS_TOKEN).",
	"403011": "The access token lacks a scope. Compare adobe.scopes (ADOBE_SCOPES) with the scopes that the credential lists in the Adobe Developer Console.",
	"403012": "The organisation restricts access by IP address, and this machine is not allowed.",
	"403013": "The organisation restricts access by IP address, and this machine is not allowed.",
	"403023": "The credential has no product profile of Experience Platform: add one to the project in the Adobe Developer Console.",
	"403025": "The credential has no product profile of Experience Platform: add one to the project in the Adobe Developer Console.",
	"403027": "Check adobe.org_id (ADOBE_ORG_ID), and that the credential has a product profile of Experience Platform in that organisation and its scopes.",
	"400003": "Check adobe.org_id (ADOBE_ORG_ID).",
	// Adobe IMS.
	"invalid_client": "Check adobe.client_id (ADOBE_CLIENT_ID) and adobe.client_secret (ADOBE_CLIENT_SECRET): the credential must be of the type OAuth Server-to-Server, and the secret must not be retired.",
	"invalid_scope":  "Compare adobe.scopes (ADOBE_SCOPES) with the scopes that the credential lists in the Adobe Developer Console.",
	// Flow Service: sandbox and permission.
	"2100-404": "Check adobe.sandbox_name (ADOBE_SANDBOX_NAME): the sandbox does not exist, or the credential's role does not include it.",
	"2101-404": "Check adobe.sandbox_name (ADOBE_SANDBOX_NAME): the sandbox does not exist, or the credential's role does not include it.",
	"2103-404": "Check adobe.sandbox_name (ADOBE_SANDBOX_NAME): the sandbox does not exist, or the credential's role does not include it.",
	"2106-404": "Set adobe.sandbox_name (ADOBE_SANDBOX_NAME): the organisation has no default sandbox.",
	"2105-400": "Set adobe.sandbox_name (ADOBE_SANDBOX_NAME).",
	"2000-401": "The access token has no access to the organisation adobe.org_id (ADOBE_ORG_ID).",
	"2118-403": missingPermission,
	"2120-403": missingPermission,
	"2121-403": missingPermission,
	// Flow Service: objects.
	"1100-400": notEntitled,
	"1413-400": notEntitled,
	"1404-412": "Somebody else keeps changing the same object. Apply again when they are done.",
	"1412-400": "The mapping set has no such version. Refer to customerio_mapping_set.….version, so that the dataflow follows it.",
	"1414-400": "A connection specification cannot be changed in place: replace the resource.",
	"1415-400": "The connection specification knows no such authentication. That of Customer.io knows none: leave auth out.",
	"1418-400": "Dataflows still use the connection: delete them first, or bring them under the same configuration.",
	"1447-400": "Dataflows still use the connection: delete them first, or bring them under the same configuration.",
	"1419-400": "The service could not validate the mapping set: check its id and version, and that the credential may use every field it maps.",
	"1425-400": "Schema id and version must be the same in mapping set, dataset and target connection.",
	"1445-400": "The service does not change this connection in place: replace it (terraform apply -replace=…).",
	"1300-400": "The service does not change this connection in place: replace it (terraform apply -replace=…).",
	"1307-400": "The target of this source must be the data lake: leave connection_spec out.",
	"1325-400": "Set dataset_id to the id of an existing dataset.",
	"1327-400": "The only format of the Customer.io source is \"json\".",
	"1332-400": "The connection specification takes no base connection. That of Customer.io needs none: leave base_connection_id out.",
	"1422-400": "The dataflow is in another state than it was. Apply again.",
	"1420-400": "The dataflow is being changed. Apply again when that has ended.",
	"1421-400": "The dataflow is being changed. Apply again when that has ended.",
	"1457-400": "The object is being deleted. Apply again when that has ended.",
	// Schema Registry.
	"XDM-1521-400": "Choose another title. It must be unique among all schemas, field groups and classes of the sandbox.",
	"XDM-1526-400": inProfile,
	"XDM-1527-400": inProfile,
	"XDM-1528-400": inProfile,
	// Customer.io.
	"invalid_credentials": badAppAPIKey,
}

const (
	missingPermission = "The credential's role lacks a permission: it needs View Sources and Manage Sources (and access to the sandbox)."
	notEntitled       = "The specification is unknown to this organisation. The Customer.io source is beta and not offered everywhere: ask Adobe for access, or correct the id."
	inProfile         = "The schema takes part in the Real-Time Customer Profile, which cannot be undone: it can be neither taken out nor deleted. To have Terraform forget it, use terraform state rm."
	badAppAPIKey      = "Check customerio.app_api_key (CUSTOMERIO_APP_API_KEY): it must be an App API key, and where the key has an IP allowlist, this machine must be on it."
)

// advice says what to do about a refusal.
func advice(refused *transport.Error) string {
	if known := adviceByCode[refused.Code]; known != "" {
		return known
	}
	if known := adviceByCode[refused.ShortCode()]; known != "" && refused.Service == flowservice.Service {
		return known
	}
	if refused.Service == customerio.Service {
		return adviceOfCustomerIO(refused)
	}
	return adviceByStatus(refused)
}

func adviceOfCustomerIO(refused *transport.Error) string {
	switch refused.Status {
	case http.StatusUnauthorized:
		return badAppAPIKey
	case http.StatusForbidden:
		return "The App API key has no access to this: create one with a scope that includes it, and set customerio.app_api_key (CUSTOMERIO_APP_API_KEY)."
	case http.StatusNotFound:
		if refused.Structured {
			return "The webhook does not exist in the workspace that the App API key belongs to. If it exists in another workspace, use that workspace's key."
		}
	case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return "The workspace is in the other region: set customerio.region (CUSTOMERIO_REGION) to \"eu\" or \"us\". Redirects are not followed, because they would turn writes into reads."
	case http.StatusTooManyRequests:
		if refused.RetryAfter == 0 {
			return "Without a time to wait, this may be the daily quota rather than the limit per second: try again later, or lower customerio.requests_per_second."
		}
	}
	return adviceByStatus(refused)
}

func adviceByStatus(refused *transport.Error) string {
	switch status := refused.Status; {
	case status == http.StatusUnauthorized:
		return "The service does not take the credentials: check those in the provider configuration."
	case status == http.StatusForbidden:
		return "The credentials lack a permission for this call."
	case status == http.StatusNotFound && !refused.Structured:
		return "No service wrote this answer: check the service's URL in the provider configuration."
	case status == http.StatusConflict:
		return "Somebody else changed the object at the same time. Apply again."
	case status == http.StatusTooManyRequests:
		return "The service limits the rate of calls, and went on doing so over all retries. Apply again later, with a lower -parallelism."
	case status >= 300 && status < 400:
		return "The service redirects to another address, and redirects are not followed: check the service's URL in the provider configuration."
	case status >= 500:
		return "The service has trouble that retries did not outlast. Apply again later."
	}
	return ""
}
