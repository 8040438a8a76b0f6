package main

import (
	"net/http"
	"regexp"
	"strings"
)

// identifier matches the parts of paths that name an object: a UUID, hexadecimal digits, a number, or an escaped URI.
var identifier = regexp.MustCompile(`^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24,}|[0-9]+|.*%.*)$`)

// routeOf is what calls are counted by, such as "GET /flows/{id}".
func routeOf(r *http.Request) string {
	path := r.URL.EscapedPath()
	for _, base := range []string{"/data/foundation/flowservice", "/data/foundation/conversion", "/data/foundation"} {
		if inside, is := strings.CutPrefix(path, base+"/"); is {
			path = "/" + inside
			break
		}
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if identifier.MatchString(part) {
			parts[i] = "{id}"
		}
	}
	return r.Method + " " + strings.Join(parts, "/")
}
