package simulator

import (
	"mime"
	"net/http"
	"strings"
)

// The formats of an Accept header application/vnd.adobe.<format>+json.
const (
	formatID         = "xed-id"
	formatRaw        = "xed"
	formatNoText     = "xed-notext"
	formatFull       = "xed-full"
	formatFullNoText = "xed-full-notext"
	formatFullDesc   = "xed-full-desc"
)

// acceptOf reads the format and the version that a client asks for. Other media types have no format.
func acceptOf(r *http.Request) (format, version string) {
	first, _, _ := strings.Cut(r.Header.Get("Accept"), ",")
	mediaType, parameters, err := mime.ParseMediaType(first)
	if err != nil {
		return "", ""
	}
	format, vendor := strings.CutPrefix(mediaType, "application/vnd.adobe.")
	format, isJSON := strings.CutSuffix(format, "+json")
	if !vendor || !isJSON {
		return "", ""
	}
	return format, parameters["version"]
}

// listFormat is xed-id or xed, without a version.
func listFormat(r *http.Request) (string, *problem) {
	format, version := acceptOf(r)
	if version != "" || format != formatID && format != formatRaw {
		return "", acceptProblem(r, "1006-400", "application/vnd.adobe.'{xed|xdm'}+json")
	}
	return format, nil
}

// lookupFormat is one of the xed formats, with a version. Every resource here has the major version 1.
func lookupFormat(r *http.Request) (string, *problem) {
	format, version := acceptOf(r)
	if !strings.HasPrefix(format, "xed") || version == "" {
		return "", acceptProblem(r, "1007-400",
			"application/vnd.adobe.'{xed|xdm'}+json; version=1 (Version should be specified)")
	}
	switch format {
	case formatRaw, formatNoText, formatFull, formatFullNoText, formatFullDesc, formatID:
	default:
		return "", notAcceptable(r)
	}
	if major, _, _ := strings.Cut(version, "."); major != "1" {
		return "", notAcceptable(r)
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
