package attribute

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Duration requires a duration that something can be done in. The validator of the library for timeouts takes zero and less, with which
// every operation ends before it begins.
func Duration() validator.String {
	return Checked{Wants: "must be a duration above zero, such as 30s or 10m", Quote: true, Check: func(value string) error {
		switch duration, err := time.ParseDuration(value); {
		case isNumber(value):
			return fmt.Errorf("it is not a duration, as it has no unit; write %ss", value)
		case err != nil && units.MatchString(value):
			return errors.New("it is too long")
		case err != nil:
			return errors.New("it is not a duration")
		case duration <= 0:
			return errors.New("it is not positive")
		}
		return nil
	}}
}

// units matches what has the form of a duration.
var units = regexp.MustCompile(`^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$`)

func isNumber(value string) bool {
	number, err := strconv.ParseFloat(value, 64)
	return err == nil && number > 0 // zero needs no unit
}
