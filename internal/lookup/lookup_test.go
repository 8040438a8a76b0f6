package lookup_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type shop struct {
	id, sign, color string
	opened          time.Time
}

// town is a service with shops. It counts lists.
type town struct {
	shops           []shop
	lists           int
	listErr, getErr error
}

func (t *town) list(context.Context, string) ([]shop, error) {
	t.lists++
	return t.shops, t.listErr
}

func (t *town) get(_ context.Context, id string) (*shop, error) {
	if t.getErr != nil {
		return nil, t.getErr
	}
	return &t.shops[slices.IndexFunc(t.shops, func(one shop) bool { return one.id == id })], nil
}

type shopModel struct {
	lookup.Base
	Sign  types.String `tfsdk:"sign"`
	Color types.String `tfsdk:"color"`
}

var errUnpainted = errors.New("the shop has no color")

// shops looks up the shops of a town by ID or sign.
func shops(service *town) datasource.DataSource {
	return lookup.New(lookup.Lookup[shopModel, town, shop]{
		TypeName:      "shop",
		Object:        "shop",
		ID:            "ID of the shop.",
		IDForm:        attribute.Number(),
		Name:          "Sign of the shop.",
		NameAttribute: "sign",
		Attributes:    map[string]schema.Attribute{"color": attribute.ComputedText("Color.")},
		Client:        func(*clients.Set) clients.Optional[town] { return clients.Optional[town]{Client: service} },
		List:          (*town).list,
		Get:           (*town).get,
		Match: func(one *shop) lookup.Match {
			match := lookup.Match{ID: one.id, Name: one.sign, Created: one.opened}
			if one.color != "" {
				match.Traits = []string{"painted", one.color}
			}
			return match
		},
		FromAPI: func(_ context.Context, _ lookup.Call[town], one *shop, m *shopModel) error {
			m.Sign, m.Color = types.StringValue(one.sign), types.StringValue(one.color)
			if one.color == "" {
				return errUnpainted
			}
			return nil
		},
	})
}

func TestLookup(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config map[string]string
		lists  int
	}{
		"by ID":   {map[string]string{"id": "7"}, 0},
		"by name": {map[string]string{"sign": "Bakery"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := &town{shops: []shop{{id: "6", sign: "bakery", color: "blue"}, {id: "7", sign: "Bakery", color: "red"}}}
			state, diags := read(t, shops(service), test.config)
			require.Empty(t, diags)
			var saved shopModel
			require.Empty(t, state.Get(t.Context(), &saved))
			require.Equal(t, shopModel{
				Base: lookup.Base{ID: types.StringValue("7")}, Sign: types.StringValue("Bakery"), Color: types.StringValue("red"),
			}, saved)
			require.Equal(t, test.lists, service.lists)
		})
	}
}

func TestLookupErrors(t *testing.T) {
	t.Parallel()
	at := func(hour int) time.Time { return time.Date(2026, 11, 23, hour, 0, 0, 0, time.FixedZone("", 3600)) }
	missing := &transport.Error{Call: transport.Call{Service: "Town", Method: "GET", Path: "/7"}, Status: 404}
	bakery := map[string]string{"sign": "Bakery"}
	for name, test := range map[string]struct {
		service         town
		config          map[string]string
		attribute       path.Path
		summary, detail string
	}{
		"none": {
			town{shops: []shop{{id: "7", sign: "bakery"}}}, bakery, path.Root("sign"), "Shop not found",
			"There is no shop with the sign \"Bakery\" in the workspace that the App API key belongs to (`customerio.app_api_key`).\n\nUpper and lower case count. Check `sign`, or set `id` instead.",
		},
		"several, the newest first": {
			town{shops: []shop{
				{id: "1", sign: "Bakery"}, {id: "2", sign: "Bakery", color: "red", opened: at(2)}, {id: "3", sign: "Bakery", opened: at(3)}, {id: "4", sign: "Tailor"},
			}},
			bakery, path.Root("sign"), "More than one shop found",
			"There are 3 shops with the sign \"Bakery\" in the workspace that the App API key belongs to (`customerio.app_api_key`):\n\n" +
				"  - 3: \"Bakery\", created 2026-11-23T02:00:00Z\n  - 2: \"Bakery\", created 2026-11-23T01:00:00Z, painted, red\n  - 1: \"Bakery\"\n\n" +
				"Set `id` instead of `sign`, or rename the others.",
		},
		"no such ID": {
			town{getErr: missing}, map[string]string{"id": "7"}, path.Root("id"), "Shop not found",
			"Shop \"7\": Town answered GET /7 with 404 (Not Found).\n\nCheck the ID, and that the shop is in the workspace that the App API key belongs to (`customerio.app_api_key`).",
		},
		"gone since it was listed": {
			town{shops: []shop{{id: "7", sign: "Bakery"}}, getErr: missing}, bakery, path.Root("sign"), "Shop not found",
			"Shop \"7\": Town answered GET /7 with 404 (Not Found).\n\nCheck the ID, and that the shop is in the workspace that the App API key belongs to (`customerio.app_api_key`).",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state, diags := read(t, shops(&test.service), test.config)
			require.Equal(t, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(test.attribute, test.summary, test.detail)}, diags)
			require.True(t, state.Raw.IsNull())
		})
	}
}

