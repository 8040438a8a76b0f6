package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
)

// choose returns the pipelines that the names mean, all if there is no name, in the order of their keys.
func choose(all []discovery.Pipeline, names []string) (chosen []discovery.Pipeline, err error) {
	if len(names) == 0 {
		return all, nil
	}
	var ids []string
	for _, name := range names {
		meant := meantBy(all, name)
		switch {
		case len(meant) == 0:
			return nil, unknown(all, name)
		case len(meant) > 1:
			return nil, fmt.Errorf("%d pipelines have the name %q. Use a key or an ID:\n%s", len(meant), name, listed(meant))
		}
		ids = append(ids, meant[0].Flow.ID)
	}
	for _, one := range all {
		if slices.Contains(ids, one.Flow.ID) {
			chosen = append(chosen, one)
		}
	}
	return chosen, nil
}

// meantBy looks for an ID, else for a name, else for a key: a key may be another one's name.
func meantBy(all []discovery.Pipeline, name string) (meant []discovery.Pipeline) {
	for _, is := range []func(discovery.Pipeline) bool{
		func(p discovery.Pipeline) bool { return strings.EqualFold(p.Flow.ID, name) },
		func(p discovery.Pipeline) bool { return p.Flow.Name == name },
		func(p discovery.Pipeline) bool { return p.Key == name },
	} {
		for _, one := range all {
			if is(one) {
				meant = append(meant, one)
			}
		}
		if len(meant) > 0 {
			return meant
		}
	}
	return nil
}

// unknown suggests what may have been meant.
func unknown(all []discovery.Pipeline, name string) error {
	if len(all) == 0 {
		return fmt.Errorf("there is no pipeline %q: the sandbox has no dataflow from Customer.io. Check ADOBE_SANDBOX_NAME", name)
	}
	var known []string
	for _, one := range all {
		known = append(known, one.Flow.Name, one.Key)
	}
	near := advice.Nearest(name, known)
	likely := slices.DeleteFunc(slices.Clone(all), func(one discovery.Pipeline) bool {
		return !slices.Contains(near, one.Flow.Name) && !slices.Contains(near, one.Key)
	})
	if len(likely) > 0 {
		return fmt.Errorf("there is no pipeline %q. The nearest:\n%s", name, listed(likely))
	}
	return fmt.Errorf("there is no pipeline %q. The sandbox has:\n%s", name, listed(all))
}

// mostListed is how many pipelines an error lists.
const mostListed = 30

// listed has one pipeline a line.
func listed(pipelines []discovery.Pipeline) string {
	var lines strings.Builder
	for i, one := range pipelines {
		if i == mostListed {
			fmt.Fprintf(&lines, "\n  … and %d more", len(pipelines)-mostListed)
			break
		}
		fmt.Fprintf(&lines, "\n  %-32s %q (%s)", one.Key, one.Flow.Name, one.Flow.ID)
	}
	return lines.String()
}
