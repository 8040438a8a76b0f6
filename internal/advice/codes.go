package advice

// accessAdvice is for codes of whatever service: those of Adobe's gateway, of its identity service, and of the App API. Codes and
// causes are from the vendors' error tables.
var accessAdvice = map[string]string{
	"400003": noOrganisation,
	"401013": "The access token is not valid or has expired. With adobe.access_token, obtain a new one; with adobe.client_secret, a token that was just " +
		"issued is refused: check that adobe.ims_url and adobe.platform_url belong to the same environment.",
	"403000": "Set adobe.client_id (ADOBE_CLIENT_ID): it is sent as the API key even with a ready access token.",
	"403003": "The API key (adobe.client_id, ADOBE_CLIENT_ID) is unknown or not subscribed to the Experience Platform API: add that API to the project " +
		"in the Adobe Developer Console.",
	"403010": "The request carried no access token when it arrived. The provider sends one with every call, so look for a proxy that removes the header " +
		"Authorization, and check adobe.platform_url (ADOBE_PLATFORM_URL).",
	"403011": "The access token lacks a scope. Compare adobe.scopes (ADOBE_SCOPES), or those that a ready adobe.access_token was issued with, with the " +
		"scopes that the credential lists in the Adobe Developer Console.",
	"403012": addressNotAllowed,
	"403013": addressNotAllowed,
	"403023": noProductProfile,
	"403025": noProductProfile,
	"403027": "Adobe does not find the credential in the organisation. Check adobe.org_id (ADOBE_ORG_ID), and that the credential has a product profile of " +
		"Experience Platform there, and its scopes.",
	"429001": usageLimit,
	"429002": usageLimit,
	"429050": "Adobe's gateway limits the rate of calls. Apply again in a minute, with a lower -parallelism.",
	"503000": gatewayTrouble,
	"503010": gatewayTrouble,

	"invalid_client": "The client id is unknown, or the secret is not its own. Check adobe.client_id (ADOBE_CLIENT_ID) and adobe.client_secret " +
		"(ADOBE_CLIENT_SECRET): the credential must be of the type OAuth Server-to-Server, and the secret must not be retired.",
	"unauthorized_client": "The credential may not fetch tokens this way. Check that adobe.client_id (ADOBE_CLIENT_ID) is that of a credential of the type " +
		"OAuth Server-to-Server.",
	"invalid_scope": "The credential does not have a scope that was asked for. Compare adobe.scopes (ADOBE_SCOPES) with the scopes that the credential lists in the Adobe Developer Console.",

	"invalid_credentials": badAppAPIKey,
}

const (
	addressNotAllowed = "The organisation restricts access by IP address, and this machine is not allowed. Run Terraform where it is, or have an " +
		"administrator of the organisation allow this machine's address."
	noProductProfile = "The credential has no product profile of Experience Platform: add one to the project in the Adobe Developer Console."
	usageLimit       = "The quota of the organisation or of the API key (adobe.client_id) is used up. Apply again once it is renewed, or ask Adobe for a " +
		"higher one."
	gatewayTrouble = "Adobe's gateway had trouble of its own and did not pass the call on, so nothing was done. Apply again later."
	badAppAPIKey   = "Check customerio.app_api_key (CUSTOMERIO_APP_API_KEY): it must be an App API key of a workspace in the region customerio.region " +
		"(CUSTOMERIO_REGION), and where the key has an IP allowlist, this machine must be on it."
)

