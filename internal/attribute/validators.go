package attribute

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Trimmed refuses texts that are empty or padded: the services may trim them, and the plan would never be empty again.
func Trimmed() validator.String {
	return stringvalidator.RegexMatches(regexp.MustCompile(`(?s)^\S(.*\S)?$`),
		"must not be empty, nor begin or end with white space; leave the attribute out where there is no value")
}

// UUID wants an id in the form that the Flow Service assigns.
func UUID() validator.String {
	return stringvalidator.RegexMatches(regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`),
		"must be a UUID such as 4982698b-e6b3-48c2-8dcf-040e20121fd2")
}

// Identifier wants an id whose exact form no document promises. It becomes a part of a path, where others could lead elsewhere.
func Identifier() validator.String {
	return stringvalidator.RegexMatches(regexp.MustCompile(`^[0-9A-Za-z_-]+$`), "must be an id: letters, digits, - and _ only")
}

// checkedString is a validator made of a check and a description of what it wants.
type checkedString struct {
	wants string
	check func(value string) error
}

func (v checkedString) Description(context.Context) string         { return v.wants }
func (v checkedString) MarkdownDescription(context.Context) string { return v.wants }

func (v checkedString) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := v.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value", fmt.Sprintf("Attribute %s %s: %s.", req.Path, v.wants, err))
	}
}

// JSONObject wants the text of a JSON object. The value is not repeated in the error: it may be secret.
func JSONObject() validator.String {
	return checkedString{"must be a JSON object, as jsonencode({…}) makes it", func(value string) error {
		var object map[string]json.RawMessage
		if err := json.Unmarshal([]byte(value), &object); err != nil || object == nil {
			return fmt.Errorf("it is not")
		}
		return nil
	}}
}

// HTTPURL wants an absolute http or https URL. The value is not repeated in the error: it may be secret.
func HTTPURL() validator.String {
	return checkedString{"must be an absolute http:// or https:// URL", func(value string) error {
		parsed, err := url.Parse(value)
		switch {
		case err != nil:
			return fmt.Errorf("it cannot be parsed")
		case parsed.Scheme != "http" && parsed.Scheme != "https":
			return fmt.Errorf("its scheme is %q", parsed.Scheme)
		case parsed.Hostname() == "":
			return fmt.Errorf("it has no host")
		}
		return nil
	}}
}

// Number wants an id in the form that Customer.io assigns.
func Number() validator.String {
	return stringvalidator.RegexMatches(regexp.MustCompile(`^[1-9][0-9]*$`), "must be a number such as 42")
}
