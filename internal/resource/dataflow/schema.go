package dataflow

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func resourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A dataflow of the Flow Service: the stream from a source connection, through a mapping set, into a target " +
			"connection. After the create it waits until the service has provisioned the streaming endpoint.\n\n" +
			"Name, description, mapping set and state change in place. Other connections replace the dataflow, which gives it a new id and " +
			"probably a new streaming endpoint; a `customerio_reporting_webhook` whose endpoint refers to `webhook_url` follows in the same apply.\n\n" +
			"Adobe recommends to wait about five minutes after the create before events are sent.",
		Attributes: map[string]schema.Attribute{
			"name":        attribute.Name("Name. It need not be unique. Changes in place."),
			"description": attribute.Description("Description. Changes in place."),
			"flow_spec": attribute.Spec("Flow specification (`flowSpec`). Default: the one for streaming sources, `"+
				flowservice.GenericStreamingFlowSpec+"`. Changing it replaces the dataflow.", flowservice.GenericStreamingFlowSpec),
			"source_connection_id": connectionID("Id of the source connection (`sourceConnectionIds`), a UUID. Changing it replaces the dataflow."),
			"target_connection_id": connectionID("Id of the target connection (`targetConnectionIds`), a UUID. Changing it replaces the dataflow."),
			"mapping_set_id": schema.StringAttribute{
				MarkdownDescription: "Id of the mapping set (`transformations[].params.mappingId`). Changes in place.",
				Required:            true,
				Validators:          []validator.String{attribute.Identifier()},
			},
			"mapping_version": schema.Int64Attribute{
				MarkdownDescription: "Version of the mapping set (`transformations[].params.mappingVersion`), from `0`. Refer to the set's `version`, " +
					"so that the dataflow follows each change of the mappings. Changes in place.",
				Required:   true,
				Validators: []validator.Int64{int64validator.AtLeast(0)},
			},
			"state": schema.StringAttribute{
				MarkdownDescription: "`enabled` or `disabled`. Default: `enabled`. Changes in place. What becomes of events that arrive while the " +
					"dataflow is disabled is not documented; disable the webhook too, if none may be lost at Adobe's side.",
				Optional:   true,
				Computed:   true,
				Default:    stringdefault.StaticString(flowservice.StateEnabled),
				Validators: []validator.String{stringvalidator.OneOf(flowservice.StateEnabled, flowservice.StateDisabled)},
			},
			"streaming_endpoint_url": endpoint("URL of the streaming endpoint (`options.inletUrl`). Whoever knows it can write into the dataset."),
			"webhook_url": endpoint("URL to give to Customer.io: the streaming endpoint with the dataflow's id as `x-adobe-flow-id`. Whoever knows it " +
				"can write into the dataset."),
		},
	}
}

func connectionID(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		Validators:          []validator.String{attribute.UUID()},
	}
}

// endpoint stays over changes in place; after an import of a dataflow that has none yet, it is still to come.
func endpoint(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Computed:            true,
		Sensitive:           true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
	}
}
