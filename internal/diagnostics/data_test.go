package diagnostics_test

import "net/http"

var updateMappingsCheck = updateMappings.refusing(http.MethodPost, dataPrepPath+"/validate")

// dataRefusals come from the Schema Registry, Catalog and Data Prep. The last two document no bodies.
var dataRefusals = []refusal{
	{"xdm-1521-400", createSchema, xdm("1521-400", "The title Customer.io events of the shop is already in use. Titles must be unique across all resource types.")},
	{"xdm-1521-400-update", updateSchema, xdm("1521-400", "The title Customer.io events of the shop 2 is already in use.")},
	{"xdm-1526-400", updateSchema, xdm("1526-400", "The union tag cannot be removed.")},
	{"xdm-1527-400", deleteSchema, xdm("1527-400", "The resource is part of a union and cannot be deleted.")},
	{"xdm-1528-400", updateSchema, xdm("1528-400", "A breaking change of a resource that is part of a union is not allowed.")},
	{"xdm-1012-404", updateSchema, xdm("1012-404", "The requested schema is not found.")},
	{"xdm-1010-404-field-group", readSchema.refusing(http.MethodGet, "/data/foundation/schemaregistry/tenant/fieldgroups/*"),
		xdm("1010-404", "The requested resource is not found.")},
	{"xdm-1021-400", createSchema.refusing(http.MethodPost, "/data/foundation/schemaregistry/tenant/fieldgroups"),
		xdm("1021-400", "The custom fields must be under the namespace of the tenant.")},
	{"xdm-400-in-use", deleteSchema, placeholder(400, "The resource is in use by the dataset 63ec807d and cannot be deleted.")},
	{"xdm-406", readSchema, placeholder(406, "The requested version is not available.")},
	{"xdm-500", readSchema, xdm("1500-500", "Internal error.")},

	{"catalog-400", createDataset, placeholder(400, "The schema of schemaRef does not exist in this sandbox.")},
	{"catalog-400-empty", updateDataset, bare(400, "")},
	{"catalog-403-empty", deleteDataset, bare(403, "")},
	{"catalog-404", updateDataset, placeholder(404, "Object with id 63ec807d of type dataSets was not found.")},
	{"catalog-500-empty", readDataset, bare(500, "")},
	{"catalog-chain", updateDataset, bare(400, `{"type":"http://ns.adobe.com/aep/errors/CATALOG-1001-400","title":"Bad request","status":400,`+
		`"error-chain":[{"serviceId":"CATALOG","errorCode":"CATALOG-1001-400","invokingServiceId":"CATALOG","unixTimeStampMs":1603348933000}]}`)},

	{"data-prep-400", createMappings, placeholder(400, "Invalid mapping set: outputSchema.schemaRef is missing.")},
	{"data-prep-400-empty", updateMappings, bare(400, "")},
	{"data-prep-401-empty", readMappings, bare(401, "")},
	{"data-prep-404", updateMappings, bare(404, "")},
	{"data-prep-500-empty", updateMappingsCheck, bare(500, "")},
	{"data-prep-503-empty", createMappings.refusing(http.MethodPost, dataPrepPath+"/validate"), bare(503, "")},
	{"data-prep-405-delete", deleteMappings, bare(405, "")},
	{"data-prep-invalid-mapping", createMappings.refusing(http.MethodPost, dataPrepPath+"/validate"), answer{status: 200, body: `{"validationResponse":[` +
		`{"status":"FAILED","errors":[{"destination":"_acme.email","source":"data.identifiers.email","sourceType":"ATTRIBUTE","exception":"The field is not in the schema."}]}]}`}},
}
