package transport

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// Form is how a service writes its own 404. Gateways, ingresses and proxies on the way answer with 404 too, as plain text, a page,
// nothing, or JSON of another form, and say nothing of the object.
//
// Each element is one form: a path to a member, such as "errors.0.detail", and how the member's text begins. An empty beginning wants
// the member to exist. A Form without elements takes all for the service's own but web pages and nothing.
type Form []map[string]string

// AdobeProblem is the form of problems on Adobe's platform, with a type of their own or with the placeholder (sources: prep-api,
// registry-trouble). The types of others are "about:blank" or point elsewhere.
var AdobeProblem = Form{
	{"type": "https://ns.adobe.com/"},
	{"type": "http://ns.adobe.com/"},
	{"type": "/placeholder/"},
}

// wrote tells whether the service wrote a body.
func (f Form) wrote(body []byte) bool {
	if len(f) == 0 {
		return true
	}
	var value any
	if json.Unmarshal(body, &value) != nil {
		return false
	}
	for _, form := range f {
		if fits(value, form) {
			return true
		}
	}
	return false
}

func fits(value any, form map[string]string) bool {
	for path, beginning := range form {
		member := memberAt(value, path)
		text, isText := member.(string)
		if member == nil || beginning != "" && (!isText || !strings.HasPrefix(text, beginning)) {
			return false
		}
	}
	return true
}

// memberAt is the member of a JSON value at a path, nil if there is none.
func memberAt(value any, path string) any {
	for step := range strings.SplitSeq(path, ".") {
		switch parent := value.(type) {
		case map[string]any:
			value = parent[step]
		case []any:
			index, err := strconv.Atoi(step)
			if err != nil || index >= len(parent) {
				return nil
			}
			value = parent[index]
		default:
			return nil
		}
	}
	return value
}

// refused is the error for an answer other than 2xx.
func (c Config) refused(call Call, response *http.Response, body []byte) *Error {
	refused := call.refused(response, body, c.Redactor)
	refused.Foreign = refused.Foreign || c.isForeign(response.StatusCode, body)
	return refused
}

// isForeign recognizes a 404 that the service did not write. It may be gone on the next try, as a 502 may.
func (c Config) isForeign(status int, body []byte) bool {
	return status == http.StatusNotFound && !c.NotFound.wrote(body)
}
