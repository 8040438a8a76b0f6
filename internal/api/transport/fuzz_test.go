package transport

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// canary is a secret that no text may show.
const canary = "canary-4f1d9c"

// FuzzRefusals: whatever a service answers, with a secret anywhere in it, the error is a text of bounded length without the secret.
func FuzzRefusals(f *testing.F) {
	for _, around := range [][2]string{
		{`{"type":"https://ns.adobe.com/aep/errors/FLOW-1412-400","report":{"detailed-message":"`, `","sub-errors":["a"]}}`},
		{`{"errors":[{"detail":"`, `","source":{"pointer":"/endpoint"}}],"meta":{"error":"x","errors":["y"]}}`},
		{`{"error":"invalid_client","error_description":"`, `"}`}, {`{"error_code":"403025","message":"`, `"}`}, {`{"message":{"access_token":"`, `"}}`},
		{`<html><body>`, `</body></html>`}, {`{"inletUrl":"https://dcs.adobedc.net/collection/`, `"`}, {"\xff\xfe", "\x00"}, {strings.Repeat("é", 300), ""},
		{`{"type":"x/`, `1-400"}`}, {"{\"message\":\"\\u001b[2J\\u009b\\u202e\\r\\nError: x", `"}`}, {"a\u2028\u0085\u061c\x7f\u2066", ""},
	} {
		f.Add(uint16(200), "application/json", "request-1", around[0], around[1])
		f.Add(uint16(304), "text/html", canary, around[0], around[1])
	}
	redactor := &Redactor{}
	redactor.Learn(canary)
	f.Fuzz(func(t *testing.T, status uint16, contentType, id, before, after string) {
		header := http.Header{"Content-Type": {contentType}, "X-Request-Id": {id}, "Retry-After": {id}, "Location": {before}}
		response := &http.Response{StatusCode: 300 + int(status)%300, Header: header}
		refused := Call{"Adobe", http.MethodGet, "/flows"}.refused(response, []byte(before+canary+after), redactor)
		text := refused.Error()
		require.NotContains(t, text, canary)
		requireHarmless(t, text)
		require.True(t, utf8.ValidString(text), "%q", text)
		require.Less(t, len(text), (shownDetails+5)*(shownText+10))
		require.GreaterOrEqual(t, refused.RetryAfter, time.Duration(0))
		IsNotFound(refused)
		IsGatewayRefusal(refused)
	})
}

// requireHarmless wants a text that changes nothing on a terminal but what stands in its line.
func requireHarmless(t *testing.T, text string) {
	t.Helper()
	for _, char := range text {
		bad := char < 0x20 || 0x7f <= char && char <= 0x9f || char == 0x200e || char == 0x200f || 0x202a <= char && char <= 0x202e ||
			0x2066 <= char && char <= 0x2069 || char == 0x061c || char == 0x2028 || char == 0x2029
		require.False(t, bad, "%q has %U", text, char)
	}
}

// FuzzLoggedBodies: the value of a secret member is in no log, whatever is around it, and neither is it anywhere else afterwards.
func FuzzLoggedBodies(f *testing.F) {
	for _, around := range [][2]string{
		{`{`, `}`}, {`{"items":[{`, `}]}`}, {`[[{"a":1},{`, `,"b":null}]]`}, {`{"a":"`, `"}`}, {`{"access_token":{`, `}}`}, {``, ``},
	} {
		for _, member := range []string{"access_token", "inletUrl", "endpoint", "params_wo"} {
			f.Add(around[0], member, around[1])
		}
	}
	f.Fuzz(func(t *testing.T, before, member, after string) {
		if !secretMembers[member] {
			return
		}
		redactor := &Redactor{}
		shown := redactor.body([]byte(before + `"` + member + `":"` + canary + `"` + after)).String()
		if strings.Contains(before, `"`) && strings.Contains(shown, `\"`+member) {
			return // it is part of another text
		}
		require.NotContains(t, shown, canary)
	})
}

// FuzzRetryAfter: no header makes a wait that is negative or above all patience count as short.
func FuzzRetryAfter(f *testing.F) {
	for _, value := range []string{"0", "60", "-1", "1.5", "99999999999", "99999999999999999999999", "Mon, 23 Nov 2026 21:17:55 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "x"} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		wait, asked := retryAfter(http.Header{"Retry-After": {value}})
		require.GreaterOrEqual(t, wait, time.Duration(0))
		require.True(t, asked || wait == 0)
		if asked && len(value) > 10 && strings.Trim(value, "0123456789") == "" && value[0] != '0' {
			require.Greater(t, wait, patience, "%q", value)
		}
	})
}
