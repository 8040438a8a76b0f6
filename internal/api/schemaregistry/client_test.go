package schemaregistry_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

func client(service *httpscript.Service) *schemaregistry.Client {
	return schemaregistry.New(transport.New(transport.Config{Service: schemaregistry.Service, BaseURL: service.URL, Timeout: 10 * time.Second}), objects.NewRegister())
}

// XDM's long is an integer with bounds: without them it is an int.
func TestCreateFieldGroup(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.NothingListed(), httpscript.JSON(201, `{"$id":"https://ns.adobe.com/acme/mixins/1"}`))
	id, err := client(service).FieldGroups.Create(t.Context(), schemaregistry.NewFieldGroup("Shop fields", "EU", "_acme", []schemaregistry.Field{
		{Name: "email", Title: "Email", Description: "Of the person", Type: schemaregistry.TypeString},
		{Name: "at", Type: schemaregistry.TypeLong},
		{Name: "price", Type: schemaregistry.TypeDouble},
		{Name: "day", Type: schemaregistry.TypeDate},
		{Name: "machine", Type: schemaregistry.TypeBoolean},
	}))
	require.NoError(t, err)
	require.Equal(t, "https://ns.adobe.com/acme/mixins/1", id)
	require.JSONEq(t, `{
		"type": "object", "title": "Shop fields", "description": "EU",
		"meta:intendedToExtend": ["https://ns.adobe.com/xdm/context/experienceevent"],
		"definitions": {"customFields": {"properties": {"_acme": {"type": "object", "properties": {
			"email": {"type": "string", "title": "Email", "description": "Of the person"},
			"at": {"type": "integer", "minimum": -9007199254740991, "maximum": 9007199254740991},
			"price": {"type": "number"},
			"day": {"type": "string", "format": "date"},
			"machine": {"type": "boolean"}
		}}}}},
		"allOf": [{"$ref": "#/definitions/customFields"}]
	}`, service.Requests()[1].Body)
}

// Names may have characters that separate the parts of a JSON Pointer.
func TestUpdateFieldGroupEscapesNames(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t,
		httpscript.JSON(200, `{"$id":"1","definitions":{"a/b~c":{"properties":{"_acme":{"properties":{"email":{"type":"string"}}}}}}}`), httpscript.JSON(200, `{}`))
	err := client(service).UpdateFieldGroup(t.Context(), "1", schemaregistry.FieldGroupChange{
		TextChange: schemaregistry.TextChange{Title: &objects.Text{To: "New"}}, Namespace: "_acme",
		Fields: []schemaregistry.Field{{Name: "x~1y", Type: schemaregistry.TypeString}},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"GET /tenant/fieldgroups/1", "PATCH /tenant/fieldgroups/1"}, service.Calls())
	require.JSONEq(t, `[
		{"op": "replace", "path": "/title", "value": "New"},
		{"op": "add", "path": "/definitions/a~1b~0c/properties/_acme/properties/x~01y", "value": {"type": "string"}}
	]`, service.Requests()[1].Body)
}

// How the service's filter compares titles is not documented, so it may find more.
func TestSchemasByTitleAreOfExactlyThatTitle(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `{"results":[{"$id":"1","title":"Shop"},{"$id":"2","title":"shop"},{"$id":"3","title":"Shop EU"}]}`))
	found, err := client(service).SchemasByTitle(t.Context(), "Shop")
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, "1", found[0].ID)
	require.Equal(t, []string{"GET /tenant/schemas?property=title%3D%3DShop"}, service.Calls())
}

func TestPrimaryIdentity(t *testing.T) {
	t.Parallel()
	const (
		primary   = `{"@id":"1","@type":"xdm:descriptorIdentity","xdm:sourceSchema":"s","xdm:sourceProperty":"/_acme/email","xdm:namespace":"Email","xdm:isPrimary":true}`
		secondary = `{"@id":"2","@type":"xdm:descriptorIdentity","xdm:sourceSchema":"s","xdm:sourceProperty":"/_acme/id","xdm:namespace":"CRMID","xdm:isPrimary":false}`
		others    = `{"@id":"3","@type":"xdm:descriptorIdentity","xdm:sourceSchema":"t","xdm:isPrimary":true},{"@id":"4","@type":"xdm:descriptorOneToOne","xdm:sourceSchema":"s","xdm:isPrimary":true}`
	)
	for name, test := range map[string]struct {
		listed string
		want   string
	}{
		"the primary one":     {others + `,` + secondary + `,` + primary, "1"},
		"only a secondary":    {secondary, ""},
		"of another schema":   {others, ""},
		"no descriptor there": {``, ""},
	} {
		found, err := client(httpscript.Serve(t, httpscript.JSON(200, `{"results":[`+test.listed+`]}`))).PrimaryIdentity(t.Context(), "s")
		require.NoError(t, err, name)
		if test.want == "" {
			require.Nil(t, found, name)
			continue
		}
		require.Equal(t, test.want, found.ID, name)
		require.Equal(t, "/_acme/email", found.SourceProperty)
		require.Equal(t, "Email", found.Namespace)
	}
}

// A field group whose schema exists belongs to that schema.
func TestFindCreatedFieldGroup(t *testing.T) {
	t.Parallel()
	const groups = `{"results":[{"$id":"g","title":"Shop fields","definitions":{"customFields":{"properties":{"_acme":{"properties":{"email":{"type":"string"}}}}}}}]}`
	group := schemaregistry.NewFieldGroup("Shop fields", "", "_acme", []schemaregistry.Field{{Name: "email", Type: schemaregistry.TypeString}})
	for name, test := range map[string]struct{ schemas, want string }{
		"no schema":     {`{"results":[]}`, "g"},
		"a schema":      {`{"results":[{"$id":"s","title":"Shop"}]}`, ""},
		"another title": {`{"results":[{"$id":"s","title":"Shop EU"}]}`, "g"},
	} {
		found, err := client(httpscript.Serve(t, httpscript.JSON(200, test.schemas), httpscript.JSON(200, groups))).FindCreatedFieldGroup(t.Context(), group, "Shop", objects.Window{})
		require.NoError(t, err, name)
		require.Equal(t, test.want, found, name)
	}
}

// As long as nobody knows whether the schema exists, its field group is not taken over.
func TestFindCreatedFieldGroupWhereTheSchemaCannotBeLookedFor(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Status: 403})
	found, err := client(service).FindCreatedFieldGroup(t.Context(), schemaregistry.FieldGroup{Title: "Shop fields"}, "Shop", objects.Window{})
	require.True(t, transport.HasStatus(err, 403), "%v", err)
	require.Empty(t, found)
	require.Len(t, service.Calls(), 1)
}

// A schema refers to its class, to field groups, and to parts of itself.
func TestFieldGroupsOfASchema(t *testing.T) {
	t.Parallel()
	schema := schemaregistry.NewSchema("Events", "", "https://ns.adobe.com/acme/mixins/1")
	schema.Class = "https://ns.adobe.com/acme/classes/events"
	schema.AllOf = append(schema.AllOf, schemaregistry.Reference{Ref: schema.Class}, schemaregistry.Reference{Ref: "#/definitions/more"}, schemaregistry.Reference{})
	require.Equal(t, []string{"https://ns.adobe.com/acme/mixins/1"}, schema.FieldGroups())
}
