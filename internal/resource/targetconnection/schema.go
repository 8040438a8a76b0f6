package targetconnection

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

const formatJSON = "json"

func resourceSchema() schema.Schema {
	replace := stringplanmodifier.RequiresReplace()
	return schema.Schema{
		MarkdownDescription: "A target connection of Flow Service. It names the dataset that a dataflow writes to, and the XDM schema of the dataset.\n\n" +
			"The name and description are updated in place. Any other change forces a new connection and a new dataflow, because Flow " +
			"Service does not apply such a change to an existing dataflow. The dataset, mapping set and target connection must have the same " +
			"schema and version (otherwise `FLOW-1425-400`).",
		Attributes: map[string]schema.Attribute{
			"name":        attribute.Name(),
			"description": attribute.Description(),
			"connection_spec": attribute.Spec("Connection specification (`connectionSpec`). Default: the data lake, `"+
				flowservice.DataLakeConnectionSpec+"`, the only target that the Customer.io source supports. Changing this forces "+
				"a new resource.", flowservice.DataLakeConnectionSpec),
			"dataset_id": attribute.Required("ID of the dataset (`params.dataSetId`), 24 hexadecimal digits. Changing this forces a new resource.",
				attribute.Hex24(), replace),
			"schema_id": attribute.Taken("`$id` of the dataset's XDM schema, a URI (`data.schema.id`). Default: that of the dataset when the connection is created. Changing this forces a new resource.",
				attribute.HTTPURL(), replace),
			"schema_version": attribute.SchemaVersion("data.schema.version", "that of the dataset when the connection is created", "Changing this forces a new resource.", replace),
			"format": attribute.Defaulted("Format of the data (`data.format`): `json`, as documented for Customer.io, or `parquet_xdm`, as used by other "+
				"sources. Default: `json`. Changing this forces a new resource.", formatJSON, stringvalidator.OneOf(formatJSON, "parquet_xdm"), replace),
		},
	}
}
