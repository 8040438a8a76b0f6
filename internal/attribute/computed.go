package attribute

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ComputedText is a text that a data source reads.
func ComputedText(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}

// ComputedSecret is a text that a data source reads and Terraform does not print.
func ComputedSecret(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, Sensitive: true}
}

// ComputedTexts is a set of texts that a data source reads.
func ComputedTexts(description string) schema.SetAttribute {
	return schema.SetAttribute{MarkdownDescription: description, Computed: true, ElementType: types.StringType}
}

// ComputedNumber is a whole number that a data source reads.
func ComputedNumber(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Computed: true}
}

// ComputedFlag is a truth value that a data source reads.
func ComputedFlag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Computed: true}
}

// ComputedContentType is a media type that a data source reads.
func ComputedContentType(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, CustomType: ContentTypeType{}}
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
