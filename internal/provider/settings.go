package provider

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

type configModel struct {
	Adobe          types.Object `tfsdk:"adobe"`
	CustomerIO     types.Object `tfsdk:"customerio"`
	RequestTimeout types.String `tfsdk:"request_timeout"`
	MaxRetries     types.Int64  `tfsdk:"max_retries"`
	ReadBatching   types.String `tfsdk:"read_batching"`
}

// settings reads one of the provider's objects: each attribute from the configuration, else from the environment, else the default. It
// remembers which ones are not known yet, and which required ones are missing.
type settings struct {
	block   string
	object  types.Object
	diags   *diag.Diagnostics
	missing []string
	unknown []string
}

// text returns a setting. check, if any, is for values from the environment; the schema has checked the others.
func (s *settings) text(name, fallback string, check func(string) error) string {
	if s.isUnknown(name) {
		return fallback
	}
	if value, ok := s.object.Attributes()[name].(types.String); ok && value.ValueString() != "" {
		s.refuseStray(name, "value of "+s.block+"."+name, value.ValueString())
		return value.ValueString()
	}
	variable := s.variable(name)
	value := os.Getenv(variable)
	s.refuseStray(name, "environment variable "+variable, value)
	if value == "" {
		return fallback
	}
	if check != nil {
		if err := check(value); err != nil {
			s.diags.AddAttributeError(path.Root(s.block).AtName(name), "Invalid environment variable",
				fmt.Sprintf("The environment variable %s, which stands for %s.%s, is not usable: %s.", variable, s.block, name, err))
		}
	}
	return value
}

// refuseStray refuses a value with characters that no setting has. The value may be a secret, so the error does not quote it.
func (s *settings) refuseStray(name, where, value string) {
	if strings.TrimSpace(value) == value && !strings.ContainsFunc(value, unicode.IsControl) {
		return
	}
	s.diags.AddAttributeError(path.Root(s.block).AtName(name), "Invalid provider setting", fmt.Sprintf(
		"The %s begins or ends with white space, or has a control character such as a newline in it. A secret that is read from a file "+
			"often ends with a newline: use `trimspace(file(…))`.", where))
}

// need returns a setting that has no default.
func (s *settings) need(name string, check func(string) error) string {
	value := s.text(name, "", check)
	if value == "" && !s.isUnknown(name) {
		s.missing = append(s.missing, fmt.Sprintf("%s.%s (environment variable %s)", s.block, name, s.variable(name)))
	}
	return value
}

func (s *settings) list(name string, fallback []string) []string {
	if s.isUnknown(name) {
		return fallback
	}
	if list, ok := s.object.Attributes()[name].(types.List); ok && !list.IsNull() {
		values, known := attribute.Texts(list)
		if !known {
			s.rememberUnknown(s.block + "." + name)
			return fallback
		}
		if values = slices.DeleteFunc(values, func(value string) bool { return value == "" }); len(values) > 0 {
			return values
		}
	}
	values := strings.FieldsFunc(os.Getenv(s.variable(name)), func(char rune) bool { return char == ',' || char == ' ' })
	if len(values) == 0 {
		return fallback
	}
	return values
}

func (s *settings) number(name string, fallback int64) int64 {
	if s.isUnknown(name) {
		return fallback
	}
	if value, ok := s.object.Attributes()[name].(types.Int64); ok && !value.IsNull() {
		return value.ValueInt64()
	}
	text := s.text(name, strconv.FormatInt(fallback, 10), checkPositive)
	if number, err := strconv.ParseInt(text, 10, 64); err == nil && number > 0 {
		return number
	}
	return fallback
}

func checkPositive(value string) error {
	if number, err := strconv.ParseInt(value, 10, 64); err != nil || number < 1 {
		return fmt.Errorf("%q is not a positive whole number", value)
	}
	return nil
}

func (s *settings) isUnknown(name string) bool {
	if s.object.IsUnknown() {
		s.rememberUnknown(s.block)
		return true
	}
	value, given := s.object.Attributes()[name]
	if !given || !value.IsUnknown() {
		return false
	}
	s.rememberUnknown(s.block + "." + name)
	return true
}

func (s *settings) rememberUnknown(name string) {
	if !slices.Contains(s.unknown, name) {
		s.unknown = append(s.unknown, name)
	}
}

// variable is the environment variable of an attribute: ADOBE_ORG_ID for adobe.org_id.
func (s *settings) variable(name string) string {
	return strings.ToUpper(s.block + "_" + name)
}
