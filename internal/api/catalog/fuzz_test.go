package catalog_test

import (
	"context"
	"testing"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
)

func FuzzAnswers(f *testing.F) {
	for _, body := range []string{
		`["@/dataSets/63ec807d3f5ce91bd2d06c65"]`,
		`{"63ec807d3f5ce91bd2d06c65":{"name":"n","created":1676443772000,"schemaRef":{"id":"https://s","contentType":"c"},"tags":{"a":["b"]},"enableErrorDiagnostics":true}}`,
		`{"title":"NotFoundError","code":404,"detail":"Object not found"}`,
		`{}`, `{"1":{"tags":{"a":1}}}`,
	} {
		f.Add(uint16(0), body)
		f.Add(uint16(204), body)
	}
	echo := httpscript.NewEcho(f)
	f.Fuzz(func(t *testing.T, status uint16, body string) {
		c := catalog.New(echo.Transport(catalog.Service), objects.NewRegister())
		echo.Answers(t, status, body,
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.Datasets.Get(ctx, "63ec") }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.Datasets.List(ctx, "n") }),
			httpscript.Reading(func(ctx context.Context) (any, error) { return c.DatasetsOfSchema(ctx, "https://s") }),
			httpscript.Reading(func(ctx context.Context) (string, error) { return c.Datasets.Create(ctx, catalog.Dataset{Name: "n"}) }),
			func(ctx context.Context) error {
				return c.Datasets.Update(ctx, "63ec", catalog.DatasetChange{Name: &objects.Text{From: "n", To: "m"}, Tags: map[string][]string{"a": nil}}.Patch)
			},
			func(ctx context.Context) error { return c.Datasets.Remove(ctx, "63ec") },
		)
	})
}
