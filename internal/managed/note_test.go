package managed_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

const (
	noteID  = "4982698b-e6b3-48c2-8dcf-040e20121fd2"
	otherID = "96479064-7b8a-4d69-b9ed-21c5683837ea"
)

// note is the model of a resource that exists in these tests only.
type note struct {
	managed.Base
	Name   types.String `tfsdk:"name"`
	Body   types.String `tfsdk:"body"`
	Secret types.String `tfsdk:"secret"`
	// Labels can be given a type that the schema does not have, and then the note cannot be saved.
	Labels types.List `tfsdk:"labels"`
}

// unsaveable is a value of [note.Labels] that the schema refuses.
var unsaveable = types.ListValueMust(types.Int64Type, []attr.Value{types.Int64Value(1)})

func noteSchema() schema.Schema {
	return schema.Schema{Attributes: map[string]schema.Attribute{
		"name":   schema.StringAttribute{Required: true},
		"body":   schema.StringAttribute{Optional: true, Computed: true},
		"secret": schema.StringAttribute{Optional: true, Sensitive: true},
		"labels": schema.ListAttribute{ElementType: types.StringType, Optional: true},
	}}
}

// service is the client of a service of notes.
type service struct{ _ int }

// calls are the functions of a resource that were called, in order.
type calls []string

// notes is a resource under test, with what the provider configures it with.
type notes struct {
	managed.Resource[note, service]
	set    *clients.Set
	client clients.Optional[service]
	calls  calls
}

// newNotes is a resource whose functions succeed. Tests replace some of them.
func newNotes() *notes {
	n := &notes{set: &clients.Set{Secrets: &transport.Redactor{}}, client: clients.Optional[service]{Client: &service{}}}
	n.Resource = managed.Resource[note, service]{
		TypeName: "note", Object: "note", ID: "ID of the note.", IDForm: attribute.UUID(), Schema: noteSchema,
		Waits: managed.Waits{
			Create: managed.Wait{Default: time.Hour, Until: "until the note is created"},
			Update: managed.Wait{Default: 2 * time.Hour, Until: "until the note is updated"},
			Delete: managed.Wait{Default: 3 * time.Hour, Until: "until the note is deleted"},
		},
		Client: func(*clients.Set) clients.Optional[service] { return n.client },
		Name:   func(m *note) types.String { return m.Name },
		Create: func(_ context.Context, _ managed.Call[service], plan *note) error {
			plan.Body = types.StringValue("written by the service")
			return plan.Assign(noteID, nil)
		},
		FindCreated: func(_ context.Context, _ managed.Call[service], state *note, _ objects.Window) error {
			return state.Assign(noteID, nil)
		},
		Read:   func(context.Context, managed.Call[service], *note) error { return nil },
		Update: func(context.Context, managed.Call[service], *note, *note) error { return nil },
		Delete: func(context.Context, managed.Call[service], *note) error { return nil },
	}
	return n
}

// failing is a function of a resource that fails.
func failing(err error) func(context.Context, managed.Call[service], *note) error {
	return func(context.Context, managed.Call[service], *note) error { return err }
}

// start is the resource as the provider configures it. It records the calls of the functions that the resource has by now.
func (n *notes) start(t *testing.T) resource.Resource {
	t.Helper()
	counted := n.Resource
	record := func(name string, function func(context.Context, managed.Call[service], *note) error) func(context.Context, managed.Call[service], *note) error {
		return func(ctx context.Context, call managed.Call[service], value *note) error {
			n.calls = append(n.calls, name)
			require.Same(t, n.client.Client, call.Client)
			require.NotNil(t, call.Diagnostics)
			return function(ctx, call, value)
		}
	}
	counted.Create, counted.Read, counted.Delete = record("create", n.Create), record("read", n.Read), record("delete", n.Delete)
	counted.FindCreated = func(ctx context.Context, call managed.Call[service], state *note, window objects.Window) error {
		return record("find", func(ctx context.Context, call managed.Call[service], state *note) error {
			return n.FindCreated(ctx, call, state, window)
		})(ctx, call, state)
	}
	counted.Update = func(ctx context.Context, call managed.Call[service], state, plan *note) error {
		return record("update", func(ctx context.Context, call managed.Call[service], state *note) error {
			return n.Update(ctx, call, state, plan)
		})(ctx, call, state)
	}
	started := managed.New(counted)
	var configured resource.ConfigureResponse
	started.(resource.ResourceWithConfigure).Configure(t.Context(), resource.ConfigureRequest{ProviderData: n.set}, &configured)
	require.Empty(t, configured.Diagnostics)
	return started
}

