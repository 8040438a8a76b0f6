package simulator

import (
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

const requestIDHeader = "X-Request-Id"

// problem is a refusal, with the body in the form of the service that refuses. Its request id is filled in when it
// is written, wherever the form has one.
type problem struct {
	status int
	body   func(requestID string) any
}

func (p *problem) Error() string {
	body, err := json.Marshal(p.body(""))
	if err != nil {
		return http.StatusText(p.status)
	}
	return string(body)
}

func writeProblem(w http.ResponseWriter, p *problem) {
	writeJSON(w, p.status, p.body(w.Header().Get(requestIDHeader)))
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	// The answer is a buffer: writing to it cannot fail, and every body here is made of encodable values.
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(body)
}

// gatewayProblem is the form of Adobe's API gateway; error_code is a string in the troubleshooting guide.
func gatewayProblem(status int, code, message string) *problem {
	return &problem{status: status, body: func(string) any {
		return map[string]any{"error_code": code, "message": message}
	}}
}

// flowProblem is the current form of Flow Service errors. The code is the one of the documented table, such as
// "1404-412"; its last part is the HTTP status. Extras go into the report.
func flowProblem(code, message string, extras map[string]any) *problem {
	status := statusOfCode(code)
	return &problem{status: status, body: func(requestID string) any {
		report := map[string]any{"detailed-message": message, "request-id": requestID}
		maps.Copy(report, extras)
		return map[string]any{
			"type":         "https://ns.adobe.com/aep/errors/FLOW-" + code,
			"title":        titleOfStatus(status),
			"status":       status,
			"report":       report,
			"errorMessage": message,
			"errorDetails": message,
		}
	}}
}

// olderFlowProblem is the older form of Flow Service errors, without a code.
func olderFlowProblem(status int, message string) *problem {
	return &problem{status: status, body: func(string) any {
		return map[string]any{"errorMessage": message, "errorDetails": message}
	}}
}

// messageProblem is the shortest documented form, seen when a create names no valid spec.
func messageProblem(status int, message string) *problem {
	return &problem{status: status, body: func(string) any {
		return map[string]any{"message": message}
	}}
}

// placeholderProblem is the form of errors without a type of their own. The type is literally this text.
func placeholderProblem(status int, detail string) *problem {
	return &problem{status: status, body: func(string) any {
		return map[string]any{
			"type":   "/placeholder/type/uri",
			"status": status,
			"title":  strings.ReplaceAll(http.StatusText(status), " ", "") + "Error",
			"detail": detail,
		}
	}}
}

// customerioProblem is the documented envelope of the Customer.io App API, where the status is a string.
func customerioProblem(status int, detail string) *problem {
	return &problem{status: status, body: func(string) any {
		return map[string]any{"errors": []any{
			map[string]any{"detail": detail, "status": strconv.Itoa(status)},
		}}
	}}
}

func statusOfCode(code string) int {
	_, suffix, _ := strings.Cut(code, "-")
	status, err := strconv.Atoi(suffix)
	if err != nil {
		panic("simulator: error code without a status: " + code)
	}
	return status
}

func titleOfStatus(status int) string {
	if status == http.StatusNotFound {
		return "Resource not found"
	}
	return http.StatusText(status)
}
