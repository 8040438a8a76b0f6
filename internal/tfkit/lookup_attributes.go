package tfkit

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// LookupIDAttribute is the id of a data source that finds its object by id or by what stands in the attribute name.
func LookupIDAttribute(description string, form validator.String, name string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + exactlyOne(name),
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{form, idOr{name}},
	}
}

// LookupNameAttribute is the attribute name beside it, "name" or "title". [LookupIDAttribute] checks that one of the two is given.
func LookupNameAttribute(description, name string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " Compared exactly; an error where several have it." + exactlyOne(name),
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{Trimmed()},
	}
}

func exactlyOne(name string) string {
	return fmt.Sprintf(" Exactly one of `id` and `%s` must be given.", name)
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

// idOr wants exactly one of id and another attribute. It stands on the id alone, so that one mistake is one error.
type idOr struct{ other string }

func (v idOr) Description(context.Context) string {
	return "exactly one of id and " + v.other + " must be given"
}

func (v idOr) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v idOr) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	var other types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(v.other), &other)...)
	switch id := req.ConfigValue; {
	case id.IsUnknown() || other.IsUnknown():
	case id.IsNull() && other.IsNull():
		resp.Diagnostics.AddAttributeError(req.Path, "Neither id nor "+v.other, "Give the id of the object, or its "+v.other+".")
	case !id.IsNull() && !other.IsNull():
		resp.Diagnostics.AddAttributeError(path.Root(v.other), "Both id and "+v.other,
			"The id tells already which object is meant, and its "+v.other+" is read. Take one of the two out.")
	}
}
