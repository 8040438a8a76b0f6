package attribute

import "github.com/hashicorp/terraform-plugin-framework/datasource/schema"

// ComputedText is an attribute that a data source reads.
func ComputedText(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}

// ComputedSpec is a reference to a connection or flow specification that a data source reads.
func ComputedSpec(description string) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: description,
		Computed:            true,
		Attributes: map[string]schema.Attribute{
			"id":      ComputedText("Id of the specification, a UUID."),
			"version": ComputedText("Version of the specification, such as `1.0`."),
		},
	}
}
