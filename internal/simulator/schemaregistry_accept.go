package simulator

import (
	"mime"
	"net/http"
	"slices"
	"strings"
)

// acceptFormat is what the Accept header application/vnd.adobe.<kind>-<modifiers>+json asks for.
type acceptFormat struct {
	// kind is xed or xdm; empty stands for other media types.
	kind      string
	modifiers []string
	version   string
}

// The modifiers of lookups. Documented: id, notext, full and desc. The others are seen in a public client.
var lookupModifiers = []string{"id", "notext", "full", "desc", "flat", "deprecated", "deprecatefield"}

func (f acceptFormat) has(modifier string) bool { return slices.Contains(f.modifiers, modifier) }

// isSchemaFormat: the documentation lists the formats of xed, while the registry's own error message names xdm as its
// equal. They differ in the names of Adobe's own fields only, of which there are next to none here.
func (f acceptFormat) isSchemaFormat() bool { return f.kind == "xed" || f.kind == "xdm" }

// acceptOf reads the format and the version that a client asks for.
func acceptOf(r *http.Request) acceptFormat {
	first, _, _ := strings.Cut(r.Header.Get("Accept"), ",")
	mediaType, parameters, err := mime.ParseMediaType(first)
	if err != nil {
		return acceptFormat{}
	}
	format, vendor := strings.CutPrefix(mediaType, "application/vnd.adobe.")
	format, isJSON := strings.CutSuffix(format, "+json")
	if !vendor || !isJSON {
		return acceptFormat{}
	}
	parts := strings.Split(format, "-")
	return acceptFormat{kind: parts[0], modifiers: parts[1:], version: parameters["version"]}
}

// listFormat is the short form or the whole one, without a version.
func listFormat(r *http.Request) (acceptFormat, *problem) {
	format := acceptOf(r)
	isShort := len(format.modifiers) == 1 && format.has("id")
	if !format.isSchemaFormat() || format.version != "" || !isShort && len(format.modifiers) > 0 {
		return acceptFormat{}, acceptProblem(r, "1006-400", "application/vnd.adobe.'{xed|xdm'}+json")
	}
	return format, nil
}

// lookupFormat has a version. Every resource here has the major version 1.
func lookupFormat(r *http.Request) (acceptFormat, *problem) {
	format := acceptOf(r)
	if !format.isSchemaFormat() || format.version == "" {
		return acceptFormat{}, acceptProblem(r, "1007-400",
			"application/vnd.adobe.'{xed|xdm'}+json; version=1 (Version should be specified)")
	}
	for _, modifier := range format.modifiers {
		if !slices.Contains(lookupModifiers, modifier) {
			return acceptFormat{}, notAcceptable(r)
		}
	}
	if major, _, _ := strings.Cut(format.version, "."); major != "1" {
		return acceptFormat{}, notAcceptable(r)
	}
	return format, nil
}

func acceptProblem(r *http.Request, code, valid string) *problem {
	return xdmProblem(code, "Accept header invalid", "The supplied Accept header is not valid: "+
		r.Header.Get("Accept")+" - A valid Accept value should look like "+valid)
}

func notAcceptable(r *http.Request) *problem {
	return placeholderProblem(http.StatusNotAcceptable,
		"The format or version "+r.Header.Get("Accept")+" is not available for this resource.")
}
