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
			return nil, fmt.Errorf("%d pipelines have the name or the key %q. Use the ID:\n%s", len(meant), name, listed(meant))
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

// meantBy looks for an ID, else for names and keys together: a key may be another one's name, and then nobody knows which is meant.
func meantBy(all []discovery.Pipeline, name string) (meant []discovery.Pipeline) {
	for _, one := range all {
		if strings.EqualFold(one.Flow.ID, name) {
			return []discovery.Pipeline{one}
		}
		if one.Flow.Name == name || one.Key == name {
			meant = append(meant, one)
		}
	}
	return meant
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
