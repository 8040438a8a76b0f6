package lookup

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func (l Lookup[M, C, O]) idAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: l.ID + l.exactlyOne(),
		Optional:            true,
		Computed:            true,
		Validators: []validator.String{
			l.IDForm, idOr{attribute.Wants(fmt.Sprintf("set either `id` or %s", quoted(l.others(), "or"))), l.others()},
		},
	}
}

func (l Lookup[M, C, O]) nameAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: l.Name + " Must match exactly. If several objects share it, the read fails and lists them." + l.exactlyOne(),
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{attribute.NotBlank()},
	}
}

func (l Lookup[M, C, O]) alsoAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: l.AlsoDescription + " If several " + l.Object + "s share it, the read fails and lists them." + l.exactlyOne(),
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{l.AlsoForm},
	}
}

// others are the attributes by which an object is found, apart from the ID.
func (l Lookup[M, C, O]) others() []string {
	if l.Also != "" {
		return []string{l.NameAttribute, l.Also}
	}
	return []string{l.NameAttribute}
}

func (l Lookup[M, C, O]) exactlyOne() string {
	return fmt.Sprintf(" Exactly one of %s must be given.", quoted(append([]string{"id"}, l.others()...), "and"))
}

// quoted are names of attributes in a sentence, such as "`id`, `name` and `dataflow_id`".
func quoted(names []string, last string) string {
	text := "`" + strings.Join(names, "`, `") + "`"
	if i := strings.LastIndex(text, ", "); i >= 0 {
		text = text[:i] + " " + last + text[i+1:]
	}
	return text
}

// idOr requires exactly one of id and the other attributes. Only the ID has this validator, so that one mistake is one error.
type idOr struct {
	attribute.Wants
	others []string
}

func (v idOr) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	var set []string
	for _, name := range append([]string{"id"}, v.others...) {
		var value types.String
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(name), &value)...)
		if value.IsUnknown() {
			return
		}
		if !value.IsNull() {
			set = append(set, name)
		}
	}
	summary, none, all := advice.Capital(string(v.Wants)), "Neither is set", "Both are set"
	if len(v.others) > 1 {
		none = "None is set"
	}
	if len(set) > 2 {
		all = "All are set"
	}
	switch last := len(set) - 1; {
	case last < 0:
		resp.Diagnostics.AddAttributeError(req.Path, summary, fmt.Sprintf("%s. Set %s, or set `id` to the ID of the object.", none, quoted(v.others, "or")))
	case last > 0:
		resp.Diagnostics.AddAttributeError(path.Root(set[last]), summary,
			fmt.Sprintf("%s. Remove `%s`, or remove %s.", all, set[last], quoted(set[:last], "and")))
	}
}