// result is what an operation leaves.
type result struct {
	state    tfsdk.State
	identity tfsdk.ResourceIdentity
	diags    diag.Diagnostics
}

// has tells whether there is a resource in the state.
func (r result) has() bool { return !r.state.Raw.IsNull() }

// note is the resource in the state.
func (r result) note(t *testing.T) (saved note) {
	t.Helper()
	require.True(t, r.has())
	require.Empty(t, r.state.Get(t.Context(), &saved))
	return saved
}

// identityID is the ID in the identity, null for none.
func (r result) identityID(t *testing.T) (id types.String) {
	t.Helper()
	if !r.identity.Raw.IsNull() {
		require.Empty(t, r.identity.GetAttribute(t.Context(), path.Root("id"), &id))
	}
	return id
}

// requireSaved wants an ID in state and identity.
func (r result) requireSaved(t *testing.T, id string) {
	t.Helper()
	require.Equal(t, id, r.note(t).ID.ValueString())
	require.Equal(t, id, r.identityID(t).ValueString())
}

// requireNothing wants neither a state nor an identity.
func (r result) requireNothing(t *testing.T) {
	t.Helper()
	require.False(t, r.has())
	require.True(t, r.identity.Raw.IsNull())
}

// requireError wants one error.
func (r result) requireError(t *testing.T, summary, detail string) {
	t.Helper()
	require.Equal(t, 1, r.diags.ErrorsCount(), "%v", r.diags)
	require.Equal(t, summary, r.diags.Errors()[0].Summary())
	require.Equal(t, detail, r.diags.Errors()[0].Detail())
}

// unknownText stands in raw notes for a text that only the apply will yield.
const unknownText = "(unknown)"

// raw is a note as Terraform sends it, from its texts. Those of timeouts are "create", "update" and "delete".
func raw(t *testing.T, texts map[string]string) (tftypes.Value, schema.Schema) {
	t.Helper()
	var described resource.SchemaResponse
	newNotes().start(t).Schema(t.Context(), resource.SchemaRequest{}, &described)
	object := described.Schema.Type().TerraformType(t.Context()).(tftypes.Object)
	text := func(name string) tftypes.Value {
		switch value, given := texts[name]; {
		case !given:
			return tftypes.NewValue(tftypes.String, nil)
		case value == unknownText:
			return tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
		default:
			return tftypes.NewValue(tftypes.String, value)
		}
	}
	limits := map[string]tftypes.Value{"create": text("create"), "update": text("update"), "delete": text("delete")}
	return tftypes.NewValue(object, map[string]tftypes.Value{
		"id": text("id"), "name": text("name"), "body": text("body"), "secret": text("secret"),
		"labels":   tftypes.NewValue(object.AttributeTypes["labels"], nil),
		"timeouts": tftypes.NewValue(object.AttributeTypes["timeouts"], limits),
	}), described.Schema
}

// planned and existing are what most tests create, and what they change.
func planned() map[string]string {
	return map[string]string{"id": unknownText, "name": "Shop", "body": unknownText}
}

func existing() map[string]string {
	return map[string]string{"id": noteID, "name": "Shop", "body": "as it was"}
}

