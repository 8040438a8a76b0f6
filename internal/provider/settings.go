package provider

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type configModel struct {
	Adobe          types.Object `tfsdk:"adobe"`
	CustomerIO     types.Object `tfsdk:"customerio"`
	RequestTimeout types.String `tfsdk:"request_timeout"`
	MaxRetries     types.Int64  `tfsdk:"max_retries"`
}

// settings reads one of the provider's objects: each attribute from the configuration, else from the environment, else the
// default. It remembers which ones are not known yet and which needed ones are missing.
type settings struct {
	block   string
	object  types.Object
	diags   *diag.Diagnostics
	missing []string
	unknown []string
}

// text returns a setting. check, if any, looks at values from the environment; the schema has looked at the others.
func (s *settings) text(attribute, fallback string, check func(string) error) string {
	if s.isUnknown(attribute) {
		return fallback
	}
	if value, ok := s.object.Attributes()[attribute].(types.String); ok && value.ValueString() != "" {
		return value.ValueString()
	}
	variable := s.variable(attribute)
	value := os.Getenv(variable)
	if value == "" {
		return fallback
	}
	if check != nil {
		if err := check(value); err != nil {
			s.diags.AddAttributeError(path.Root(s.block).AtName(attribute), "Invalid environment variable",
				fmt.Sprintf("The environment variable %s, which stands for %s.%s, is not usable: %s.", variable, s.block, attribute, err))
		}
	}
	return value
}

// need returns a setting that has no default.
func (s *settings) need(attribute string, check func(string) error) string {
	value := s.text(attribute, "", check)
	if value == "" && !s.isUnknown(attribute) {
		s.miss(attribute)
	}
	return value
}

func (s *settings) miss(attribute string) {
	s.missing = append(s.missing, fmt.Sprintf("%s.%s (environment variable %s)", s.block, attribute, s.variable(attribute)))
}

func (s *settings) list(attribute string, fallback []string) []string {
	if s.isUnknown(attribute) {
		return fallback
	}
	if list, ok := s.object.Attributes()[attribute].(types.List); ok && !list.IsNull() {
		var values []string
		for _, element := range list.Elements() {
			value, ok := element.(types.String)
			if !ok || value.IsUnknown() {
				s.rememberUnknown(s.block + "." + attribute)
				return fallback
			}
			values = append(values, value.ValueString())
		}
		return values
	}
	values := strings.FieldsFunc(os.Getenv(s.variable(attribute)), func(char rune) bool { return char == ',' || char == ' ' })
	if len(values) == 0 {
		return fallback
	}
	return values
}

func (s *settings) number(attribute string, fallback int64) int64 {
	if s.isUnknown(attribute) {
		return fallback
	}
	if value, ok := s.object.Attributes()[attribute].(types.Int64); ok && !value.IsNull() {
		return value.ValueInt64()
	}
	text := s.text(attribute, strconv.FormatInt(fallback, 10), checkPositive)
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

func (s *settings) isUnknown(attribute string) bool {
	if s.object.IsUnknown() {
		s.rememberUnknown(s.block)
		return true
	}
	value, given := s.object.Attributes()[attribute]
	if !given || !value.IsUnknown() {
		return false
	}
	s.rememberUnknown(s.block + "." + attribute)
	return true
}

func (s *settings) rememberUnknown(name string) {
	if !slices.Contains(s.unknown, name) {
		s.unknown = append(s.unknown, name)
	}
}

// variable is the environment variable of an attribute: ADOBE_ORG_ID for adobe.org_id.
func (s *settings) variable(attribute string) string {
	return strings.ToUpper(s.block + "_" + attribute)
}
