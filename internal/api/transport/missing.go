package transport

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// IsForeign tells whether the answer is a 4xx that the service did not write: it says nothing of the object, and nothing of the rights.
func (e *Error) IsForeign() bool { return e.Status/100 == 4 && e.Foreign }

// IsForeign tells whether err is an answer for which [Error.IsForeign] holds.
func IsForeign(err error) bool {
	answer, is := errors.AsType[*Error](err)
	return is && answer.IsForeign()
}

// sandboxCodes are the 404s of the Flow Service that mean the sandbox and not the object.
var sandboxCodes = []string{"2100-404", "2101-404", "2103-404", "2106-404"}

var (
	// sandboxUnknown is how services and gateways say that a sandbox does not exist. Only the Flow Service has codes for it.
	sandboxUnknown = regexp.MustCompile(`(?i)\bsandbox\b.*\b(not (be )?found|not (a )?valid|does(n't| not) exist|unknown|invalid)\b|` +
		`\b(no|unknown|invalid|find( the)?|non-?existent) sandbox\b`)
	// sandboxAsPlace is a sandbox that something else is, or is not, in.
	sandboxAsPlace = regexp.MustCompile(`(?i)\b(in|of|from|within) (the |this |your )?sandbox\b`)
)

// IsSandboxMissing tells whether err is a refusal that is about the sandbox, not about the object. Only those of the Flow Service have codes of
// their own, and the statuses differ.
func IsSandboxMissing(err error) bool {
	answer, is := errors.AsType[*Error](err)
	if !is {
		return false
	}
	switch answer.Status {
	case http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity:
		return slices.Contains(sandboxCodes, answer.ShortCode()) || answer.deniesSandbox()
	}
	return false
}

// deniesSandbox tells whether the message of an answer, of whatever status, is that there is no such sandbox. That an object is not in a
// sandbox is something else.
func (e *Error) deniesSandbox() bool {
	return sandboxUnknown.MatchString(sandboxAsPlace.ReplaceAllString(e.Message, ""))
}

// IsNotFound tells whether err says that the object asked for does not exist. A 404 about the sandbox, with a code or without, or one
// that the service did not write ([Form]), does not count: Terraform would drop a live object from its state. Without a code, a sandbox
// need only be mentioned.
func IsNotFound(err error) bool {
	answer, is := errors.AsType[*Error](err)
	if !is || answer.Status != http.StatusNotFound || answer.Foreign || slices.Contains(sandboxCodes, answer.ShortCode()) || answer.deniesSandbox() {
		return false
	}
	return answer.Code != "" || !strings.Contains(strings.ToLower(answer.Message), "sandbox")
}
