package attribute

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// DataflowID is the ID of the dataflow that a data source reads something of.
func DataflowID() schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: "ID of the dataflow, a UUID.", Required: true, Validators: []validator.String{UUID()}}
}

// What follows are the attributes that a data source reads.

// ComputedText is a text.
func ComputedText(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}

// ComputedSecret is a text that Terraform does not print.
func ComputedSecret(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, Sensitive: true}
}

// ComputedTexts is a set of texts.
func ComputedTexts(description string) schema.SetAttribute {
	return schema.SetAttribute{MarkdownDescription: description, Computed: true, ElementType: types.StringType}
}

// ComputedNumber is a whole number.
func ComputedNumber(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Computed: true}
}

// ComputedFlag is a truth value.
func ComputedFlag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Computed: true}
}

// ComputedSpec is a reference to a connection or flow specification.
func ComputedSpec(description string) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: description,
		Computed:            true,
		Attributes: map[string]schema.Attribute{
			"id":      ComputedText("ID of the specification, a UUID."),
			"version": ComputedText("Version of the specification, such as `1.0`."),
		},
	}
}