// flowAdvice is for codes of the Flow Service, without their prefix.
var flowAdvice = map[string]string{
	// Organisation, sandbox and permission.
	"2000-401": "The access token has no access to the organisation adobe.org_id (ADOBE_ORG_ID). Check the id, and that the credential belongs to it.",
	"2001-401": noOrganisation,
	"2002-401": noOrganisation,
	"2100-404": noSandbox,
	"2101-404": noSandbox,
	"2103-404": noSandbox,
	"2102-500": sandboxTrouble,
	"2104-500": sandboxTrouble,
	"2107-500": sandboxTrouble,
	"2108-500": sandboxTrouble,
	"2105-400": "The name of the sandbox did not arrive. Set adobe.sandbox_name (ADOBE_SANDBOX_NAME), and look for a proxy that removes the header " +
		"x-sandbox-name.",
	"2106-404": "Set adobe.sandbox_name (ADOBE_SANDBOX_NAME): the organisation has no default sandbox.",
	"2110-400": "The provider names the sandbox and never sends its id, so something in between adds the header x-sandbox-id: check the proxy and " +
		"adobe.platform_url (ADOBE_PLATFORM_URL).",
	"2111-403": oneSandbox,
	"2112-400": oneSandbox,
	"2113-400": oneSandbox,
	"2114-400": badToken,
	"2115-400": badToken,
	"2116-500": tokenTrouble,
	"2117-500": tokenTrouble,
	"2118-403": missingPermission,
	"2120-403": missingPermission,
	"2121-403": missingPermission,

	// The specification, and what it takes.
	"1100-400": "The organisation is not entitled to this source. The Customer.io source is beta and not offered everywhere: ask Adobe for access.",
	"1413-400": "The specification is unknown to this organisation. The Customer.io source is beta and not offered everywhere: ask Adobe for access, or " +
		"correct the id.",
	"1300-400": notInPlace,
	"1445-400": notInPlace,
	"1414-400": "A connection specification cannot be changed in place: replace the resource (terraform apply -replace=…).",
	"1415-400": "The connection specification knows no authentication of this name. That of Customer.io knows none: leave auth out. For another one, set " +
		"auth.spec_name to a name that the specification lists.",
	"1307-400": "The target of this source must be the data lake: leave connection_spec out.",
	"1320-400": oneConnection,
	"1321-400": oneConnection,
	"1325-400": "Set dataset_id to the id of an existing dataset.",
	"1327-400": "The only format of the Customer.io source is \"json\": leave format out.",
	"1332-400": "The connection specification takes no base connection. That of Customer.io needs none: leave base_connection_id out.",

	// Mapping set and schemas.
	"1412-400": "The mapping set has no such version. Refer to customerio_mapping_set.….version, so that the dataflow follows it.",
	"1419-400": "The service could not validate the mapping set: check its id and version, and that the credential may use every field it maps.",
	"1425-400": "Schema id and version must be the same in mapping set, dataset and target connection. Take schema_id and schema_version of all three from " +
		"one place, such as id and content_type of the customerio_target_schema.",
	"1328-400": noMapping,
	"1329-400": noMapping,
	"1370-400": noMapping,
	"2200-500": "The Flow Service could not ask Catalog for the schema of the dataset. That may pass: apply again. If it does not, check dataset_id of the " +
		"target connection.",
	"2250-500": "The Flow Service could not ask Data Prep for the mapping set. That may pass: apply again. If it does not, check mapping_set_id.",

	// States, and others who are at work.
	"1404-412": "Somebody else keeps changing the same {object}. Apply again when they are done.",
	"1455-400": "A part of the {object} that was to be changed is gone, so somebody else has changed it in the meantime. Plan and apply again. If it comes " +
		"again, report it as a bug of this provider, with the request id.",
	"1416-400": notSettled,
	"1417-400": notSettled,
	"1420-400": notSettled,
	"1421-400": notSettled,
	"1444-400": notSettled,
	"1456-400": notSettled,
	"1422-400": "The {object} is in a state from which the service does not enable or disable it. Look at it in Adobe's console; apply again once it is " +
		"enabled or disabled there.",
	"1457-400": "The {object} is being deleted. Once it is gone, plan again, and Terraform makes it anew.",
	"1418-400": stillUsed,
	"1447-400": stillUsed,
}

const (
	noOrganisation = "The id of the organisation did not arrive. Check adobe.org_id (ADOBE_ORG_ID), and look for a proxy that removes the header " +
		"x-gw-ims-org-id."
	noSandbox      = "Check adobe.sandbox_name (ADOBE_SANDBOX_NAME): the sandbox does not exist, or the credential's role does not include it."
	oneSandbox     = "Set adobe.sandbox_name (ADOBE_SANDBOX_NAME) to the name of one sandbox; \"*\" is not allowed."
	sandboxTrouble = "Adobe could not look up the sandbox. That is its own trouble, and may pass: apply again later. If it stays, give the request " +
		"id to Adobe's support."
	badToken = "The service does not take the access token. With adobe.access_token (ADOBE_ACCESS_TOKEN), obtain a new one; with adobe.client_secret, check " +
		"that adobe.ims_url and adobe.platform_url belong to the same environment."
	tokenTrouble = "Adobe could not check the access token. That is its own trouble, and may pass: apply again later. If it stays, give the " +
		"request id to Adobe's support."
	missingPermission = "The credential's role lacks a permission. Have an administrator of Experience Platform give it View Sources and Manage " +
		"Sources, and access to the sandbox (adobe.sandbox_name)."
	notInPlace    = "The service does not change this {object} in place: replace it (terraform apply -replace=…), or take the change back."
	oneConnection = "A dataflow takes exactly one source connection and one target connection: check source_connection_id and target_connection_id."
	noMapping     = "The source wants a mapping set: check mapping_set_id and mapping_version, and that flow_spec, if it is set at all, is for streaming sources."
	notSettled    = "The service is still busy with the {object}. Apply again in a few minutes, when it is enabled or disabled in Adobe's console."
	stillUsed     = "Dataflows still use the connection: delete them first, or bring them under the same configuration, so that Terraform does it in the " +
		"right order."
)

// registryAdvice is for codes of the Schema Registry, without their prefix.
var registryAdvice = map[string]string{
	"1521-400": "Choose another title. It must be unique among all schemas, field groups and classes of the sandbox.",
	"1526-400": inProfile,
	"1527-400": inProfile,
	"1528-400": inProfile,
	"1021-400": "The fields are not under the namespace of this organisation. A schema that another organisation made cannot be managed with this " +
		"credential: check adobe.org_id (ADOBE_ORG_ID) and adobe.sandbox_name (ADOBE_SANDBOX_NAME).",
}

const inProfile = "The schema takes part in the Real-Time Customer Profile, which cannot be undone: it can be neither taken out nor deleted, and its fields " +
	"stay as they are. Take the change back; to have Terraform forget the schema, use terraform state rm."
