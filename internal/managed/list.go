package managed

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
)

// Listing declares how the objects of a resource are listed for `terraform query`. C is the client of the service, and O an object as it returns it.
type Listing[C, O any] struct {
	// Related says which objects are listed, Unrelated which others include_unrelated adds, and Note what else there is to say. It may be "".
	Related, Unrelated, Note string
	// NameAttribute is what the resource calls the name, by default "name", and Name is its value.
	NameAttribute string
	Name          func(*O) string
	// In is where the objects are. Untimed tells whether the service does not say when they were created.
	In      func(*C) *objects.Collection[O]
	Untimed bool
	// Get reads one of them by its ID. By default, it is that of the collection.
	Get func(client *C, ctx context.Context, id string) (*O, error)
	// Used goes through the IDs of those that belong to pipelines of Customer.io. Where an object itself tells whether it does, it is nil, and
	// IsRelated tells that.
	Used      func(ctx context.Context, set *clients.Set) iter.Seq2[string, error]
	IsRelated func(ctx context.Context, set *clients.Set, object *O) (bool, error)
	// IsForeign tells whether no resource can manage an object. It may be nil.
	IsForeign func(*O) bool
	// Filters are further attributes by which objects are selected, in the order in which they are asked.
	Filters []Filter[O]
}

// lister is a Listing as the framework wants it.
type lister[M, C, O any, P model[M]] struct {
	of      *managed[M, C, P]
	listing Listing[C, O]
}

// NewList makes the list of a resource.
func NewList[M, C, O any, P model[M]](declared Resource[M, C], listing Listing[C, O]) list.ListResource {
	return &lister[M, C, O, P]{of: &managed[M, C, P]{Resource: declared}, listing: listing}
}

func (l *lister[M, C, O, P]) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	l.of.Metadata(ctx, req, resp)
}

func (l *lister[M, C, O, P]) Configure(ctx context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	l.of.Configure(ctx, req, resp)
}

