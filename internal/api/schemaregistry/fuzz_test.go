package schemaregistry_test

import (
	"context"
	"testing"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
)

func FuzzAnswers(f *testing.F) {
	for _, body := range []string{
		`{"tenantId":"acme","counts":{"schemas":1}}`,
		`{"$id":"https://s","meta:altId":"_acme.schemas.s","version":"1.1","meta:class":"https://c","title":"t","allOf":[{"$ref":"https://c"},{"$ref":"https://g"}],"meta:immutableTags":["union"]}`,
		`{"$id":"https://g","title":"t","definitions":{"customFields":{"properties":{"_acme":{"type":"object","properties":{"email":{"type":"string","format":"date","maximum":1e400}}}}}}}`,
		`{"results":[{"$id":"https://s","title":"t","meta:registryMetadata":{"repo:createdDate":1}}],"_page":{"next":"t","count":1}}`,
		`{"results":[{"@id":"d","@type":"xdm:descriptorIdentity","xdm:sourceSchema":"https://s","xdm:sourceProperty":"/_acme/email","xdm:namespace":"Email","xdm:isPrimary":true}]}`,
		`{"type":"http://ns.adobe.com/aep/errors/XDM-1010-404","title":"Resource not found","status":404,"report":{"registryRequestId":"r","detailed-message":"m","sub-errors":[]}}`,
	} {
		f.Add(uint16(0), body)
		f.Add(uint16(204), body)
	}
	echo := httpscript.NewEcho(f)
	fields := []schemaregistry.Field{{Name: "email", Type: schemaregistry.TypeString}}
	group := schemaregistry.NewFieldGroup("t", "", "_acme", fields)
	f.Fuzz(func(t *testing.T, status uint16, body string) {
		c := schemaregistry.New(echo.Transport(schemaregistry.Service), objects.NewRegister())
		echo.Answers(t, status, body,
			httpscript.Reading(c.TenantNamespace),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.Schemas.Get(ctx, "https://s") }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.SchemasByTitle(ctx, "t") }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.FieldGroups.Get(ctx, "https://g") }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.PrimaryIdentity(ctx, "https://s") }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.Descriptors.Once(ctx, "d", nil) }),
			httpscript.Reading(func(ctx context.Context) (any, error) {
				return c.FindCreatedFieldGroup(ctx, group, "s", objects.Window{})
			}),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.FieldGroups.Create(ctx, group) }),
			httpscript.Reading(func(ctx context.Context) (any, error) {
				return c.Schemas.Create(ctx, schemaregistry.NewSchema("t", ""))
			}),
			func(ctx context.Context) error {
				return c.UpdateFieldGroup(ctx, "https://g", schemaregistry.FieldGroupChange{Namespace: "_acme", Fields: fields})
			},
			func(ctx context.Context) error { return c.Schemas.Remove(ctx, "https://s") },
		)
	})
}
