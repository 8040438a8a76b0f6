package transport

import (
	"io"
	"maps"
	"net/http"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// logRequest logs a request before it is sent, without its headers, which hold the credentials. It is for those who follow a call that
// hangs; all others have the line with its outcome.
func (t *roundTripper) logRequest(request *http.Request) {
	tflog.Trace(request.Context(), "calling "+t.config.Service, t.fields(request, nil))
	if request.GetBody != nil {
		if body, err := request.GetBody(); err == nil {
			sent, _ := io.ReadAll(body)
			tflog.Trace(request.Context(), "request body", map[string]any{"body": t.config.Redactor.body(sent)})
		}
	}
}

// logAnswer is the one line of an attempt that was answered. The operation and the type of the object are in the fields that Terraform's
// libraries add (tf_rpc, tf_resource_type), and the object is in the path.
func (t *roundTripper) logAnswer(request *http.Request, attempt int, sent time.Time, response *http.Response, body []byte) {
	outcome := map[string]any{
		"status": response.StatusCode, "request_id": t.config.Redactor.shown(requestID(response.Header), shownText),
		"attempt": attempt, "milliseconds": time.Since(sent).Milliseconds(),
	}
	if !isSuccess(response) {
		refused := t.config.refused(t.call(request), response, body)
		outcome["code"], outcome["request_id"] = refused.Code, refused.RequestID
	}
	tflog.Debug(request.Context(), "answer of "+t.config.Service, t.fields(request, outcome))
	tflog.Trace(request.Context(), "answer body", map[string]any{"body": t.config.Redactor.body(body)})
}

// logUnanswered is the one line of an attempt without an answer, or with one that broke off.
func (t *roundTripper) logUnanswered(request *http.Request, attempt int, sent time.Time, err error) {
	tflog.Debug(request.Context(), "no answer from "+t.config.Service, t.fields(request, map[string]any{
		"error": t.config.Redactor.shown(err.Error(), shownText), "attempt": attempt, "milliseconds": time.Since(sent).Milliseconds(),
	}))
}

// fields tell which call it is, and more.
func (t *roundTripper) fields(request *http.Request, more map[string]any) map[string]any {
	fields := map[string]any{
		"service": t.config.Service, "method": request.Method, "path": t.config.Redactor.String(request.URL.Path),
		"query": t.config.Redactor.String(request.URL.RawQuery),
	}
	maps.Copy(fields, more)
	return fields
}
