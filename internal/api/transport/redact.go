package transport

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Masked stands in logs and errors where a secret was.
const Masked = "***"

// shortestSecret is the length, in bytes, below which a learned value is not looked for in texts: masking every "us" or
// "xdm" would make them unreadable. Such values are still masked where they stand under their own name.
const shortestSecret = 5

// secretMembers are the JSON members whose values are secrets: credentials, the streaming inlet and webhook endpoints
// (whoever knows them can write into the dataset), and everything in a base connection's auth.params.
var secretMembers = map[string]bool{
	"access_token": true, "client_secret": true, "authorization": true, "inletUrl": true, "inletId": true, "endpoint": true,
	"params_wo": true, "password": true, "secret": true,
}

// inletPattern finds the address of a streaming inlet in free text, where no member name tells what it is.
var inletPattern = regexp.MustCompile(`https?://[^\s"'<>\\]+/collection/[^\s"'<>\\)\]]+`)

// Redactor removes secrets from what is logged or shown. It is shared by all clients of a provider instance and learns
// secrets as they pass, because one service's error may quote what another service issued. Safe for concurrent use; a nil
// Redactor still knows the shapes of secrets.
type Redactor struct {
	mutex sync.Mutex
	// known are the learned secrets in all their forms, true for those that were learned themselves. values are the same, the longest first, nil
	// if they are to be sorted again.
	known  map[string]bool
	values []string
}

// Learn adds secret values.
func (r *Redactor) Learn(values ...string) {
	if r == nil {
		return
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for _, value := range values {
		if len(value) < shortestSecret {
			continue
		}
		if r.known[value] {
			continue
		}
		if r.known == nil {
			r.known = map[string]bool{}
		}
		for _, form := range formsOf(value) {
			if _, is := r.known[form]; !is {
				r.known[form] = false
			}
		}
		r.known[value] = true
		r.values = nil
	}
}

// sorted are the secrets. One may hold another, and would not be recognized once that is masked.
func (r *Redactor) sorted() []string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.values == nil {
		r.values = slices.SortedFunc(maps.Keys(r.known), func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b)) })
	}
	return r.values
}

// formsOf are the forms that a value takes in texts, URLs, JSON bodies and what encodes those. Some encoders escape "&", "<" and ">", others do not.
func formsOf(value string) []string {
	escaped, _ := json.Marshal(value) // of a string
	plain, _ := Encode(value)
	raw := []byte(value)
	return []string{
		value, url.QueryEscape(value), url.PathEscape(value), html.EscapeString(value), string(escaped[1 : len(escaped)-1]), string(plain[1 : len(plain)-1]),
		base64.RawStdEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw), // which the padded ones begin with
		hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)), lowerEscapes(url.QueryEscape(value)), lowerEscapes(url.PathEscape(value)),
		allEscaped(raw, "%%%02X"), allEscaped(raw, "%%%02x"),
	}
}

var escape = regexp.MustCompile(`%[0-9A-F]{2}`)

// lowerEscapes writes percent-encoding with small letters, as some encoders do.
func lowerEscapes(encoded string) string {
	return escape.ReplaceAllStringFunc(encoded, strings.ToLower)
}

// allEscaped percent-encodes every byte.
func allEscaped(raw []byte, form string) string {
	var encoded strings.Builder
	for _, char := range raw {
		fmt.Fprintf(&encoded, form, char)
	}
	return encoded.String()
}

// String masks every known secret in a text.
func (r *Redactor) String(text string) string {
	text = inletPattern.ReplaceAllString(text, Masked)
	if r == nil {
		return text
	}
	for _, value := range r.sorted() {
		if len(value) <= len(text) {
			text = strings.ReplaceAll(text, value, Masked)
		}
	}
	return text
}

// body is the body of a request or answer for the log, whose secrets it learns. What is not JSON is not shown.
func (r *Redactor) body(raw []byte) loggedBody {
	if value, is := decoded(raw); is {
		r.mask(value, "")
	}
	return loggedBody{r, raw}
}

// loggedBody is a body that is made fit to be shown only if the log shows it: in a body with hundreds of objects, thousands of secrets are looked for.
type loggedBody struct {
	redactor *Redactor
	raw      []byte
}

// String serves logs in plain text, and MarshalText those in JSON.
func (b loggedBody) String() string {
	if len(b.raw) == 0 {
		return ""
	}
	value, is := decoded(b.raw)
	if !is {
		return "(not JSON)"
	}
	shown, err := json.Marshal(b.redactor.mask(value, ""))
	if err != nil {
		return "(not JSON)"
	}
	return b.redactor.String(string(shown))
}

// MarshalText is String.
func (b loggedBody) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

func decoded(raw []byte) (value any, is bool) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	return value, decoder.Decode(&value) == nil
}

func (r *Redactor) mask(value any, member string) any {
	switch value := value.(type) {
	case map[string]any:
		return r.maskObject(value, member)
	case []any:
		for i := range value {
			value[i] = r.mask(value[i], member)
		}
	}
	return value
}

func (r *Redactor) maskObject(object map[string]any, parent string) map[string]any {
	for name, value := range object {
		switch {
		case secretMembers[name], parent == "auth" && name == "params":
			r.LearnAll(value)
			object[name] = Masked
		case name == "path" && value == "/auth/params":
			r.LearnAll(object["value"])
			object["value"] = Masked
		default:
			object[name] = r.mask(value, name)
		}
	}
	return object
}

// LearnAll adds all texts in a JSON value: in objects and lists, and of a URL what is before the query too.
func (r *Redactor) LearnAll(value any) {
	switch value := value.(type) {
	case string:
		r.Learn(value, strings.SplitN(value, "?", 2)[0])
	case map[string]any:
		for _, member := range value {
			r.LearnAll(member)
		}
	case []any:
		for _, member := range value {
			r.LearnAll(member)
		}
	}
}
