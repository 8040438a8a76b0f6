package advice

import (
	"net/http"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
)

const (
	notInPlace = "Flow Service cannot make this change in place."
	// replace names no address: an attempt does not know the one of its resource.
	replace = "Replace the {object} (`terraform apply -replace=…`)"
)

// flows is the Flow Service (documented: Flow Service error codes).
var flows = Table{
	Title: "Flow Service: connections and dataflows", services: []string{flowservice.Service},
	Rows: []Row{
		// The specification, and what it allows.
		{Codes: []string{"FLOW-1100-400"}, Meaning: "Your organization does not have this source. The Customer.io source is in beta.",
			Advice: "Ask Adobe for access. The data source `customerio_source_specification` shows whether the organization has it."},
		{Codes: []string{"FLOW-1413-400"}, When: says("provide a valid spec id"), // documented for a create
			At: map[string]string{baseConnection: "connection_spec.id", sourceConnection: "connection_spec.id", targetConnection: "connection_spec.id",
				dataflow: "flow_spec.id"},
			Meaning: "Your organization does not have this specification. The Customer.io source is in beta.",
			Advice:  "Ask Adobe for access. If you set {attribute} yourself, check it."},
		{Answer: "`422`, \"is required for spec info\"", When: says("is required for spec info"), Meaning: providerBug, Advice: reportBug},
		{Codes: []string{"FLOW-1300-400", "FLOW-1445-400"}, Meaning: notInPlace, Advice: replace + ", or undo the change in the configuration."},
		{Codes: []string{"FLOW-1414-400"}, At: map[string]string{baseConnection: "connection_spec", sourceConnection: "connection_spec",
			targetConnection: "connection_spec"}, Meaning: "Flow Service cannot change the specification of a connection.", Advice: replace + "."},
		{Codes: []string{"FLOW-1415-400"}, At: map[string]string{baseConnection: "auth.spec_name"},
			Meaning: "The connection specification has no authentication of this name.",
			Advice:  "For the Customer.io source, remove `auth`. For another source, set `auth.spec_name` to a name that its specification lists."},
		{Codes: []string{"FLOW-1307-400"}, At: map[string]string{targetConnection: "connection_spec"}, Meaning: "The target must be the data lake.",
			Advice: "Remove `connection_spec` from the target connection."},
		{Codes: []string{"FLOW-1320-400", "FLOW-1321-400"}, At: map[string]string{dataflow: "source_connection_id"},
			Meaning: "A dataflow has exactly one source connection and one target connection.", Advice: "Check `source_connection_id` and `target_connection_id`."},
		{Codes: []string{"FLOW-1325-400"}, At: map[string]string{targetConnection: "dataset_id"}, Meaning: "The target connection has no dataset.",
			Advice: "Set `dataset_id` to the ID of an existing dataset."},
		{Codes: []string{"FLOW-1327-400"}, At: map[string]string{sourceConnection: "format"}, Meaning: "The source does not have this format.",
			Advice: "Remove `format`: the only format of the Customer.io source is `json`."},
		{Codes: []string{"FLOW-1332-400"}, At: map[string]string{sourceConnection: "base_connection_id"},
			Meaning: "The connection specification does not allow a base connection.", Advice: "Remove `base_connection_id`: the Customer.io source needs none."},

		// The mapping set and the schemas.
		{Codes: []string{"FLOW-1412-400"}, At: map[string]string{dataflow: "mapping_version"}, Meaning: "The mapping set does not have this version.",
			Advice: "Set `mapping_version` to the attribute `version` of the `customerio_mapping_set`, so that the dataflow follows it."},
		{Codes: []string{"FLOW-1419-400"}, At: map[string]string{dataflow: "mapping_set_id"}, Meaning: "Flow Service could not validate the mapping set.",
			Advice: "Check `mapping_set_id` and `mapping_version`, and that the credential may use every field that the mapping set fills."},
		{Codes: []string{"FLOW-1425-400"}, At: map[string]string{targetConnection: "schema_id", dataflow: "mapping_set_id"},
			Meaning: "Mapping set, dataset and target connection must have the same schema in the same version.",
			Advice: "Take `schema_id` of dataset and mapping set from one `customerio_target_schema`. Leave out `schema_version`, and `schema_id` of the " +
				"target connection: they are taken from the schema and the dataset."},
		{Codes: []string{"FLOW-1328-400", "FLOW-1329-400", "FLOW-1370-400"}, At: map[string]string{dataflow: "mapping_set_id"},
			Meaning: "The dataflow needs a mapping set.",
			Advice:  "Check `mapping_set_id` and `mapping_version`. If you set `flow_spec`, check that it is for streaming sources."},
		{Codes: []string{"FLOW-2200-500"}, At: map[string]string{dataflow: "target_connection_id", targetConnection: "dataset_id"},
			Meaning: "Flow Service could not ask Catalog Service for the schema of the dataset.",
			Advice:  "Try again. If it persists, check `dataset_id` of the target connection."},
		{Codes: []string{"FLOW-2250-500"}, At: map[string]string{dataflow: "mapping_set_id"},
			Meaning: "Flow Service could not ask Data Prep for the mapping set.", Advice: "Try again. If it persists, check `mapping_set_id`."},

		// States, and changes by others.
		{Codes: []string{"FLOW-1404-412"}, When: status(http.StatusPreconditionFailed),
			Meaning: "Another user or another Terraform run changed the {object} each time this run tried to change it.",
			Advice:  "Find out who is changing it, wait until they have finished, and try again."},
		{Codes: []string{"FLOW-1455-400"}, Meaning: "Someone else removed a part of the {object} that this change updates.",
			Advice: "Plan and apply again. If that does not help, report it as a bug in this provider{evidence}."},
		{Codes: []string{"FLOW-1416-400", "FLOW-1417-400", "FLOW-1420-400", "FLOW-1421-400", "FLOW-1444-400", "FLOW-1456-400"},
			Meaning: "Flow Service is still processing an earlier change.", Advice: "Try again in a few minutes."},
		{Codes: []string{"FLOW-1422-400"}, Meaning: "Flow Service cannot enable or disable the {object} in its current state.",
			Advice: "Wait until the Experience Platform UI shows it as enabled or disabled, then try again."},
		{Codes: []string{"FLOW-1457-400"}, Meaning: "The {object} is being deleted.", Advice: "Wait until it is gone, then plan again."},
		{Codes: []string{"FLOW-1418-400", "FLOW-1447-400"}, Meaning: "Dataflows still use the connection.",
			Advice: "Delete them first, or manage them in the same configuration, so that Terraform deletes them in the right order."},

		{Answer: "`403`", When: status(http.StatusForbidden), Meaning: missingPermission, Advice: sourcesPermissions},
		{Codes: []string{"FLOW-1102-500", "FLOW-1103-503", "FLOW-1104-504", "FLOW-1400-500"}, Meaning: "Flow Service failed.", Advice: later},
	},
}
