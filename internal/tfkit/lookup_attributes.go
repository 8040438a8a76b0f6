package tfkit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// LookupIDAttribute is the id of a data source that finds its object by id or by name.
func LookupIDAttribute(description string, form validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " Exactly one of `id` and `name` must be given.",
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{form, idOrName{}},
	}
}

// LookupNameAttribute is the name beside it. [LookupIDAttribute] checks that one of the two is given.
func LookupNameAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " Compared exactly; an error where several have it. Exactly one of `id` and `name` must be given.",
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{Trimmed()},
	}
}

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

// idOrName wants exactly one of the two. It stands on the id alone, so that one mistake is one error.
type idOrName struct{}

const wantsIDOrName = "exactly one of id and name must be given"

func (idOrName) Description(context.Context) string         { return wantsIDOrName }
func (idOrName) MarkdownDescription(context.Context) string { return wantsIDOrName }

func (idOrName) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	var name types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("name"), &name)...)
	switch id := req.ConfigValue; {
	case id.IsUnknown() || name.IsUnknown():
	case id.IsNull() && name.IsNull():
		resp.Diagnostics.AddAttributeError(req.Path, "Neither id nor name", "Give the id of the object, or its name.")
	case !id.IsNull() && !name.IsNull():
		resp.Diagnostics.AddAttributeError(path.Root("name"), "Both id and name",
			"The id tells already which object is meant, and its name is read. Take one of the two out.")
	}
}