// List yields objects as it finds them, and looks no further than for as many as are asked for. After an error there is nothing more: a part of a
// list must not pass for the whole.
func (l *lister[M, C, O, P]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var diags diag.Diagnostics
	wanted := l.wanted(ctx, req.Config, &diags)
	set := l.of.clients.InSandbox(wanted.sandbox.ValueString())
	client := l.of.Client(set).Use(&diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	call := Call[C]{Client: client, Clients: set, InOwnSandbox: !wanted.sandbox.IsNull()}
	stream.Results = func(push func(list.ListResult) bool) {
		left := req.Limit
		for object, err := range l.matching(ctx, call, wanted) {
			if err != nil {
				push(list.ListResult{Diagnostics: l.failed(call, err)})
				return
			}
			known := ctx
			if l.byID(wanted) {
				known = l.listing.In(client).Knowing(ctx, object)
			}
			result, is := l.result(known, req, call, object)
			if is && !push(result) || result.Diagnostics.HasError() {
				return
			}
			if is && result.Identity != nil {
				left--
			}
			if left == 0 {
				return
			}
		}
	}
}

// matching goes through the objects that are wanted.
func (l *lister[M, C, O, P]) matching(ctx context.Context, call Call[C], wanted wanted) iter.Seq2[*O, error] {
	return func(yield func(*O, error) bool) {
		for object, err := range l.candidates(ctx, call, wanted) {
			matches := err == nil && (l.listing.IsForeign == nil || !l.listing.IsForeign(object))
			if matches {
				matches, err = l.matches(ctx, call, wanted, object)
			}
			if !matches && err == nil {
				continue
			}
			if !yield(object, err) || err != nil {
				return
			}
		}
	}
}

// candidates goes through objects of which the wanted ones are a part.
func (l *lister[M, C, O, P]) candidates(ctx context.Context, call Call[C], wanted wanted) iter.Seq2[*O, error] {
	if l.byID(wanted) {
		return l.used(ctx, call)
	}
	return l.listing.In(call.Client).Search(ctx, wanted.name)
}

// byID tells whether objects are read by the IDs that others name.
func (l *lister[M, C, O, P]) byID(wanted wanted) bool {
	return l.listing.Used != nil && !wanted.unrelated
}

// used goes through the objects that belong to pipelines.
func (l *lister[M, C, O, P]) used(ctx context.Context, call Call[C]) iter.Seq2[*O, error] {
	return func(yield func(*O, error) bool) {
		for id, err := range l.listing.Used(ctx, call.Clients) {
			var object *O
			if err == nil {
				object, err = l.get(ctx, call, id)
				if transport.IsNotFound(err) || isNoIdentifier(err) {
					continue
				}
				err = step("read", l.of.Object+" "+id, err)
			}
			if !yield(object, err) || err != nil {
				return
			}
		}
	}
}

func (l *lister[M, C, O, P]) get(ctx context.Context, call Call[C], id string) (*O, error) {
	ctx = objects.FromLists(ctx)
	if l.listing.Get != nil {
		return l.listing.Get(call.Client, ctx, id)
	}
	return l.listing.In(call.Client).Get(ctx, id)
}

func isNoIdentifier(err error) bool {
	_, is := errors.AsType[*objects.IdentifierError](err)
	return is
}

func step(verb, object string, err error) error {
	if err == nil {
		return nil
	}
	return &discovery.Step{Verb: verb, Object: object, Err: err}
}

// failed is the diagnostic of a list that ends with an error.
func (l *lister[M, C, O, P]) failed(call Call[C], err error) (diags diag.Diagnostics) {
	attempt := advice.Attempt{Verb: "list", Object: l.of.Object + "s"}
	if step, is := errors.AsType[*discovery.Step](err); is {
		attempt.Verb, attempt.Object, err = step.Verb, step.Object, step.Err
	}
	call.Report(&diags, attempt, err)
	return diags
}

// result is what Terraform is told of an object. is is false if the object was deleted meanwhile.
func (l *lister[M, C, O, P]) result(ctx context.Context, req list.ListRequest, call Call[C], object *O) (result list.ListResult, is bool) {
	result = req.NewListResult(ctx)
	id, _ := l.listing.In(call.Client).Identify(object)
	name := l.listing.Name(object)
	if name == "" {
		name = l.of.Object + " " + id
	}
	result.DisplayName = l.of.clients.Secrets.Line(name)
	diags := &result.Diagnostics
	value := l.imported(ctx, call, id, result.Resource, diags)
	if req.IncludeResource && !diags.HasError() {
		call.Diagnostics = diags
		err := l.of.Resource.Read(objects.FromLists(ctx), call, &value)
		switch {
		case isGone(err):
			return result, false
		case cannotHold(err):
			return list.ListResult{Diagnostics: l.leftOut(id, name, err)}, true
		case err != nil:
			l.of.report(call, "read", types.StringValue(name), err)
		default:
			diags.Append(result.Resource.Set(ctx, &value)...)
		}
	}
	if diags.Append(l.of.identify(ctx, &value, result.Identity)...); diags.HasError() {
		return list.ListResult{Diagnostics: *diags}, true
	}
	return result, true
}

// imported is what an import of an object begins with.
func (l *lister[M, C, O, P]) imported(ctx context.Context, call Call[C], id string, empty *tfsdk.Resource, diags *diag.Diagnostics) (value M) {
	state := tfsdk.State{Schema: empty.Schema, Raw: empty.Raw.Copy()}
	diags.Append(state.SetAttribute(ctx, path.Root("id"), id)...)
	if l.of.hasSandbox() {
		diags.Append(state.SetAttribute(ctx, path.Root(attribute.SandboxName), call.Clients.SandboxName())...)
	}
	diags.Append(state.Get(ctx, &value)...)
	return value
}

// cannotHold tells whether an object was read that the resource cannot hold.
func cannotHold(err error) bool {
	_, unsuitable := errors.AsType[*UnsuitableError](err)
	_, ready := asDiagnostics(err)
	return unsuitable || ready || transport.IsNotFound(err) // a part of it
}

// leftOut warns of an object that the resource cannot hold. An error would hide all others.
func (l *lister[M, C, O, P]) leftOut(id, name string, err error) (diags diag.Diagnostics) {
	diags.AddWarning(advice.Capital(l.of.Object)+" left out", fmt.Sprintf("The %s %q (%s) is not among the results, because the resource cannot manage it: %s.",
		l.of.Object, l.of.clients.Secrets.Line(name), id, err))
	return diags
}
