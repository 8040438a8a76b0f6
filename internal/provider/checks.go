package provider

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

// The checks serve the schema's validators and the values from the environment alike.

func checkURL(value string) error {
	parsed, err := url.Parse(value)
	if err != nil || parsed.Hostname() == "" {
		return errors.New("it is not an absolute URL")
	}
	switch {
	case parsed.Scheme == "https":
		return nil
	case parsed.Scheme == "http" && isLoopback(parsed.Hostname()):
		return nil
	case parsed.Scheme == "http":
		return errors.New("http is allowed on loopback only, since credentials would be sent in the clear")
	}
	return fmt.Errorf("its scheme is %q", parsed.Scheme)
}

func isLoopback(host string) bool {
	address := net.ParseIP(host)
	return host == "localhost" || address != nil && address.IsLoopback()
}

var sandboxName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

func checkSandbox(value string) error {
	if !sandboxName.MatchString(value) {
		return errors.New("only lower-case letters, digits and hyphens are allowed")
	}
	return nil
}

func checkRegion(value string) error {
	if customerio.Regions[value] == "" {
		return errors.New("there is no other region")
	}
	return nil
}

func checkTimeout(value string) error {
	_, err := parseTimeout(value)
	return err
}

// parseTimeout takes a duration, or a plain number of seconds.
func parseTimeout(value string) (time.Duration, error) {
	if seconds, err := strconv.Atoi(value); err == nil {
		value = strconv.Itoa(seconds) + "s"
	}
	timeout, err := time.ParseDuration(value)
	if err != nil {
		return 0, errors.New("it is not a duration")
	}
	if timeout <= 0 {
		return 0, errors.New("it is not positive")
	}
	return timeout, nil
}

// checked is a validator made of one of these checks.
type checked struct {
	wants string
	check func(string) error
}

func (v checked) Description(context.Context) string         { return v.wants }
func (v checked) MarkdownDescription(context.Context) string { return v.wants }

func (v checked) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	value := req.ConfigValue.ValueString()
	if err := v.check(value); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value",
			fmt.Sprintf("Attribute %s %s, got %q: %s.", req.Path, v.wants, value, err))
	}
}
