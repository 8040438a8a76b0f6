package sourceconnection

import (
	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

const formatJSON = "json"

func resourceSchema() schema.Schema {
	replace := stringplanmodifier.RequiresReplace()
	return schema.Schema{
		MarkdownDescription: "A source connection of Flow Service. It says where the data of a dataflow comes from. For Customer.io it has " +
			"only a specification and a data format.\n\nThe name and description are updated in place. Any other change forces a new " +
			"connection and a new dataflow, because Flow Service does not apply such a change to an existing dataflow.",
		Attributes: map[string]schema.Attribute{
			"name":        attribute.Name(),
			"description": attribute.Description(),
			"connection_spec": attribute.Spec("Connection specification (`connectionSpec`). Default: the Customer.io source, `"+
				flowservice.CustomerIOConnectionSpec+"`. Changing this forces a new resource.", flowservice.CustomerIOConnectionSpec),
			"provider_id": attribute.Defaulted("ID of the provider (`providerId`), a UUID. Default: Adobe's streaming provider, `"+
				flowservice.StreamingProvider+"`. The service does not return it, so changes made elsewhere are not detected. Changing this forces a new "+
				"resource.", flowservice.StreamingProvider, attribute.UUID(), replace),
			"base_connection_id": attribute.Optional("ID of a base connection (`baseConnectionId`), a UUID. Default: none. Do not set it for Customer.io: "+
				"the specification does not allow one, and Flow Service rejects it with `FLOW-1332-400`. Changing this forces a new resource.",
				attribute.UUID(), replace),
			"format": attribute.Defaulted("Format of the data (`data.format`). `json` is the only format that the source supports, and the default. "+
				"Changing this forces a new resource.", formatJSON, stringvalidator.OneOf(formatJSON), replace),
			"params": schema.StringAttribute{
				MarkdownDescription: "Additional parameters (`params`), as a JSON object. The Customer.io source has none. Default: none. Members " +
					"that the service adds or leaves out are ignored. Changing this forces a new resource.",
				CustomType:    jsontypes.NormalizedType{},
				Optional:      true,
				PlanModifiers: []planmodifier.String{attribute.KeepJSONSpelling(), replace},
				Validators:    []validator.String{attribute.JSONObject()},
			},
		},
	}
}
