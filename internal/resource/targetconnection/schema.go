package targetconnection

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

const formatJSON = "json"

func resourceSchema() schema.Schema {
	replace := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	return schema.Schema{
		MarkdownDescription: "A target connection of the Flow Service: the dataset that a dataflow fills, and the XDM schema it follows.\n\n" +
			"Name and description change in place. Everything else replaces the connection, and with it the dataflow, because the " +
			"service does not carry such a change over to a dataflow. Schema and version must be the same in dataset, mapping set and " +
			"target connection (1425-400 otherwise).",
		Attributes: map[string]schema.Attribute{
			"name":        attribute.Name("Name. It need not be unique. Changes in place."),
			"description": attribute.Description("Description. Changes in place."),
			"connection_spec": attribute.Spec("Connection specification (`connectionSpec`). Default: the data lake's, `"+
				flowservice.DataLakeConnectionSpec+"`, which is the only one that the Customer.io source can write to. Changing it replaces "+
				"the connection.", flowservice.DataLakeConnectionSpec),
			"dataset_id": schema.StringAttribute{
				MarkdownDescription: "Id of the dataset (`params.dataSetId`), 24 hexadecimal digits. Changing it replaces the connection.",
				Required:            true,
				PlanModifiers:       replace,
				Validators:          []validator.String{attribute.Identifier()},
			},
			"schema_id": schema.StringAttribute{
				MarkdownDescription: "`$id` of the XDM schema that the dataset follows, a URI (`data.schema.id`). Changing it replaces the connection.",
				Required:            true,
				PlanModifiers:       replace,
				Validators:          []validator.String{attribute.HTTPURL()},
			},
			"schema_version": attribute.SchemaVersion(
				"Media type that pins the version of the schema (`data.schema.version`). Default: `"+attribute.DefaultContentType+
					"`. Spaces in it do not count. Changing it replaces the connection.", stringplanmodifier.RequiresReplace()),
			"format": schema.StringAttribute{
				MarkdownDescription: "Format of the data (`data.format`): `json` as documented for Customer.io, or `parquet_xdm` as other sources " +
					"use. Default: `json`. Changing it replaces the connection.",
				Optional:      true,
				Computed:      true,
				Default:       stringdefault.StaticString(formatJSON),
				PlanModifiers: replace,
				Validators:    []validator.String{stringvalidator.OneOf(formatJSON, "parquet_xdm")},
			},
		},
	}
}
