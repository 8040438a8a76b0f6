package managed

import (
	"context"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// The attributes of every list.
const (
	patternSuffix    = "_pattern"
	createdAfter     = "created_after"
	includeUnrelated = "include_unrelated"
)

// Filter is an attribute of a list that selects objects.
type Filter[O any] struct {
	Name, Description string
	Form              validator.String
	Matches           func(ctx context.Context, set *clients.Set, object *O, value string) (bool, error)
}

// wanted is what a list block asks for.
type wanted struct {
	sandbox   types.String
	name      string
	pattern   *regexp.Regexp
	after     time.Time
	unrelated bool
	// filters are the values of those that are set.
	filters map[string]string
}

func (l *lister[M, C, O, P]) nameAttribute() string {
	if l.listing.NameAttribute != "" {
		return l.listing.NameAttribute
	}
	return "name"
}

func (l *lister[M, C, O, P]) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	name, object := l.nameAttribute(), l.of.Object
	attributes := map[string]schema.Attribute{
		name: text("Only objects with exactly this "+name+". The case of letters matters.",
			attribute.NotBlank(), stringvalidator.ConflictsWith(path.MatchRoot(name+patternSuffix))),
		name + patternSuffix: text("Only objects whose "+name+" matches this regular expression, for example `^Shop ` or `(?i)shop`. It has the syntax of Terraform's "+
			"`regex`, and matches anywhere in the "+name+" unless `^` and `$` anchor it.", pattern),
		includeUnrelated: schema.BoolAttribute{MarkdownDescription: "Whether to also list " + l.listing.Unrelated + ". Default: `false`.", Optional: true},
	}
	if !l.listing.Untimed {
		attributes[createdAfter] = text("Only objects that were created after this time, in RFC 3339, for example `2026-09-01T00:00:00Z`. An object without a time of "+
			"creation is listed as well.", moment)
	}
	for _, filter := range l.listing.Filters {
		attributes[filter.Name] = text(filter.Description, filter.Form)
	}
	if l.of.hasSandbox() {
		attributes[attribute.SandboxName] = text("Name of the sandbox to look in (header `x-sandbox-name`). Default: `adobe.sandbox_name` of the provider.", attribute.Sandbox())
	}
	description := "Lists every " + object + " that " + l.listing.Related + ", for `terraform query`. Needs Terraform 1.14 or later."
	resp.Schema = schema.Schema{MarkdownDescription: strings.TrimSpace(description + " " + l.listing.Note), Attributes: attributes}
}

func text(description string, forms ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: forms}
}

var pattern = attribute.Checked{Wants: "must be a regular expression", Quote: true, Check: func(value string) error {
	_, err := regexp.Compile(value)
	return err
}}

var moment = attribute.Checked{Wants: "must be a time in the form of RFC 3339, such as 2026-09-01T00:00:00Z", Quote: true, Check: func(value string) error {
	_, err := time.Parse(time.RFC3339, value)
	return err
}}

// wanted reads a configuration whose attributes have their forms.
func (l *lister[M, C, O, P]) wanted(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) wanted {
	get := func(name string) (value types.String) {
		diags.Append(config.GetAttribute(ctx, path.Root(name), &value)...)
		return value
	}
	name := l.nameAttribute()
	is := wanted{name: get(name).ValueString(), filters: map[string]string{}}
	if expression := get(name + patternSuffix); !expression.IsNull() {
		is.pattern, _ = regexp.Compile(expression.ValueString())
	}
	if !l.listing.Untimed {
		is.after, _ = time.Parse(time.RFC3339, get(createdAfter).ValueString())
	}
	var unrelated types.Bool
	diags.Append(config.GetAttribute(ctx, path.Root(includeUnrelated), &unrelated)...)
	is.unrelated = unrelated.ValueBool()
	for _, filter := range l.listing.Filters {
		if value := get(filter.Name); !value.IsNull() {
			is.filters[filter.Name] = value.ValueString()
		}
	}
	if l.of.hasSandbox() {
		is.sandbox = get(attribute.SandboxName)
	}
	return is
}

// matches tells whether an object is wanted. What takes calls comes last.
func (l *lister[M, C, O, P]) matches(ctx context.Context, call Call[C], wanted wanted, object *O) (matches bool, err error) {
	name := l.listing.Name(object)
	_, created := l.listing.In(call.Client).Identify(object)
	switch {
	case wanted.name != "" && name != wanted.name,
		wanted.pattern != nil && !wanted.pattern.MatchString(name),
		!created.IsZero() && !created.After(wanted.after):
		return false, nil
	}
	for _, filter := range l.listing.Filters {
		value, is := wanted.filters[filter.Name]
		if !is {
			continue
		}
		if matches, err := filter.Matches(ctx, call.Clients, object, value); !matches || err != nil {
			return false, err
		}
	}
	if l.listing.IsRelated == nil || wanted.unrelated {
		return true, nil
	}
	return l.listing.IsRelated(ctx, call.Clients, object)
}
