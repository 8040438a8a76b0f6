package pipelines

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func resultAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"pipelines": schema.MapNestedAttribute{
			MarkdownDescription: "The pipelines, by a key from the name of the dataflow: `Customer.io events` becomes `customer_io_events`. If several have the " +
				"same name, the keys of all but the oldest end in the last part of the dataflow's ID.",
			Computed:     true,
			NestedObject: schema.NestedAttributeObject{Attributes: pipelineAttributes()},
		},
		"pipelines_without_webhook": attribute.ComputedTexts("Keys of the pipelines that no webhook posts to. Null without an App API key."),
		"unused_source_connections": list("Source connections of Customer.io that no dataflow uses.", part("source connection", nil)),
		"unused_target_connections": list("Target connections that no dataflow uses, of any source.", part("target connection", nil)),
		"stray_webhooks": list("Webhooks that post to a dataflow that this sandbox does not have: it was deleted, or is in another sandbox. Null without an App API key.",
			map[string]schema.Attribute{
				"id": attribute.ComputedText("ID of the webhook."), "name": attribute.ComputedText("Name of the webhook."),
				"dataflow_id": attribute.ComputedText("ID of the dataflow that the endpoint names."),
			}),
	}
}

func pipelineAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"dataflow": object("The dataflow.", part("dataflow", map[string]schema.Attribute{
			"state":      attribute.ComputedText("State of the dataflow, for example `enabled` or `disabled`."),
			"created_at": attribute.ComputedText("When the dataflow was created, in RFC 3339 and UTC. Null if the service does not return it."),
			"mapping_version": attribute.ComputedNumber("Version of the mapping set that the dataflow uses. It need not be the newest. Null if the dataflow has " +
				"no mapping."),
		})),
		"source_connection": object("The source connection.", part("source connection", nil)),
		"target_connection": object("The target connection. Null if it no longer exists.", part("target connection", map[string]schema.Attribute{
			"format": attribute.ComputedText("Format of the data, for example `json`."),
		})),
		"mapping_set": object("The mapping set, in the version that the dataflow uses. Null if it no longer exists, or the dataflow has none.",
			mappings(map[string]schema.Attribute{
				"id": attribute.ComputedText("ID of the mapping set, 32 hexadecimal digits."),
				"newest": object("The newest version of the mapping set, which a resource manages. Null if the dataflow uses it.",
					mappings(map[string]schema.Attribute{"version": attribute.ComputedNumber("Number of the version.")})),
			})),
		"dataset": object("The dataset that the target connection writes to. Null if it no longer exists.", map[string]schema.Attribute{
			"id": attribute.ComputedText("ID of the dataset, 24 hexadecimal digits."), "name": attribute.ComputedText("Name of the dataset."),
		}),
		"schema": object("The schema of the dataset. Null if it no longer exists.", map[string]schema.Attribute{
			"id": attribute.ComputedText("`$id` of the schema."), "title": attribute.ComputedText("Title of the schema."),
		}),
		"webhooks": list("The reporting webhooks that post to the dataflow. Null without an App API key.", map[string]schema.Attribute{
			"id": attribute.ComputedText("ID of the webhook."), "name": attribute.ComputedText("Name of the webhook."),
			"events":   attribute.ComputedTexts("Events that it reports."),
			"disabled": attribute.ComputedFlag("Whether it is paused."), "full_resolution": attribute.ComputedFlag("Whether it reports every open and click."),
			"with_content": attribute.ComputedFlag("Whether sent events have the content of the message."),
		}),
	}
}

// mappings is what a version of a mapping set has, and more.
func mappings(more map[string]schema.Attribute) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"name": attribute.ComputedText("Name of the mapping set. Null if it has none."),
		"mappings": schema.MapNestedAttribute{
			MarkdownDescription: "The mappings, by destination.",
			Computed:            true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"source":      attribute.ComputedText("Path, expression or literal."),
				"source_type": attribute.ComputedText("Type of `source`: `ATTRIBUTE`, `EXPRESSION` or `STATIC`."),
				"name":        attribute.ComputedText("Name of the mapping. Null if it has none."),
				"description": attribute.ComputedText("Description of the mapping. Null if it has none."),
			}},
		},
	}
	maps.Copy(attributes, more)
	return attributes
}

// part is what every object of Flow Service has, and more.
func part(what string, more map[string]schema.Attribute) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"id": attribute.ComputedText("ID of the " + what + ", a UUID."), "name": attribute.ComputedText("Name of the " + what + "."),
		"description": attribute.ComputedText("Description of the " + what + ". Null if it has none."),
	}
	maps.Copy(attributes, more)
	return attributes
}

func object(description string, attributes map[string]schema.Attribute) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{MarkdownDescription: description, Computed: true, Attributes: attributes}
}

func list(description string, attributes map[string]schema.Attribute) schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		MarkdownDescription: description, Computed: true, NestedObject: schema.NestedAttributeObject{Attributes: attributes},
	}
}
