package transport

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const hostile = "a\tb\r\nError: forged\x1b[2J\x00\x7f\u0085\u009b31m\u200e\u200f\u202a\u202e\u2066\u2069\u061c\u2028c\u2029\xff ü"

func TestTextsOfServicesAreHarmless(t *testing.T) {
	t.Parallel()
	require.Equal(t, "a b  Error: forged[2J 31m c  ü", printable(hostile))
	call, redactor := Call{"Adobe", http.MethodGet, "/flows"}, &Redactor{}
	body, err := Encode(map[string]any{"message": hostile, "errors": []any{map[string]any{"detail": hostile, "code": hostile, "field": hostile}}})
	require.NoError(t, err)
	answer := func(status int) *http.Response {
		return &http.Response{StatusCode: status, Header: http.Header{"X-Request-Id": {hostile}, "Location": {hostile}}}
	}
	for _, body := range [][]byte{body, []byte(hostile), []byte("<html><title>" + hostile + "</title>"), []byte("<p>" + hostile)} {
		refused := call.refused(answer(400), body, redactor)
		for _, text := range append(refused.Details, refused.Error(), refused.Code, refused.Message, refused.Pointer, refused.RequestID, refused.Location) {
			requireHarmless(t, text)
		}
		requireHarmless(t, call.Refused(answer(200), body, redactor).Error())
	}
	requireHarmless(t, call.unreadable(answer(200), hostile, redactor).Error())
	requireHarmless(t, call.Unanswered(errors.New(hostile), redactor).Error())
	requireHarmless(t, New(Config{Redactor: redactor}).Redact(hostile))
}

func TestSecretsAreMaskedInEveryEncoding(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{canary, "p@ss/wörd+1=?", "12345~~~???>>>"} {
		redactor := &Redactor{}
		redactor.Learn(secret)
		raw := []byte(secret)
		var escaped strings.Builder
		for _, char := range raw {
			escaped.WriteString("%" + hex.EncodeToString([]byte{char}))
		}
		for _, form := range []string{
			secret, base64.StdEncoding.EncodeToString(raw), base64.RawStdEncoding.EncodeToString(raw), base64.URLEncoding.EncodeToString(raw),
			base64.RawURLEncoding.EncodeToString(raw), hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)), url.QueryEscape(secret),
			url.PathEscape(secret), escaped.String(), strings.ToUpper(escaped.String()),
		} {
			shown := redactor.shown("before "+form+" after", shownText)
			require.Regexp(t, `^before \*\*\*=* after$`, shown, "%s", form)
		}
	}
}
