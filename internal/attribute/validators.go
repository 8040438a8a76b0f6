package attribute

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

const (
	wantsTrimmed = "must not be empty, nor begin or end with white space"
	leaveOut     = "; leave an optional attribute out where there is no value"
	wantsOneLine = wantsTrimmed + ", nor have line breaks or other control characters" + leaveOut
	wantsLines   = wantsTrimmed + ", nor have control characters other than line breaks and tabs" + leaveOut
)

var (
	// oneLine is the form of a name, and lines that of a text, which may be none.
	oneLine = regexp.MustCompile(`^[^\s\p{Cc}]([^\p{Cc}]*[^\s\p{Cc}])?$`)
	noLine  = regexp.MustCompile(`^$|` + oneLine.String())
	lines   = regexp.MustCompile(`^([^\s\p{Cc}]([^\p{Cc}]|[\n\r\t])*[^\s\p{Cc}]|[^\s\p{Cc}])?$`)
)

// OneLine refuses names that are empty, padded or broken: the services may trim them, and the plan would never be empty again.
func OneLine() validator.String { return stringvalidator.RegexMatches(oneLine, wantsOneLine) }

// NotBlank refuses texts without a letter. It is for those that may have been written elsewhere: see [OneLineUnlessHeld].
func NotBlank() validator.String {
	return Checked{Wants: wantsTrimmed + leaveOut, Quote: true, Check: func(value string) error {
		switch {
		case value == "":
			return errors.New("it is empty")
		case strings.TrimSpace(value) == "":
			return errors.New("it is blank")
		}
		return nil
	}}
}

// OneLineUnlessHeld is [OneLine] for names that change. One that the service holds as it is, as after an import, stays.
func OneLineUnlessHeld() planmodifier.String { return UnlessHeld(oneLine, wantsOneLine) }

// UnlessHeld requires a form of a text that changes. One that the service holds in another form, as after an import, stays.
func UnlessHeld(form *regexp.Regexp, wants string) planmodifier.String {
	return unlessHeld{Wants(wants), form}
}

type unlessHeld struct {
	Wants
	form *regexp.Regexp
}

func (m unlessHeld) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if text := req.ConfigValue; isKnown(text) && !text.Equal(req.StateValue) && !m.form.MatchString(text.ValueString()) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value", fmt.Sprintf("Attribute %s %s, got: %q", req.Path, m.Wants, text.ValueString()))
	}
}

// SampleUUID shows in messages what a UUID looks like.
const SampleUUID = "4982698b-e6b3-48c2-8dcf-040e20121fd2"

// idForm requires the form of the IDs of one kind of object.
type idForm struct {
	Wants
	form *regexp.Regexp
	// of is the kind of object, for messages about an ID in its form in the place of another one.
	of string
}

var (
	uuidForm = idForm{
		"must be a UUID such as " + SampleUUID, regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`), "connection or dataflow",
	}
	hex24Form  = idForm{"must be 24 hexadecimal digits such as 63ec807d3f5ce91bd2d06c65", regexp.MustCompile(`^[0-9a-fA-F]{24}$`), "dataset"}
	hex32Form  = idForm{"must be 32 hexadecimal digits such as 59c0e53a2dc84f7791ecc1b3d6e51d5e", regexp.MustCompile(`^[0-9a-fA-F]{32}$`), "mapping set"}
	numberForm = idForm{Wants: "must be a number such as 42", form: regexp.MustCompile(`^[1-9][0-9]*$`)}
	schemaForm = idForm{form: regexp.MustCompile(`^https://[^/]+/[^/]+/schemas/[^/]+$`), of: "schema"} // those of Adobe have others
)

// ValidateString leaves out values that are not known yet.
func (v idForm) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !isKnown(req.ConfigValue) || v.form.MatchString(req.ConfigValue.ValueString()) {
		return
	}
	id, advised := req.ConfigValue.ValueString(), ""
	for _, other := range []idForm{uuidForm, hex24Form, hex32Form, schemaForm} {
		if other.form.MatchString(id) {
			advised = fmt.Sprintf(". It has the form of the ID of a %s", other.of)
		}
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value", fmt.Sprintf("Attribute %s %s, got: %q%s", req.Path, v.Wants, id, advised))
}

// IsUUID tells whether an ID has the form that Flow Service assigns.
func IsUUID(id string) bool { return uuidForm.form.MatchString(id) }

// UUID requires an ID in the form that Flow Service assigns.
func UUID() validator.String { return uuidForm }

// Hex24 requires an ID in the form that Catalog assigns.
func Hex24() validator.String { return hex24Form }

// Hex32 requires an ID in the form that Data Prep assigns.
func Hex32() validator.String { return hex32Form }

// Number requires an ID in the form that Customer.io assigns.
func Number() validator.String { return numberForm }

// Wants is what a validator requires or a plan modifier does, in the two forms that the framework asks for.
type Wants string

// Description is the plain form.
func (w Wants) Description(context.Context) string { return string(w) }

// MarkdownDescription is the same text.
func (w Wants) MarkdownDescription(context.Context) string { return string(w) }

// Checked is a validator that consists of a check and a description of what it requires.
type Checked struct {
	Wants
	Check func(value string) error
	// Quote repeats the value in the error. It must not be secret.
	Quote bool
}

// ValidateString leaves out values that are not known yet.
func (v Checked) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !isKnown(req.ConfigValue) {
		return
	}
	value, got := req.ConfigValue.ValueString(), ""
	if v.Quote {
		got = fmt.Sprintf(", got %q", value)
	}
	if err := v.Check(value); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value", fmt.Sprintf("Attribute %s %s%s: %s.", req.Path, v.Wants, got, err))
	}
}

// JSONObject requires the text of a JSON object, which may be secret.
func JSONObject() validator.String {
	return Checked{Wants: "must be a JSON object, as jsonencode({…}) makes it", Check: func(value string) error {
		var object map[string]json.RawMessage
		if err := json.Unmarshal([]byte(value), &object); err != nil || object == nil {
			return errors.New("it is not")
		}
		return nil
	}}
}

// HTTPURL requires an absolute http or https URL, which may be secret.
func HTTPURL() validator.String {
	return Checked{Wants: "must be an absolute http:// or https:// URL", Check: checkHTTPURL}
}

func checkHTTPURL(value string) error {
	parsed, err := url.Parse(value)
	switch {
	case strings.TrimSpace(value) != value:
		return errors.New("it begins or ends with white space or a newline, which `trimspace(…)` removes")
	case err != nil:
		return errors.New("it cannot be parsed")
	case parsed.Scheme != "http" && parsed.Scheme != "https":
		return fmt.Errorf("its scheme is %q", parsed.Scheme)
	case parsed.Hostname() == "":
		return errors.New("it has no host")
	}
	return nil
}

// HTTPSURL requires an absolute https URL, which may be secret. On loopback, http will do.
func HTTPSURL() validator.String {
	return Checked{Wants: "must be an absolute https:// URL", Check: func(value string) error {
		if err := checkHTTPURL(value); err != nil {
			return err
		}
		if parsed, _ := url.Parse(value); parsed.Scheme == "http" && !IsLoopback(parsed.Hostname()) {
			return errors.New("its scheme is http, which is allowed on loopback only: others could read what is sent")
		}
		return nil
	}}
}

// IsLoopback tells whether a host is this machine.
func IsLoopback(host string) bool {
	address := net.ParseIP(host)
	return host == "localhost" || address != nil && address.IsLoopback()
}
