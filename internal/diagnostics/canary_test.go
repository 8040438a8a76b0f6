package diagnostics_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/stretchr/testify/require"
)

// Secrets that no diagnostic may show, whatever a service quotes. Each has a part before and a part after characters that JSON, HTML
// and URLs escape, so that a search for the parts finds it in any encoding.
const (
	clientSecret = `p8e-canarysecret-4f9d"&<canarysecret-b71c`
	accessToken  = "eyJcanarytoken-4f9d+/=canarytoken-b71c"
	appAPIKey    = "canarykey-4f9d-b71c"
	authParam    = `canaryparam-4f9d"&<canaryparam-b71c`
	// endpoint is a webhook's. It does not look like an inlet, so it must be known to be recognized.
	endpoint = "https://hooks.example.com/t/canaryendpoint-4f9d?a=1&b=canaryendpoint-b71c"
	inlet    = "https://dcs.adobedc.net/collection/canaryinlet4f9d?x-adobe-flow-id=canaryinletb71c"
)

// canaryParts are the runs of letters and digits that only the canaries have.
var canaryParts = regexp.MustCompile(`canary[a-z0-9]+(-[a-z0-9]+)*`)

// canaries are the secrets of an operation, which its answers might quote.
func (o operation) canaries() []string {
	secrets := []string{clientSecret, appAPIKey}
	switch {
	case o.path == tokenPath:
		return secrets // there is no access token yet
	case o.kind == "customerio_base_connection":
		secrets = append(secrets, authParam)
	case o.kind == "customerio_reporting_webhook":
		secrets = append(secrets, endpoint)
	}
	return append(secrets, accessToken)
}

// requireNoCanary wants diagnostics in which something was masked and no secret is left.
func requireNoCanary(t *testing.T, diags []*tfprotov6.Diagnostic) {
	t.Helper()
	require.NotEmpty(t, diags)
	for _, one := range diags {
		shown := one.Summary + " " + one.Detail
		require.Contains(t, shown, "***", "the canaries were not in the answer")
		require.Empty(t, canaryParts.FindAllString(shown, -1), shown)
	}
}

// quoting is the answer with secrets in all of its texts, and false if it has no text.
func (a answer) quoting(secrets []string) (answer, bool) {
	quote := " " + strings.Join(append(secrets, inlet), " ")
	var body any
	switch {
	case a.body == "":
		return a, false
	case json.Unmarshal([]byte(a.body), &body) == nil:
		a.body = encoded(inAllTexts(body, quote))
	default: // where a page shows text: in its title or its body
		a.body = strings.Replace(a.body, "</", quote+"</", 1)
	}
	return a, true
}

func encoded(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// codes are members that identify the refusal.
var codes = map[string]bool{"type": true, "error_code": true, "code": true, "status": true, "pointer": true, "destination": true}

func inAllTexts(value any, quote string) any {
	switch value := value.(type) {
	case string:
		return value + quote
	case []any:
		for i := range value {
			value[i] = inAllTexts(value[i], quote)
		}
	case map[string]any:
		for name := range value {
			if !codes[name] {
				value[name] = inAllTexts(value[name], quote)
			}
		}
	}
	return value
}
