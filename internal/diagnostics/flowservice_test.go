package diagnostics_test

import "net/http"

// flowServiceRefusals are the codes of the Flow Service that a user can meet, each during an operation that meets it (documented: Flow
// Service error codes). Codes that only a bug in this provider would cause are left out, but for one.
var flowServiceRefusals = []refusal{
	// The organization and its specifications.
	{"1100-400", createSource, flow("1100-400", "The organization is not entitled to perform this operation.")},
	{"1413-400", createSource, flow("1413-400", "The given spec ID 96479064-7b8a-4d69-b9ed-21c5683837ea is invalid.")},
	{"1413-400-dataflow", createFlow, flow("1413-400", "The given spec ID e77fde5a-22a8-11ed-861d-0242ac120002 is invalid.")},
	{"400-spec-id", createSource, bare(400, `{"message":"Please provide a valid spec id"}`)},
	{"422-spec-version", createBase, bare(422, `{"message":"connectionSpec.version 'version' is required for spec info"}`)},
	{"1414-400", updateTarget, flow("1414-400", "The connection spec of a connection cannot be updated.")},
	{"1415-400", createBase, flow("1415-400", "The auth spec Access Key is not found for the given connection spec.")},

	// Objects that are gone, hidden, or changed by others.
	{"1101-404", updateSource.refusing(http.MethodGet, readSource.path), flow("1101-404", "The resource with the given id does not exist.")},
	{"1101-404-create", createFlow, flow("1101-404", "The resource with the given id does not exist.")},
	{"1439-404", updateFlow, flow("1439-404", "The requested flows resource is not found. Verify the resource ID before trying again.")},
	{"1439-404-action", actOnFlow, flow("1439-404", "The requested flows resource is not found. Verify the resource ID before trying again.")},
	{"1439-404-data-source", findFlow, flow("1439-404", "The requested flows resource is not found. Verify the resource ID before trying again.")},
	{"404-older-form", updateFlow, olderFlow(404, "flows not found with id = [4982698b]")},
	{"1404-412", updateFlow, flow("1404-412", "The version of the entity does not match.")},
	{"412-older-form", updateFlow, olderFlow(412, `Supplied version=["04001277"] does not match the current version on entity=["0400117f"]`)},
	{"1455-400", updateFlow, flow("1455-400", `Patch validation failed: Missing field "transformations"`)},

	// States.
	{"1416-400", deleteSource, flow("1416-400", "The connection can only be deleted in one of the states [enabled, disabled, initializing].")},
	{"1417-400", updateSource, flow("1417-400", "The connection can only be updated in one of the states [enabled, disabled, initializing].")},
	{"1420-400", updateFlow, flow("1420-400", "The flow in the current state disabling cannot be updated.")},
	{"1421-400", actOnFlow, flow("1421-400", "The flow cannot be transitioned from the state enabling.")},
	{"1422-400", actOnFlow, flow("1422-400", "The action disable cannot be applied on the current state pending.")},
	{"1444-400", updateFlow, flow("1444-400", "The flow is not in the expected state pending.")},
	{"1456-400", deleteTarget, flow("1456-400", "The state updating is not valid. Allowed are [enabled, disabled, initializing].")},
	{"1457-400", updateFlow, flow("1457-400", "Operation update cannot be applied in state delete-finalizing.")},
	{"1418-400", deleteBase, flow("1418-400", "The base connection cannot be deleted because the base connection is being used in one or more flows.")},
	{"1447-400", deleteSource, flow("1447-400", "Found active flows containing id 133bb51f.")},
	{"1445-400", updateBase, flow("1445-400", "PATCH Connection Feature is not enabled for the provider.")},
	{"1300-400", updateBase, flow("1300-400", "The patch connection request is not supported for the connector.")},

	// Mapping set and schemas.
	{"1412-400", createFlow, flow("1412-400", "Invalid Mapping Version for the mapping 59c0e53a.")},
	{"1412-400-update", updateFlow, flow("1412-400", "Invalid Mapping Version for the mapping 59c0e53a.")},
	{"1419-400", createFlow, flow("1419-400", "Error validating the mapping.")},
	{"1425-400", createFlow, flow("1425-400", "The schema of the dataset does not match the schema of the mapping.")},
	{"1425-400-target-connection", createTarget, flow("1425-400", "The schema of the dataset does not match the schema of the target connection.")},
	{"1328-400", createFlow, flow("1328-400", "The transformation Mapping is missing.")},
	{"1329-400", createFlow, flow("1329-400", "The param mappingId is missing in the transformation Mapping.")},
	{"1370-400", createFlow, flow("1370-400", "The mapping transformation is missing in the flow request.")},
	{"2200-500", createFlow, flow("2200-500", "The call to Catalog failed while validating the schema.")},
	{"2250-500", updateFlow, flow("2250-500", "The call to Data Prep failed while validating the mapping.")},

	// What the source requires of connections.
	{"1307-400", createTarget, flow("1307-400", "The target connection spec must be c604ff05-7f1a-43c0-8e18-33bf874cb11c.")},
	{"1320-400", createFlow, flow("1320-400", "The sourceConnectionIds is null or empty.")},
	{"1321-400", createFlow, flow("1321-400", "The length of sourceConnectionIds should be one.")},
	{"1325-400", createTarget, flow("1325-400", "The dataSetId is missing in the params of the target connection.")},
	{"1327-400", createSource, flow("1327-400", "The source format is not supported. The allowed values are [json].")},
	{"1332-400", createSource, flow("1332-400", "The source connection cannot have a baseConnectionId.")},

	// Access, organization and sandbox.
	{"2000-401", readSource, flow("2000-401", "The token has no access to the organization.")},
	{"2001-401", createSource, flow("2001-401", "The header x-gw-ims-org-id is missing in the request.")},
	{"2002-401", createSource, flow("2002-401", "The header x-gw-ims-org-id is empty.")},
	{"2100-404", readFlow, flow("2100-404", "The sandbox is not found.")},
	{"2101-404", createSource, flow("2101-404", "The sandbox is not found.")},
	{"2102-500", readSource, flow("2102-500", "The sandbox service failed.")},
	{"2103-404", createSource, flow("2103-404", "The sandbox dev is not found. Verify the sandbox name before trying again.")},
	{"2104-500", readSource, flow("2104-500", "The sandbox service failed.")},
	{"2105-400", createSource, flow("2105-400", "The header x-sandbox-name is missing in the request.")},
	{"2106-404", createSource, flow("2106-404", "The organization has no default sandbox.")},
	{"2107-500", readSource, flow("2107-500", "The sandbox service failed.")},
	{"2108-500", readSource, flow("2108-500", "The sandbox service failed.")},
	{"2110-400", createSource, flow("2110-400", "The header x-sandbox-id is not allowed with the user token.")},
	{"2111-403", createSource, flow("2111-403", "The value * of the header x-sandbox-name is restricted.")},
	{"2112-400", createSource, flow("2112-400", "The wildcard is not allowed for this operation.")},
	{"2113-400", createSource, flow("2113-400", "The wildcard is not allowed for this operation.")},
	{"2114-400", createSource, flow("2114-400", "The token is empty.")},
	{"2115-400", createSource, flow("2115-400", "The token is invalid.")},
	{"2116-500", readSource, flow("2116-500", "The token could not be validated.")},
	{"2117-500", readSource, flow("2117-500", "The token could not be validated.")},
	{"2118-403", createSource, flow("2118-403", "The user has no permission for the operation.")},
	{"2118-403-after-create", provisionFlow, flow("2118-403", "The user has no permission for the operation.")},
	{"2119-400", actOnFlow, flow("2119-400", "The query parameter op is missing in the request.")},
	{"2120-403", deleteFlow, flow("2120-403", "You do not have sufficient permissions to perform this operation.")},
	{"2121-403", updateTarget, flow("2121-403", "You do not have sufficient permissions to perform this operation.")},

	// Failures of the service.
	{"1102-500", createSource, flow("1102-500", "Internal server error.")},
	{"1102-500-unknown-outcome", createSource.refusing("", createSource.path).after(1), flow("1102-500", "Internal server error.")},
	{"1102-500-read", readFlow, flow("1102-500", "Internal server error.")},
	{"1103-503", readFlow, flow("1103-503", "The service is unavailable.")},
	{"1104-504", deleteFlow, flow("1104-504", "Gateway timeout.")},
	{"1400-500", readFlow, flow("1400-500", "Internal server error.")},

	// Codes that no table has.
	{"9999-400", createSource, flow("9999-400", "Something new is not allowed.")},
	{"9999-418", createSource, flow("9999-418", "Something new is not allowed.")},
}
