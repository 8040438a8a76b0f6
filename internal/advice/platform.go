package advice

import (
	"net/http"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
)

var enabledForProfile = map[string]string{schema: "profile_enabled"}

// registry is the Schema Registry (documented: Schema Registry troubleshooting).
var registry = Table{
	Title: "Schema Registry", services: []string{schemaregistry.Service},
	Rows: []Row{
		{Codes: []string{"XDM-1521-400"}, At: map[string]string{schema: "title"}, Meaning: "The title is taken.",
			Advice: "Choose another title. It must be unique among all schemas, field groups and classes of the sandbox."},
		{Codes: []string{"XDM-1526-400", "XDM-1527-400", "XDM-1528-400"}, At: enabledForProfile,
			Meaning: "The schema is enabled for Real-Time Customer Profile, which cannot be undone. The schema cannot be deleted, and its fields cannot " +
				"be removed or retyped.",
			Advice: "Undo the change in the configuration. To remove the schema from Terraform only, use `terraform state rm`."},
		{Codes: []string{"XDM-1021-400"}, Meaning: "The fields are not in the tenant namespace of the organization.",
			Advice: "Check `adobe.org_id` and {sandbox}. This credential cannot manage the schema of another organization."},
		{Codes: []string{"XDM-1010-404"}, Answer: "on a read", When: refused(isGone), Verb: "read", Object: schema,
			Meaning: "The schema exists, but a field group of it was deleted.",
			Advice: "Restore the field group in the Experience Platform UI. If that is impossible, run `terraform state rm` for this schema and create " +
				"a new one with a different title."},
		{Answer: "\"in use\", on a delete", When: says("in use"), Verb: "delete", Object: schema, Meaning: "Something still uses the schema, usually a dataset.",
			Advice: "Delete that first. To remove the schema from Terraform only, use `terraform state rm`."},
		{Answer: "`403`", When: status(http.StatusForbidden), Meaning: missingPermission, Advice: schemasPermissions},
	},
}

// datasets is the Catalog Service, which documents no codes for datasets.
var datasets = Table{
	Title: "Catalog Service", services: []string{catalog.Service},
	Rows: []Row{{Answer: "`403`", When: status(http.StatusForbidden), Meaning: missingPermission, Advice: datasetsPermissions}},
}

// mappings is Data Prep, which documents neither codes nor the bodies of errors.
var mappings = Table{
	Title: "Data Prep", services: []string{dataprep.Service},
	Rows: []Row{{Answer: "`403`", When: status(http.StatusForbidden), Meaning: missingPermission, Advice: mappingsPermissions}},
}

// missing is for objects of any service of Experience Platform that do not exist.
var missing = Table{
	Title: "Objects that do not exist", Intro: "These codes and a `404` without a code mean the same in every service of Experience Platform.",
	services: platform,
	Rows: []Row{
		{Codes: goneCodes, Answer: "on a create", When: refused(isGone), Verb: "create",
			Meaning: "The {object} refers to something that does not exist in the sandbox, or that an access label hides from the credential.",
			Advice:  "Check the IDs in its configuration, and {sandbox}."},
		{Codes: goneCodes, Answer: "on other operations", When: refused(isGone), Meaning: "The {object} no longer exists, or an access label hides it from the credential.",
			Advice: "Look for it in the Experience Platform UI. If it was deleted, plan again, and Terraform creates a new one. If it is there, give the " +
				"credential access to it first; otherwise Terraform creates a duplicate."},
	},
}

var goneCodes = []string{"FLOW-1101-404", "FLOW-1439-404", "XDM-1010-404", "XDM-1012-404"}
