package provider

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// The checks serve the schema's validators and the values from the environment alike.

func checkURL(value string) error {
	parsed, err := url.Parse(value)
	if err != nil || parsed.Hostname() == "" {
		return errors.New("it is not an absolute URL, which begins with https://")
	}
	switch {
	case parsed.User != nil || parsed.RawQuery != "" || parsed.ForceQuery || strings.Contains(value, "#"):
		return errors.New("it has a user, a query or a fragment; paths are appended to it")
	case strings.HasSuffix(strings.TrimSuffix(parsed.Path, "/"), "/v1"):
		return errors.New("it ends with /v1, which the provider appends itself")
	case parsed.Scheme == "https":
		return nil
	case parsed.Scheme == "http" && attribute.IsLoopback(parsed.Hostname()):
		return nil
	case parsed.Scheme == "http":
		return errors.New("http is allowed on loopback only, since credentials would be sent in the clear")
	}
	return fmt.Errorf("its scheme is %q", parsed.Scheme)
}

func checkRegion(value string) error {
	if customerio.Regions[strings.ToLower(value)] == "" {
		return errors.New(`it is neither "us" nor "eu"`)
	}
	return nil
}

func checkTimeout(value string) error {
	_, err := parseTimeout(value)
	return err
}

// parseTimeout takes a duration, or a plain number of seconds.
func parseTimeout(value string) (time.Duration, error) {
	if _, err := strconv.ParseFloat(value, 64); err == nil {
		value += "s"
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

// checked is a validator that consists of one of these checks. As in the environment, "" is no value.
func checked(wants attribute.Wants, check func(string) error) validator.String {
	return attribute.Checked{Wants: wants, Quote: true, Check: func(value string) error {
		if value == "" {
			return nil
		}
		return check(value)
	}}
}

func checkBatching(value string) error {
	if value != batchingAuto && value != batchingOff {
		return errors.New("there is no other way")
	}
	return nil
}
