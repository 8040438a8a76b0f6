package advice

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// words are what stands for the placeholders of a row: {object}, {attribute}, {service}, {address} for the setting that says where
// the service is, {region} and {host} for the target of a redirect, {support} for whom to ask, and {evidence} for what a report of a
// bug needs.
type words map[string]string

// wordsForPage are those of the page, which speaks of no error in particular.
func wordsForPage(row Row) words {
	return words{
		"{object}":    "object",
		"{attribute}": strings.Join(row.Attributes(), "` or `"),
		"{service}":   "the service",
		"{address}":   "`adobe.platform_url`, `adobe.ims_url` or `customerio.base_url`",
		"{region}":    "the other one",
		"{host}":      "another address",
		"{support}":   "the vendor's support",
		"{evidence}":  ", with the request ID",
	}
}

func wordsFor(a Attempt, err error, row Row, attribute string) words {
	w := wordsForPage(row)
	w["{object}"] = a.Object
	if attribute != "" {
		w["{attribute}"] = attribute
	}
	service, vendor := serviceOf(err), "Adobe"
	if service == "" {
		return w
	}
	w["{service}"] = service
	switch service {
	case customerio.Service:
		vendor = "Customer.io"
		w["{address}"] = "`customerio.base_url`"
	case ims.Service:
		w["{address}"] = "`adobe.ims_url`"
	default:
		w["{address}"] = "`adobe.platform_url`"
	}
	w["{evidence}"] = ""
	var answer *transport.Error
	if errors.As(err, &answer) {
		w["{region}"], w["{host}"], w["{evidence}"] = regionAt(answer.Location), hostOf(answer.Location), evidence(answer)
		if answer.RetryAfter > 0 {
			w["{wait}"] = fmt.Sprintf("%s asks clients to wait %s. ", vendor, inWords(answer.RetryAfter))
		}
	}
	w["{support}"] = vendor + " support" + strings.TrimPrefix(w["{evidence}"], ",")
	return w
}

// Page is what a row says on the page of error codes.
func (r Row) Page() (meaning, advice string) {
	w := wordsForPage(r)
	return Capital(w.in(r.Meaning)), Capital(w.in(r.Advice))
}

// of is what a row says in a diagnostic.
func (w words) of(row Row) string {
	return withVariables(w["{wait}"] + Capital(w.in(row.Meaning)) + " " + Capital(w.in(row.Advice)))
}

func (w words) in(text string) string {
	for placeholder, word := range w {
		text = strings.ReplaceAll(text, placeholder, word)
	}
	return text
}

var setting = regexp.MustCompile("`(adobe|customerio)\\.([a-z_]+)`")

// withVariables puts the environment variable beside each setting of the provider.
func withVariables(text string) string {
	return setting.ReplaceAllStringFunc(text, func(quoted string) string {
		variable := strings.ToUpper(strings.ReplaceAll(strings.Trim(quoted, "`"), ".", "_"))
		return quoted + " (" + variable + ")"
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

// evidence is what support finds a call by, if the answer has it.
func evidence(answer *transport.Error) string {
	switch {
	case answer.RequestID != "":
		return ", with the request ID"
	case strings.Contains(answer.Message, "(reference "): // in place of Customer.io's request ID
		return ", with the reference"
	}
	return ""
}

// regionAt is the region that a redirect leads to.
func regionAt(location string) string {
	for region, address := range customerio.Regions {
		if strings.TrimPrefix(address, "https://") == hostOf(location) {
			return fmt.Sprintf("%q", region)
		}
	}
	return `"eu" or "us"`
}

// hostOf is the host of a redirect. The rest of its address may hold secrets.
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
