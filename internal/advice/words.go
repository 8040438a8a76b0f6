package advice

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// words stand for the placeholders in the texts of rows.
type words map[string]string

// wordsOfPage are those of the page, which is about no error in particular.
var wordsOfPage = words{
	"{object}":    "object",
	"{attribute}": "the attribute that the error points to",
	"{service}":   "the service",
	"{vendor}":    "the vendor's",
	"{address}":   "`adobe.platform_url`, `adobe.ims_url` or `customerio.base_url`",     // the setting that says where the service is
	"{region}":    "the other one",                                                      // that a redirect leads to
	"{host}":      "another address",                                                    // that a redirect leads to
	"{evidence}":  " with the request ID",                                               // by which support finds a call
	"{rate}":      "`-parallelism` (for Customer.io, `customerio.requests_per_second`)", // what makes fewer calls at a time
	"{sandbox}":   "`adobe.sandbox_name` (or the object's `sandbox_name`)",              // the attribute that names the sandbox
}

func wordsFor(a Attempt, err error, attribute string) words {
	w := maps.Clone(wordsOfPage)
	w["{object}"], w["{sandbox}"] = a.Object, "`adobe.sandbox_name`"
	if a.InOwnSandbox {
		w["{sandbox}"] = "`" + sandboxName + "`"
	}
	if attribute != "" {
		w["{attribute}"] = "`" + attribute + "`"
	}
	if service := serviceOf(err); service != "" {
		w["{service}"] = strings.TrimSuffix(strings.TrimPrefix(service, "Adobe "), " App API")
		w["{vendor}"], w["{address}"], w["{rate}"] = "Adobe", "`adobe.platform_url`", "`-parallelism`"
		switch service {
		case customerio.Service:
			w["{vendor}"], w["{address}"], w["{rate}"] = "Customer.io", "`customerio.base_url`", "`customerio.requests_per_second`"
		case ims.Service:
			w["{address}"] = "`adobe.ims_url`"
		}
	}
	w["{evidence}"] = ""
	var answer *transport.Error
	if errors.As(err, &answer) {
		w["{region}"], w["{host}"], w["{evidence}"] = regionAt(answer.Location), hostOf(answer.Location), evidence(answer)
	}
	return w
}

func (w words) in(text string) string {
	for placeholder, word := range w {
		text = strings.ReplaceAll(text, placeholder, word)
	}
	return Capital(text)
}

// Page is what a row says on the page of error codes.
func (r Row) Page() (meaning, advice string) {
	return wordsOfPage.in(r.Meaning), wordsOfPage.in(r.Advice)
}

// nextStep is what a row says in a diagnostic.
func (r Row) nextStep(a Attempt, err error, attribute string) string {
	w, wait := wordsFor(a, err, attribute), ""
	var answer *transport.Error
	if errors.As(err, &answer) && answer.Status == http.StatusTooManyRequests && answer.RetryAfter > 0 {
		wait = fmt.Sprintf("%s asks clients to wait %s. ", w["{vendor}"], inWords(answer.RetryAfter))
	}
	return withVariables(wait + w.in(r.Meaning) + " " + w.in(r.Advice))
}

var setting = regexp.MustCompile("`(adobe|customerio)\\.([a-z_]+)`")

// withVariables puts the environment variable beside each setting of the provider.
func withVariables(text string) string {
	return setting.ReplaceAllStringFunc(text, func(quoted string) string {
		variable := strings.ReplaceAll(strings.Trim(quoted, "`"), ".", "_")
		return quoted + " (" + strings.ToUpper(variable) + ")"
	})
}

// serviceOf is the service that an error is about, empty if it is about none.
func serviceOf(err error) string {
	var answer *transport.Error
	var unanswered *transport.UnansweredError
	var unreadable *transport.UnreadableError
	var ambiguous *transport.AmbiguousError
	switch {
	case errors.As(err, &answer):
		return answer.Service
	case errors.As(err, &unanswered):
		return unanswered.Service
	case errors.As(err, &unreadable):
		return unreadable.Service
	case errors.As(err, &ambiguous):
		return ambiguous.Service
	}
	return ""
}

func evidence(answer *transport.Error) string {
	switch {
	case answer.RequestID != "":
		return " with the request ID"
	case strings.Contains(answer.Message, "(reference "): // Customer.io's request ID
		return " with the reference"
	}
	return ""
}

const unknownRegion = `"eu" or "us"`

func regionAt(location string) string {
	for region, address := range customerio.Regions {
		if strings.TrimPrefix(address, "https://") == hostOf(location) {
			return fmt.Sprintf("%q", region)
		}
	}
	return unknownRegion
}

// hostOf leaves out the rest of an address, which may hold secrets.
func hostOf(location string) string {
	target, err := url.Parse(location)
	if err != nil || target.Host == "" {
		return "another address"
	}
	return target.Host
}

// inWords is a time without zeros at its end: "24h", not "24h0m0s".
func inWords(wait time.Duration) string {
	text := strings.Replace(wait.Round(time.Second).String(), "m0s", "m", 1)
	return strings.Replace(text, "h0m", "h", 1)
}