// identity is one with an ID, or an empty one. Its schema is that of the resource unless a test breaks it.
func identity(t *testing.T, id string) *tfsdk.ResourceIdentity {
	t.Helper()
	var described resource.IdentitySchemaResponse
	newNotes().start(t).(resource.ResourceWithIdentity).IdentitySchema(t.Context(), resource.IdentitySchemaRequest{}, &described)
	empty := &tfsdk.ResourceIdentity{
		Raw: tftypes.NewValue(described.IdentitySchema.Type().TerraformType(t.Context()), nil), Schema: described.IdentitySchema,
	}
	if id != "" {
		require.Empty(t, empty.SetAttribute(t.Context(), path.Root("id"), id))
	}
	return empty
}

// broken is an identity that takes no ID.
func broken(t *testing.T) *tfsdk.ResourceIdentity {
	t.Helper()
	other := identityschema.Schema{Attributes: map[string]identityschema.Attribute{"number": identityschema.Int64Attribute{RequiredForImport: true}}}
	return &tfsdk.ResourceIdentity{Raw: tftypes.NewValue(other.Type().TerraformType(t.Context()), nil), Schema: other}
}

func (n *notes) create(t *testing.T, plan map[string]string) result {
	t.Helper()
	return n.createWith(t, plan, identity(t, ""))
}

func (n *notes) createWith(t *testing.T, plan map[string]string, into *tfsdk.ResourceIdentity) result {
	t.Helper()
	value, described := raw(t, plan)
	response := resource.CreateResponse{State: tfsdk.State{Raw: tftypes.NewValue(value.Type(), nil), Schema: described}, Identity: into}
	n.start(t).Create(t.Context(), resource.CreateRequest{
		Plan: tfsdk.Plan{Raw: value, Schema: described}, Config: tfsdk.Config{Raw: value, Schema: described},
	}, &response)
	return result{response.State, *response.Identity, response.Diagnostics}
}

// read reads with an empty identity, as Terraform up to 1.11 does.
func (n *notes) read(t *testing.T, state map[string]string) result {
	t.Helper()
	return n.readWith(t, state, identity(t, ""))
}

func (n *notes) readWith(t *testing.T, state map[string]string, into *tfsdk.ResourceIdentity) result {
	t.Helper()
	value, described := raw(t, state)
	before := tfsdk.State{Raw: value, Schema: described}
	response := resource.ReadResponse{State: before, Identity: into}
	n.start(t).Read(t.Context(), resource.ReadRequest{State: before, Identity: into}, &response)
	return result{response.State, *response.Identity, response.Diagnostics}
}

func (n *notes) update(t *testing.T, state, plan map[string]string) result {
	t.Helper()
	was, described := raw(t, state)
	is, _ := raw(t, plan)
	before := tfsdk.State{Raw: was, Schema: described}
	response := resource.UpdateResponse{State: before, Identity: identity(t, "")}
	n.start(t).Update(t.Context(), resource.UpdateRequest{
		State: before, Plan: tfsdk.Plan{Raw: is, Schema: described}, Config: tfsdk.Config{Raw: is, Schema: described},
	}, &response)
	return result{response.State, *response.Identity, response.Diagnostics}
}

func (n *notes) delete(t *testing.T, state map[string]string) result {
	t.Helper()
	value, described := raw(t, state)
	before := tfsdk.State{Raw: value, Schema: described}
	response := resource.DeleteResponse{State: before, Identity: identity(t, "")}
	n.start(t).Delete(t.Context(), resource.DeleteRequest{State: before}, &response)
	return result{response.State, *response.Identity, response.Diagnostics}
}

func (n *notes) imports(t *testing.T, id string, by *tfsdk.ResourceIdentity) result {
	t.Helper()
	value, described := raw(t, nil)
	response := resource.ImportStateResponse{
		State: tfsdk.State{Raw: tftypes.NewValue(value.Type(), nil), Schema: described}, Identity: by,
	}
	n.start(t).(resource.ResourceWithImportState).ImportState(t.Context(), resource.ImportStateRequest{ID: id, Identity: by}, &response)
	return result{response.State, *response.Identity, response.Diagnostics}
}

// gone is a service's answer that there is no such object.
func gone() error {
	return &transport.Error{
		Call: transport.Call{Service: "Notes", Method: http.MethodGet, Path: "/notes"}, Status: http.StatusNotFound, Code: "no-note",
	}
}
