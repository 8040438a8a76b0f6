package sourceconnection

import (
	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
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
		MarkdownDescription: "A source connection of the Flow Service: where a dataflow takes its data from. For Customer.io it holds " +
			"nothing but its specification and the data's format.\n\nName and description change in place. Everything else replaces " +
			"the connection, and with it the dataflow, because the service does not carry such a change over to a dataflow.",
		Attributes: map[string]schema.Attribute{
			"name":        attribute.Name("Name. It need not be unique. Changes in place."),
			"description": attribute.Description("Description. Changes in place."),
			"connection_spec": attribute.Spec("Connection specification (`connectionSpec`). Default: that of Customer.io, `"+
				flowservice.CustomerIOConnectionSpec+"`. Changing it replaces the connection.", flowservice.CustomerIOConnectionSpec),
			"provider_id": schema.StringAttribute{
				MarkdownDescription: "Provider (`providerId`), a UUID. Default: Adobe's streaming provider, `" + flowservice.StreamingProvider +
					"`. The service does not return it, so it is not compared on a refresh. Changing it replaces the connection.",
				Optional:      true,
				Computed:      true,
				Default:       stringdefault.StaticString(flowservice.StreamingProvider),
				PlanModifiers: replace,
				Validators:    []validator.String{attribute.UUID()},
			},
			"base_connection_id": schema.StringAttribute{
				MarkdownDescription: "Id of a base connection (`baseConnectionId`), a UUID. Leave it out for Customer.io: its specification " +
					"takes none and the service refuses one with 1332-400. Changing it replaces the connection.",
				Optional:      true,
				PlanModifiers: replace,
				Validators:    []validator.String{attribute.UUID()},
			},
			"format": schema.StringAttribute{
				MarkdownDescription: "Format of the data (`data.format`). `json` is the only one that the source knows, and the default. " +
					"Changing it replaces the connection.",
				Optional:      true,
				Computed:      true,
				Default:       stringdefault.StaticString(formatJSON),
				PlanModifiers: replace,
				Validators:    []validator.String{stringvalidator.OneOf(formatJSON)},
			},
			"params": schema.StringAttribute{
				MarkdownDescription: "Further parameters of the specification (`params`), as a JSON object. Customer.io's has none. Members " +
					"that the service adds are ignored. Changing it replaces the connection.",
				CustomType:    jsontypes.NormalizedType{},
				Optional:      true,
				PlanModifiers: []planmodifier.String{attribute.KeepJSONSpelling(), stringplanmodifier.RequiresReplace()},
				Validators:    []validator.String{attribute.JSONObject()},
			},
		},
	}
}
