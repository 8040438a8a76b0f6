package transport

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

const (
	// shownBody is how much of a body of unknown shape an error message shows, in bytes.
	shownBody = 500
	// shownText is how much of a text of the service's an error message shows, in bytes, and shownDetails of how many.
	shownText    = 4000
	shownDetails = 50
)

// problem is the union of the error bodies that these services and their gateways send:
//   - Flow Service: type, title, report, errorMessage, errorDetails; older answers only the last two, or message alone
//   - Schema Registry, Catalog: the same problem form with detail, or error-chain
//   - Adobe's gateway: error_code (a string or a number) and message
//   - IMS: error and error_description
//   - Customer.io: errors[], or meta.error, or meta.errors[]
type problem struct {
	Type   text `json:"type"`
	Title  text `json:"title"`
	Detail text `json:"detail"`
	Report struct {
		Detail            text   `json:"detailed-message"`
		Message           text   `json:"message"`
		RequestID         text   `json:"request-id"`
		RegistryRequestID text   `json:"registryRequestId"`
		SubErrors         []text `json:"sub-errors"`
	} `json:"report"`
	ErrorMessage     text `json:"errorMessage"`
	ErrorDetails     text `json:"errorDetails"`
	ErrorCode        text `json:"error_code"`
	Message          text `json:"message"`
	Error            text `json:"error"`
	ErrorDescription text `json:"error_description"`
	Errors           []fieldProblem
	Meta             struct {
		Error  text   `json:"error"`
		Errors []text `json:"errors"`
	} `json:"meta"`
}

type fieldProblem struct {
	Detail  text `json:"detail"`
	Message text `json:"message"`
	Reason  text `json:"reason"`
	Field   text `json:"field"`
	Code    text `json:"code"`
	Source  struct {
		Pointer string `json:"pointer"`
	} `json:"source"`
}

// text is a JSON string, number or anything else, as text: the same member is a string in one answer and a number or an
// object in another, and an error must never fail to decode for that.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	var value string
	if json.Unmarshal(raw, &value) == nil {
		*t = text(value)
		return nil
	}
	if !bytes.Equal(raw, []byte("null")) {
		*t = text(raw)
	}
	return nil
}

// decodeError fills e from the body of a refusal.
func decodeError(e *Error, header http.Header, body []byte, redact *Redactor) {
	e.RequestID = redact.shown(requestID(header), shownText)
	var object map[string]json.RawMessage
	if err := json.Unmarshal(body, &object); err != nil {
		// A refusal without a body is the service's own (documented: catalog-api, prep-api). A page of HTML is not, and a 404 without a body,
		// although documented too, counts as none: everything between here and the service answers like that.
		empty := len(bytes.TrimSpace(body)) == 0
		foreign := looksLikeHTML(header, body) || empty && e.Status == http.StatusNotFound
		e.Foreign = foreign
		switch {
		case empty:
		case e.Foreign:
			e.Message = quoted(header, body, redact)
		case !looksLikeJSON(body):
			e.Message = excerpt(body, redact)
		}
		return
	}
	var p problem
	for name, raw := range object {
		p.take(name, raw)
	}
	p.Type = text(redact.String(string(p.Type))) // before its end is taken for a code
	p.fill(e)
	if e.Message == "" && (e.Code == "" || e.Code != string(p.Error)) {
		e.Message = excerpt(body, redact)
	}
	for _, shown := range []*string{&e.Code, &e.Message, &e.Pointer, &e.RequestID} {
		*shown = redact.shown(*shown, shownText)
	}
	if more := len(e.Details) - shownDetails; more > 0 {
		e.Details = append(e.Details[:shownDetails:shownDetails], fmt.Sprintf("and %d more", more))
	}
	for i := range e.Details {
		e.Details[i] = redact.shown(e.Details[i], shownText)
	}
}

// shown is a text of a service as it may be shown: [printable], without secrets, and cut off between two characters after most bytes.
// What cannot be printed goes first, since a secret may be whole without it; then secrets, since half of one would not be recognized.
func (r *Redactor) shown(text string, most int) string {
	text = r.String(printable(r.String(text))) // a secret may hold what cannot be printed
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + " …"
}

// requestID is what the vendor's support asks for; IMS has another name for it.
func requestID(header http.Header) string {
	return cmp.Or(header.Get("X-Request-Id"), header.Get("X-Debug-Id"))
}

