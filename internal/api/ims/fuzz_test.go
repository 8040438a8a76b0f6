package ims_test

import (
	"context"
	"testing"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

func FuzzAnswers(f *testing.F) {
	for _, body := range []string{
		`{"access_token":"eyJhbGciOi","token_type":"bearer","expires_in":86399}`,
		`{"access_token":"eyJhbGciOi","expires_in":"86399999"}`,
		`{"error":"invalid_client","error_description":"invalid client_secret parameter"}`,
	} {
		f.Add(uint16(0), body)
		f.Add(uint16(200), body)
	}
	echo := httpscript.NewEcho(f)
	f.Fuzz(func(t *testing.T, status uint16, body string) {
		source := ims.NewTokenSource(ims.Config{URL: echo.URL, ClientID: "c", ClientSecret: "s", Scopes: ims.DefaultScopes()},
			transport.Config{Service: ims.Service, Timeout: 10 * time.Second, Redactor: &transport.Redactor{}})
		echo.Answers(t, status, body, httpscript.Reading(func(ctx context.Context) (any, error) { return source.Token(ctx) }))
	})
}
