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

// unknownEvent says that the event is not known, and which events may have been meant. If none is similar, it lists all.
func unknownEvent(name string) string {
	if names := advice.Nearest(name, customerio.Events()); len(names) > 0 {
		return fmt.Sprintf("%q is not a known event. The nearest are: %s", name, strings.Join(names, ", "))
	}
	return fmt.Sprintf("%q is not a known event. Known are: %s", name, strings.Join(customerio.Events(), ", "))
}

// unknownCategory says that there is no such category, which one may have been meant, and which there are.
func unknownCategory(name string) string {
	hint := ""
	if category := customerio.CategoryOf(name); category != "" {
		hint = fmt.Sprintf(": it is an event of the category %q. Write single events into the list themselves, without this function", category)
	} else if names := advice.Nearest(name, customerio.EventCategories()); len(names) > 0 {
		hint = fmt.Sprintf("; the nearest is %q", names[0])
	}
	return fmt.Sprintf("%q is not a category of events%s. The categories are: %s", name, hint, strings.Join(customerio.EventCategories(), ", "))
}
