package ims

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Adobe's retired exchange answered 86399992, a day in milliseconds: read as seconds, an expired token would be used for years.
func TestMillisecondsAreNotTakenForSeconds(t *testing.T) {
	t.Parallel()
	for _, expiresIn := range []string{"86399", "86399992", `"86399"`} {
		service := httpscript.Serve(t, httpscript.JSON(200, `{"access_token":"t","token_type":"bearer","expires_in":`+expiresIn+`}`))
		source := NewTokenSource(Config{URL: service.URL}, transport.Config{Service: Service, Timeout: time.Minute})
		_, err := source.Token(t.Context())
		require.NoError(t, err)
		require.WithinDuration(t, time.Now().Add(24*time.Hour), source.token.Expiry, time.Minute)
	}
}
