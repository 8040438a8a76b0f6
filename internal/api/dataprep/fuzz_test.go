package dataprep_test

import (
	"context"
	"testing"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

func FuzzAnswers(f *testing.F) {
	for _, body := range []string{
		`{"id":"59c0e53a2dc84f7791ecc1b3d6e51d5e","version":0,"createdDate":1676627988129}`,
		`{"id":"59c0","version":1,"name":"n","outputSchema":{"schemaRef":{"id":"https://s","contentType":"application/vnd.adobe.xed-full+json; version=1"}},` +
			`"mappings":[{"sourceType":"text/x.schema-path","source":"a","destination":"_acme.b","sourceAttribute":"a","destinationXdmPath":"_acme.b"}]}`,
		`{"data":[{"id":"1","version":"2","name":"n","mappings":[]}],"_links":{"next":{"href":"/mappingSets?start=1"}}}`,
		`[{"id":"1","version":2}]`,
		`[{"data":{"_acme":{"b":1}},"errors":[{"destination":"_acme.c","exception":"no"}]}]`,
		`{"validations":[{"destination":"_acme.b","status":"invalid","message":"no"}],"mappings":[{"errors":["x"]}]}`,
		`{"title":"t","status":400,"detail":"d","type":"about:blank","error-chain":[{"errorMessage":"m"}]}`,
	} {
		f.Add(uint16(0), body)
		f.Add(uint16(200), body)
	}
	echo := httpscript.NewEcho(f)
	f.Fuzz(func(t *testing.T, status uint16, body string) {
		c := dataprep.New(echo.Transport(dataprep.Service), objects.NewRegister())
		echo.Answers(t, status, body,
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.NewestMappingSet(ctx, "59c0", "", 3) }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.MappingSetVersion(ctx, "59c0", 1) }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.MappingSets.List(ctx, "") }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.ValidateMappingSet(ctx, example()) }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.PreviewMappingSet(ctx, example(), "{}") }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.UpdateMappingSet(ctx, example()) }),
			func(ctx context.Context) error {
				_, err := c.MappingSets.Create(ctx, example())
				return err
			},
			func(ctx context.Context) error { return c.MappingSets.Remove(ctx, "59c0") },
		)
	})
}