// take decodes one member. Members are decoded one at a time, so that one of an unexpected type costs only itself.
func (p *problem) take(name string, raw json.RawMessage) {
	target := map[string]any{
		"type": &p.Type, "title": &p.Title, "detail": &p.Detail, "report": &p.Report, "errorMessage": &p.ErrorMessage,
		"errorDetails": &p.ErrorDetails, "error_code": &p.ErrorCode, "message": &p.Message, "error": &p.Error,
		"error_description": &p.ErrorDescription, "errors": &p.Errors, "meta": &p.Meta,
	}[name]
	if target == nil {
		return
	}
	if json.Unmarshal(raw, target) != nil && name == "errors" {
		var texts []text
		_ = json.Unmarshal(raw, &texts)
		p.Meta.Errors = append(p.Meta.Errors, texts...)
	}
}

// oauthCode is the form of the codes of OAuth, which come without a description too (RFC 6749, 5.2).
var oauthCode = regexp.MustCompile(`^[a-z]+(_[a-z]+)+$`)

func (p *problem) fill(e *Error) {
	e.Code = cmp.Or(codeOfType(string(p.Type)), string(p.ErrorCode))
	e.RequestID = cmp.Or(string(p.Report.RequestID), string(p.Report.RegistryRequestID), e.RequestID)
	e.Message = cmp.Or(string(p.Report.Detail), string(p.Report.Message), string(p.ErrorDetails), string(p.ErrorMessage),
		string(p.Detail), string(p.Message))
	switch {
	case p.ErrorDescription != "":
		e.Code = cmp.Or(e.Code, string(p.Error))
		e.Message = cmp.Or(e.Message, string(p.ErrorDescription))
	case oauthCode.MatchString(string(p.Error)):
		e.Code = cmp.Or(e.Code, string(p.Error))
	case p.Error != "":
		e.Message = cmp.Or(e.Message, string(p.Error))
	}
	for _, sub := range p.Report.SubErrors {
		e.Details = append(e.Details, string(sub))
	}
	for _, field := range p.Errors {
		e.Code = cmp.Or(e.Code, string(field.Code))
		e.Pointer = cmp.Or(e.Pointer, field.Source.Pointer, string(field.Field))
		e.addMessage(cmp.Or(string(field.Detail), string(field.Message), string(field.Reason)))
	}
	e.addMessage(string(p.Meta.Error))
	for _, message := range p.Meta.Errors {
		e.addMessage(string(message))
	}
	e.Message = cmp.Or(e.Message, string(p.Title))
}

func (e *Error) addMessage(message string) {
	switch {
	case message == "":
	case e.Message == "":
		e.Message = message
	default:
		e.Details = append(e.Details, message)
	}
}

// codeOfType takes the code from a problem's type, "https://ns.adobe.com/aep/errors/FLOW-1439-404"; a type such as
// "/placeholder/type/uri" holds none.
func codeOfType(uri string) string {
	code := uri[strings.LastIndex(uri, "/")+1:]
	if !strings.ContainsAny(code, "0123456789") {
		return ""
	}
	return code
}

func looksLikeHTML(header http.Header, body []byte) bool {
	start := strings.ToLower(string(bytes.TrimSpace(body[:min(len(body), 200)])))
	return strings.HasPrefix(start, "<") || strings.Contains(header.Get("Content-Type"), "html")
}

// looksLikeJSON recognizes JSON that was cut off. It is not shown, since nobody can tell which part of it is secret.
func looksLikeJSON(body []byte) bool {
	start := bytes.TrimSpace(body)
	return len(start) > 0 && (start[0] == '{' || start[0] == '[')
}

// notJSON says what a body is that should have been JSON.
func notJSON(header http.Header, body []byte, redact *Redactor) string {
	if looksLikeJSON(body) {
		return "it is not valid JSON"
	}
	return "it is not JSON but " + quoted(header, body, redact)
}

var (
	title  = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
	markup = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)>|<[^>]*>`)
)

// quoted shows a body that the service did not write, for a person to recognize the proxy or login that did: the title or the text of
// a page, the beginning of anything else.
func quoted(header http.Header, body []byte, redact *Redactor) string {
	if !looksLikeHTML(header, body) {
		return fmt.Sprintf("the text %q", excerpt(body, redact))
	}
	text := redact.String(printable(redact.String(string(body)))) // while secrets are whole
	if found := title.FindStringSubmatch(text); found != nil {
		text = found[1]
	}
	if text = excerpt([]byte(markup.ReplaceAllString(text, " ")), redact); text == "" {
		return "an HTML page"
	}
	return fmt.Sprintf("an HTML page, %q", text)
}

// excerpt is the beginning of a body in one line. Secrets are masked first: half of one would no longer be recognized.
func excerpt(body []byte, redact *Redactor) string {
	return strings.Join(strings.Fields(redact.shown(string(body), shownBody)), " ")
}
