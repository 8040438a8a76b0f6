package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// Problem is a refusal, in the form of the service that refuses.
type Problem struct {
	Status int
	Header http.Header
	// Body makes the body. Some forms contain the ID of the request.
	Body func(requestID string) any
}

func (p *Problem) Error() string {
	body, err := json.Marshal(p.Body(""))
	if err != nil {
		return http.StatusText(p.Status)
	}
	return string(body)
}

func (p *Problem) answer(r *Request) *Answer {
	return &Answer{Status: p.Status, Header: p.Header, Body: p.Body(r.ID)}
}

// Fixed is a problem whose body does not depend on the request.
func Fixed(status int, body map[string]any) *Problem {
	return &Problem{Status: status, Body: func(string) any { return body }}
}

// Placeholder is the form of Adobe's errors without a type of their own. The type is literally this text.
func Placeholder(status int, detail string) *Problem {
	return Fixed(status, map[string]any{
		"type":   "/placeholder/type/uri",
		"status": status,
		"title":  strings.ReplaceAll(http.StatusText(status), " ", "") + "Error",
		"detail": detail,
	})
}

// BadRequest is a Placeholder with status 400.
func BadRequest(format string, arguments ...any) *Problem {
	return Placeholder(http.StatusBadRequest, fmt.Sprintf(format, arguments...))
}

// NotFound is a Placeholder with status 404.
func NotFound(format string, arguments ...any) *Problem {
	return Placeholder(http.StatusNotFound, fmt.Sprintf(format, arguments...))
}

// NotSimulated is the answer to what is documented and not simulated, in the form of a Placeholder.
func NotSimulated(format string, arguments ...any) *Problem {
	return Placeholder(http.StatusNotImplemented, "The simulator does not have "+fmt.Sprintf(format, arguments...)+".")
}

// Flow is the current form of Flow Service errors. The code is one of the documented table, such as "1404-412".
func Flow(code, format string, arguments ...any) *Problem {
	return FlowWith(nil, code, format, arguments...)
}

// FlowWith is Flow with more members in the report.
func FlowWith(extras map[string]any, code, format string, arguments ...any) *Problem {
	status, message := StatusOf(code), fmt.Sprintf(format, arguments...)
	title := http.StatusText(status)
	if status == http.StatusNotFound {
		title = "Resource not found"
	}
	return &Problem{Status: status, Body: func(requestID string) any {
		report := map[string]any{"detailed-message": message, "request-id": requestID}
		maps.Copy(report, extras)
		return map[string]any{
			"type":         "https://ns.adobe.com/aep/errors/FLOW-" + code,
			"title":        title,
			"status":       status,
			"report":       report,
			"errorMessage": message,
			"errorDetails": message,
		}
	}}
}

// StatusOf is the last part of an error code, which is the HTTP status.
func StatusOf(code string) int {
	_, suffix, _ := strings.Cut(code, "-")
	status, err := strconv.Atoi(suffix)
	if err != nil {
		panic("simulator: error code without a status: " + code)
	}
	return status
}