func TestLookupReportsFailures(t *testing.T) {
	t.Parallel()
	refused := &transport.Error{Call: transport.Call{Service: "Town", Method: "GET", Path: "/shops"}, Status: 403, Message: "not now"}
	red := []shop{{id: "7", sign: "Bakery", color: "red"}}
	for name, test := range map[string]struct {
		service         town
		summary, detail string
	}{
		"of the list":     {town{listErr: refused}, "Unable to look for shop", `Shop "Bakery": Town answered GET /shops with 403 (Forbidden): not now`},
		"of the get":      {town{shops: red, getErr: refused}, "Unable to read shop", `Shop "7": Town answered GET /shops with 403 (Forbidden): not now`},
		"of the contents": {town{shops: []shop{{id: "7", sign: "Bakery"}}}, "Unable to read shop", `Shop "7": the shop has no color`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state, diags := read(t, shops(&test.service), map[string]string{"sign": "Bakery"})
			require.Len(t, diags, 1)
			require.Equal(t, test.summary, diags[0].Summary())
			require.Contains(t, diags[0].Detail(), test.detail)
			require.True(t, state.Raw.IsNull())
		})
	}
}

func TestLookupDefaults(t *testing.T) {
	t.Parallel()
	type model struct {
		lookup.Base
		Name types.String `tfsdk:"name"`
	}
	service := &town{}
	_, diags := read(t, lookup.New(lookup.Lookup[model, town, shop]{
		Object:     "shop",
		Attributes: map[string]schema.Attribute{},
		Client:     func(*clients.Set) clients.Optional[town] { return clients.Optional[town]{Client: service} },
		List:       (*town).list,
	}), map[string]string{"name": "Bakery"})
	require.Len(t, diags, 1)
	require.Contains(t, diags[0].Detail(), `There is no shop with the name "Bakery"`)
}

func TestLookupRequiresIDOrName(t *testing.T) {
	t.Parallel()
	text := func(value any) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }
	const summary = "Set either `id` or `sign`"
	for name, test := range map[string]struct {
		id, sign tftypes.Value
		want     diag.Diagnostics
	}{
		"ID":   {text("7"), text(nil), nil},
		"name": {text(nil), text("Bakery"), nil},
		"neither": {text(nil), text(nil), diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("id"), summary,
			"Neither is set. Set `sign`, or set `id` to the ID of the object.")}},
		"both": {text("7"), text("Bakery"), diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("sign"), summary,
			"Both are set. Remove `sign`, or remove `id`.")}},
		"ID, and a name that is unknown":  {text("7"), text(tftypes.UnknownValue), nil},
		"name, and an ID that is unknown": {text(tftypes.UnknownValue), text("Bakery"), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := configOf(t, shops(&town{}), nil)
			config.Raw = tftypes.NewValue(config.Raw.Type(), map[string]tftypes.Value{"id": test.id, "sign": test.sign, "color": text(nil)})
			req := validator.StringRequest{Path: path.Root("id"), Config: config}
			require.Empty(t, config.GetAttribute(t.Context(), req.Path, &req.ConfigValue))
			var resp validator.StringResponse
			for _, one := range config.Schema.GetAttributes()["id"].(schema.StringAttribute).Validators {
				one.ValidateString(t.Context(), req, &resp)
			}
			require.Equal(t, test.want, resp.Diagnostics)
		})
	}
}
