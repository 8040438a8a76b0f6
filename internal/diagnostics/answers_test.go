package diagnostics_test

import (
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// answer is how a service refuses a call.
type answer struct {
	status int
	header http.Header
	body   string
	// requestID is the one that support asks for; empty if the service gives none.
	requestID string
}

const (
	requestID    = "7f3a91c2"
	imsRequestID = "ims-5d20"
)

// to is the fault with which a service gives this answer to the refused call of an operation.
func (a answer) to(o operation) simulator.Fault {
	header := http.Header{}
	if a.requestID != "" {
		header.Set("X-Request-Id", a.requestID)
	}
	if strings.HasPrefix(a.body, "<") {
		header.Set("Content-Type", "text/html")
	}
	maps.Copy(header, a.header)
	return simulator.Fault{Method: o.method, After: o.passing, Path: o.path, Do: simulator.FaultAnswer, Status: a.status, Header: header, Body: a.body}
}

// after asks for a wait.
func (a answer) after(seconds string) answer {
	header := http.Header{"Retry-After": {seconds}}
	maps.Copy(header, a.header)
	a.header = header
	return a
}

// flow is the current form of the Flow Service's errors.
func flow(code, message string) answer {
	return answer{status: statusOf(code), requestID: requestID, body: fmt.Sprintf(
		`{"type":"https://ns.adobe.com/aep/errors/FLOW-%[1]s","title":%[2]q,"status":%[3]d,"report":{"detailed-message":%[4]q,"request-id":%[5]q},`+
			`"errorMessage":%[4]q,"errorDetails":%[4]q}`, code, http.StatusText(statusOf(code)), statusOf(code), message, requestID)}
}

// olderFlow is the older form, which has no code.
func olderFlow(status int, message string) answer {
	return answer{status: status, requestID: requestID, body: fmt.Sprintf(`{"errorMessage":%[1]q,"errorDetails":%[1]q}`, message)}
}

// xdm is the form of the Schema Registry.
func xdm(code, message string) answer {
	return answer{status: statusOf(code), requestID: requestID, body: fmt.Sprintf(
		`{"type":"http://ns.adobe.com/aep/errors/XDM-%s","title":%q,"status":%d,"report":{"registryRequestId":%q,`+
			`"timestamp":"10-22-2020 06:42:13","detailed-message":%q,"sub-errors":[]},"detail":%[5]q}`,
		code, http.StatusText(statusOf(code)), statusOf(code), requestID, message)}
}

// gateway is the form of Adobe's gateway. Its code is a string in the troubleshooting guide.
func gateway(code, message string) answer {
	status, _ := strconv.Atoi(code[:3])
	return answer{status: status, requestID: requestID, body: fmt.Sprintf(`{"error_code":%q,"message":%q}`, code, message)}
}

// placeholder is the form of errors that have no type of their own.
func placeholder(status int, detail string) answer {
	return answer{status: status, requestID: requestID, body: fmt.Sprintf(
		`{"type":"/placeholder/type/uri","status":%d,"title":%q,"detail":%q}`, status, strings.ReplaceAll(http.StatusText(status), " ", "")+"Error", detail)}
}

// bare is a body as it stands; it may be empty.
func bare(status int, body string) answer {
	return answer{status: status, requestID: requestID, body: body}
}

// app is the form of Customer.io's App API; pointer is the field at fault, if any. In place of a request ID, it has a reference in its
// text.
func app(status int, detail, pointer string) answer {
	source := ""
	if pointer != "" {
		source = fmt.Sprintf(`,"source":{"pointer":%q}`, pointer)
	}
	return answer{status: status, body: fmt.Sprintf(`{"errors":[{"detail":%q,"status":"%d"%s}]}`, detail, status, source)}
}

// ims is the form of IMS, whose request ID is in another header.
func ims(status int, code, description string) answer {
	return answer{
		status: status, requestID: imsRequestID, header: http.Header{"X-Request-Id": nil, "X-Debug-Id": {imsRequestID}},
		body: fmt.Sprintf(`{"error":%q,"error_description":%q}`, code, description),
	}
}

const proxyPage = "<html>\n<head><title>502 Bad Gateway</title></head>\n<body><center><h1>502 Bad Gateway</h1></center>nginx</body>\n</html>\n"

func statusOf(code string) int {
	_, status, _ := strings.Cut(code, "-")
	number, err := strconv.Atoi(status)
	if err != nil {
		panic("no status in the code " + code)
	}
	return number
}
