package lookup

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func (l Lookup[M, C, O]) idAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: l.ID + exactlyOne(l.NameAttribute),
		Optional:            true,
		Computed:            true,
		Validators: []validator.String{
			l.IDForm, idOr{attribute.Wants(fmt.Sprintf("set either `id` or `%s`", l.NameAttribute)), l.NameAttribute},
		},
	}
}

func (l Lookup[M, C, O]) nameAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: l.Name + " Must match exactly. If several objects share it, the read fails and lists them." + exactlyOne(l.NameAttribute),
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{attribute.NotBlank()},
	}
}

func exactlyOne(name string) string {
	return fmt.Sprintf(" Exactly one of `id` and `%s` must be given.", name)
}

// idOr requires exactly one of id and the attribute of the name. Only the ID has this validator, so that one mistake is one error.
type idOr struct {
	attribute.Wants
	name string
}

func (v idOr) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	var name types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(v.name), &name)...)
	summary := advice.Capital(string(v.Wants))
	switch id := req.ConfigValue; {
	case id.IsUnknown() || name.IsUnknown():
	case id.IsNull() && name.IsNull():
		resp.Diagnostics.AddAttributeError(req.Path, summary, fmt.Sprintf("Neither is set. Set `%s`, or set `id` to the ID of the object.", v.name))
	case !id.IsNull() && !name.IsNull():
		resp.Diagnostics.AddAttributeError(path.Root(v.name), summary, fmt.Sprintf("Both are set. Remove `%s`, or remove `id`.", v.name))
	}
}
