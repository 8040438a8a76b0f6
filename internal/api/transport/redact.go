package transport

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
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
	mutex sync.RWMutex
	// values are the learned secrets, the longest first.
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
		for _, form := range formsOf(value) {
			if !slices.Contains(r.values, form) {
				r.values = append(r.values, form)
			}
		}
	}
	// A secret may hold another one, and would not be recognized once that is masked.
	slices.SortStableFunc(r.values, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
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
	r.mutex.RLock()
	defer r.mutex.RUnlock()
	for _, value := range r.values {
		text = strings.ReplaceAll(text, value, Masked)
	}
	return text
}

// body renders a request's or answer's body for the log, and learns the secrets in it. What is not JSON is not shown.
func (r *Redactor) body(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}
	var value any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return "(not JSON)"
	}
	shown, err := json.Marshal(r.mask(value, ""))
	if err != nil {
		return "(not JSON)"
	}
	return r.String(string(shown))
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
