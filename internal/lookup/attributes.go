package lookup

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// ID is the id of a data source that finds its object by id or by what stands in the attribute name.
func ID(description string, form validator.String, name string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + exactlyOne(name),
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{form, idOr{name}},
	}
}

// Name is the attribute name beside it, "name" or "title". [ID] checks that one of the two is given.
func Name(description, name string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " Must match exactly. If several objects share it, the read fails and lists them." + exactlyOne(name),
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{attribute.Trimmed()},
	}
}

func exactlyOne(name string) string {
	return fmt.Sprintf(" Exactly one of `id` and `%s` must be given.", name)
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
