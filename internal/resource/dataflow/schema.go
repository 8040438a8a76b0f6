package dataflow

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func resourceSchema() schema.Schema {
	replace := stringplanmodifier.RequiresReplace()
	return schema.Schema{
		MarkdownDescription: "A dataflow of Flow Service. It streams events from a source connection, through a mapping set, to a target " +
			"connection. Creation is complete when Adobe has provisioned the streaming endpoint.\n\n" +
			"The name, description, mapping set and state are updated in place. A different source or target connection forces a new dataflow. Its ID and therefore its webhook URL change, " +
			"and probably its streaming endpoint. A `customerio_reporting_webhook` that refers to `webhook_url` is updated in the same apply. A plan that replaces the dataflow, " +
			"or an object that it refers to, warns of this, unless the dataflow is tainted or named by `-replace`. See the guide \"Replacing a dataflow with the least loss\".\n\n" +
			"Adobe recommends waiting about five minutes before sending events to a new or changed dataflow. A change of the mappings also changes the dataflow.\n\n" +
			"Limits: the resource does not manage other options of a dataflow (`options`), such as error diagnostics and partial ingestion. Updates leave them as they are. " +
			"A new dataflow does not have them. A plan that replaces a dataflow warns of the options that will be lost.",
		Attributes: map[string]schema.Attribute{
			"name":        attribute.Name(),
			"description": attribute.Description(),
			"flow_spec": attribute.Spec("Flow specification (`flowSpec`). Default: the specification for streaming sources, `"+
				flowservice.GenericStreamingFlowSpec+"`. Changing this forces a new resource.", flowservice.GenericStreamingFlowSpec),
			"source_connection_id": attribute.Required("ID of the source connection (`sourceConnectionIds`), a UUID. Changing this forces a new resource.",
				attribute.UUID(), replace),
			"target_connection_id": attribute.Required("ID of the target connection (`targetConnectionIds`), a UUID. Changing this forces a new resource.",
				attribute.UUID(), replace),
			"mapping_set_id": attribute.Required("ID of the mapping set (`transformations[].params.mappingId`), 32 hexadecimal digits. It must be for the "+
				"schema of the target connection and its dataset; the plan compares them as they will be after the apply. Updated in place.", attribute.Hex32()),
			"mapping_version": schema.Int64Attribute{
				MarkdownDescription: "Version of the mapping set (`transformations[].params.mappingVersion`), starting at `0`. Use `customerio_mapping_set.….version`, " +
					"so that the dataflow follows each change of the mappings. Updated in place.",
				Required:   true,
				Validators: []validator.Int64{int64validator.AtLeast(0)},
			},
			"state": attribute.Defaulted("Desired state: `enabled` or `disabled`. Default: `enabled`. Updated in place. Adobe does not document what "+
				"happens to events that arrive while the dataflow is disabled.",
				flowservice.StateEnabled, stringvalidator.OneOf(flowservice.StateEnabled, flowservice.StateDisabled)),
			"streaming_endpoint_url": endpoint("URL of the streaming endpoint (`options.inletUrl`). Anyone who knows it can write to the dataset."),
			"webhook_url": endpoint("URL for the reporting webhook: the streaming endpoint with the dataflow's ID as `x-adobe-flow-id`. Anyone who knows it " +
				"can write to the dataset."),
		},
	}
}

// endpoint stays the same after changes in place. After the import of a dataflow that has none yet, it is still unknown.
func endpoint(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Computed:            true,
		Sensitive:           true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
	}
}
