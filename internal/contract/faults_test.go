package contract_test

// knownFaults are the differences whose fault is the description's: Adobe's own tutorials, or the same description at another
// place, show what the provider sends and the simulator answers.
var knownFaults = []knownFault{
	fault(`^(GET|PATCH|DELETE) /(connections|sourceConnections|targetConnections|flows|mappingSets)/\S+ answer (404|412): status is not supported`,
		"the description lists no refusal of an unknown object, and the tutorials show 404"),
	fault(`^PATCH /\w+/\S+ request /\*/op: value is not one of the allowed values \["ADD","REPLACE","REMOVE"\]`,
		"every example of the tutorials has lower-case operations, as RFC 6902 wants"),
	fault(`^PATCH /\w+/\S+ request /\*/value: value must be an object`,
		"the description's own example replaces a name by a text"),
	fault(`^PATCH /connections/\{BASE_CONNECTION_ID\}/ request /: value must be an object`,
		"the tutorials send a list of operations here too, as for all other objects"),
	fault(`^POST /flows/\{FLOW_ID\}/action request /: value is not one of the allowed values`,
		"the tutorials write the operation in lower case"),
	fault(`^POST /flows/\{FLOW_ID\}/action request: parameter "subOp" in query has an error`,
		"the tutorials leave the sub-operation out: it is for providers of data"),
	fault(`^(POST /flows request|GET /flows/\{FLOW_ID\} answer 200 /items/\*) ?/transformations/\*/params/mappingVersion: value must be a string`,
		"the tutorial of the Customer.io source sends and shows a number"),
	fault(`^GET /flowSpecs\S* answer 200 /items/\*/transformationSpecs: value must be an object`,
		"the guide for makers of sources shows a list"),
	fault(`^(GET|POST|PUT) /mappingSets\S* answer 200 (/mappings/\*)?/(created|modified)Date: value must be a string`,
		"the examples show milliseconds, as a number"),
	fault(`^(GET|PUT) /mappingSets/\S+ answer 200 /mappings/\*/sourceType: value is not one of the allowed values`,
		"the examples of answers show media types"),
	fault(`^POST /mappingSets/validate answer 200 /validationResponse/\*/errors: Value is not nullable`,
		"the example of a success shows null"),
	fault(`^DELETE /mappingSets/\{id\}: method not allowed`,
		"no delete is described, though a public client of the service sends it; the provider tries it and warns where it is refused"),
	fault(`^GET /\{CONTAINER_ID\}/\w+ answer 200 /(_page|_links)/next: Value is not nullable`,
		"the description says in words that it is null on the last page"),
	fault(`^POST /tenant/descriptors (request|answer 201) /xdm:sourceVersion: value must be a string`,
		"the examples show a number"),
}
