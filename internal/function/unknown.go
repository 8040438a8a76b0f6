package function

import (
	"fmt"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
)

// Messages end without a full stop: Terraform adds one.

// unknownField says that events have no such field, which field may have been meant, and which fields exist.
func unknownField(name string) string {
	near := ""
	if names := advice.Nearest(name, fieldNames()); len(names) > 0 {
		near = fmt.Sprintf("; the nearest is %q", names[0])
	}
	return fmt.Sprintf("%q is not a field of the events%s. Known are: %s", name, near, strings.Join(fieldNames(), ", "))
}

// unknownEvent says that there is no such event, and which events may have been meant. If none is similar, it lists all.
func unknownEvent(name string) string {
	if names := advice.Nearest(name, customerio.Events()); len(names) > 0 {
		return fmt.Sprintf("%q is not an event. The nearest are: %s", name, strings.Join(names, ", "))
	}
	return fmt.Sprintf("%q is not an event. Known are: %s", name, strings.Join(customerio.Events(), ", "))
}
