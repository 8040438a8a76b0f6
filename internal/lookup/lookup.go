package lookup

import (
	"cmp"
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// Lookup declares a data source that finds one object by ID or by name. M is its model, which embeds [Base], C the client of its
// service, and O the object as the client returns it.
type Lookup[M, C, O any] struct {
	// TypeName comes without the provider's prefix: "source_connection".
	TypeName string
	// Object is what messages call the object, by default the words of TypeName.
	Object string
	// ID describes the attribute id, and IDForm is the form that it accepts. By default, it is a UUID.
	ID     string
	IDForm validator.String
	// Name describes the attribute that holds the name. NameAttribute is what it is called, by default "name".
	Name, NameAttribute string
	// Also is a further attribute by which objects are found, in any capitals, with its description and form. There may be none.
	Also, AlsoDescription string
	AlsoForm              validator.String
	// MarkdownDescription describes the data source, and Attributes are its schema without these.
	MarkdownDescription string
	Attributes          map[string]schema.Attribute
	// Client chooses the client of the service.
	Client func(*clients.Set) clients.Optional[C]
	// List returns the objects of a name. Objects of other names may be among them.
	List func(client *C, ctx context.Context, name string) ([]O, error)
	// Get returns the object of an ID. Like List, it has the signature of a method expression.
	Get func(client *C, ctx context.Context, id string) (*O, error)
	// Match takes the ID and the name of the object, and what distinguishes it from others of the name.
	Match func(*O) Match
	// FromAPI completes the model, which holds the configuration and the ID, with the object.
	FromAPI func(ctx context.Context, call Call[C], object *O, model *M) error
}

// Base is what every model of a [Lookup] embeds.
type Base struct {
	ID types.String `tfsdk:"id"`
}

func (b *Base) base() *Base { return b }

// model is a pointer to a model.
type model[M any] interface {
	*M
	base() *Base
}

// New returns the data source that is declared.
func New[M, C, O any, P model[M]](declared Lookup[M, C, O]) datasource.DataSource {
	declared.Object = cmp.Or(declared.Object, strings.ReplaceAll(declared.TypeName, "_", " "))
	declared.ID, declared.IDForm = cmp.Or(declared.ID, "ID of the "+declared.Object+", a UUID."), cmp.Or(declared.IDForm, attribute.UUID())
	declared.Name = cmp.Or(declared.Name, "Name of the "+declared.Object+".")
	declared.NameAttribute = cmp.Or(declared.NameAttribute, "name")
	declared.Attributes["id"] = declared.idAttribute()
	declared.Attributes[declared.NameAttribute] = declared.nameAttribute()
	if declared.Also != "" {
		declared.Attributes[declared.Also] = declared.alsoAttribute()
	}
	return NewDataSource(DataSource[M, C]{
		TypeName:            declared.TypeName,
		MarkdownDescription: declared.MarkdownDescription,
		Attributes:          declared.Attributes,
		Client:              declared.Client,
		Read: func(ctx context.Context, call Call[C], model *M) {
			declared.read(ctx, call, model, P(model).base())
		},
	})
}

func (l Lookup[M, C, O]) read(ctx context.Context, call Call[C], model *M, base *Base) {
	attribute, id := "id", base.ID.ValueString()
	if base.ID.IsNull() {
		attribute, id = l.find(ctx, call)
	}
	if call.Diagnostics.HasError() {
		return
	}
	attempt := advice.Attempt{Verb: "read", Object: l.Object, Name: id}
	object, err := l.Get(call.Client, objects.OneByOne(ctx), id) // a few look-ups are not worth a list
	if err != nil {
		call.ReportMissing(path.Root(attribute), attempt, err)
		return
	}
	base.ID = types.StringValue(l.Match(object).ID)
	if err := l.FromAPI(ctx, call, object, model); err != nil {
		call.Report(attempt, err)
	}
}

// find returns the attribute that is configured in place of the ID, and the ID of the only object that has its value. If there is none or more
// than one, it reports an error.
func (l Lookup[M, C, O]) find(ctx context.Context, call Call[C]) (attribute, id string) {
	attribute, name := l.NameAttribute, l.configured(ctx, call, l.NameAttribute)
	value := name.ValueString()
	if name.IsNull() && l.Also != "" {
		attribute, value = l.Also, l.configured(ctx, call, l.Also).ValueString()
	}
	found, err := l.List(call.Client, ctx, name.ValueString())
	if err != nil {
		call.Report(advice.Attempt{Verb: "look for", Object: l.Object, Name: value}, err)
		return attribute, ""
	}
	var matches []Match
	for i := range found {
		match := l.Match(&found[i])
		if attribute == l.NameAttribute && match.Name == value || attribute == l.Also && strings.EqualFold(match.Also, value) {
			matches = append(matches, match)
		}
	}
	if len(matches) != 1 {
		call.Diagnostics.Append(l.wrongCount(attribute, value, call.Place, matches))
		return attribute, ""
	}
	return attribute, matches[0].ID
}

func (l Lookup[M, C, O]) configured(ctx context.Context, call Call[C], attribute string) (value types.String) {
	call.Diagnostics.Append(call.Config.GetAttribute(ctx, path.Root(attribute), &value)...)
	return value
}
