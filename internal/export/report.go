package export

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
)

// progress tells how far the command is, at most a line a second for one step.
type progress struct {
	out   io.Writer
	mutex sync.Mutex
	doing string
	last  time.Time
}

func (p *progress) tell(doing string, step, of int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if doing == p.doing && step < of && time.Since(p.last) < time.Second {
		return
	}
	p.doing, p.last = doing, time.Now()
	say(p.out, "%s (%d of %d)\n", doing, step, of)
}

func (p *progress) reads(object string, step, of int) { p.tell("Reading "+object, step, of) }

// say writes to the terminal. If that is gone, nobody is there to be told.
func say(out io.Writer, format string, arguments ...any) {
	_, _ = fmt.Fprintf(out, format, arguments...)
}

// report is what the command tells at the end.
type report struct {
	sandbox string
	// looked tells whether webhooks were looked for.
	looked bool
	// left is what was not exported, notes what a reader of the configuration should know, and extras what the provider does not manage.
	left, notes, extras []string
	// refused is how many pipelines have all parts, and could not be exported.
	refused int
}

// whole leaves out pipelines that lost a part.
func (r *report) whole(found []discovery.Pipeline) (whole []discovery.Pipeline) {
	for _, one := range found {
		lost := []string{}
		for name, is := range map[string]bool{"mapping set": one.MappingSet == nil, "target connection": one.Target == nil} {
			if is {
				lost = append(lost, name)
			}
		}
		if one.Target != nil && one.Dataset == nil {
			lost = append(lost, "dataset")
		}
		if one.Dataset != nil && one.Schema == nil {
			lost = append(lost, "schema")
		}
		if len(lost) > 0 {
			slices.Sort(lost)
			r.leave("the pipeline %q (dataflow %s): its %s does not exist", one.Flow.Name, one.Flow.ID, strings.Join(lost, " and "))
			continue
		}
		whole = append(whole, one)
	}
	return whole
}

func (r *report) leave(format string, arguments ...any) {
	r.left = append(r.left, fmt.Sprintf(format, arguments...))
}

func (r *report) note(format string, arguments ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, arguments...))
}

// refuse is told of a pipeline with a part that cannot be a resource.
func (r *report) refuse(p *pipeline, failed *part) {
	r.refused++
	r.leave("the pipeline %q (dataflow %s), because of its %s %q: %s", p.Flow.Name, p.Flow.ID, failed.noun, failed.name, inLine(failed.failure))
}

// add adds what belongs to no pipeline, if all were asked for, and what is to be said of the parts.
func (r *report) add(estate *discovery.Estate, pipelines []*pipeline, all bool) {
	var told []*part
	for _, p := range pipelines {
		for _, one := range p.parts() {
			if !slices.Contains(told, one) {
				told = append(told, one)
				r.tellOf(one)
			}
		}
		if r.looked && len(p.Webhooks) == 0 {
			r.note("no webhook posts to the pipeline %q", p.Flow.Name)
		}
	}
	r.addExtras(pipelines)
	if !r.looked {
		r.note("webhooks were not looked for, because CUSTOMERIO_APP_API_KEY is not set")
	}
	if !all {
		r.addOthers(estate, pipelines)
		return
	}
	for _, one := range estate.Webhooks {
		r.leave("the webhook %q (%s): it posts to the dataflow %s, which this sandbox does not have", one.Name, one.ID, one.FlowID)
	}
	for _, one := range estate.Sources {
		r.leave("the source connection %q (%s): no dataflow uses it", one.Name, one.ID)
	}
	for _, one := range estate.Targets {
		r.leave("the target connection %q (%s): no dataflow uses it", one.Name, one.ID)
	}
}

// addOthers tells which pipelines that are not exported use what is.
func (r *report) addOthers(estate *discovery.Estate, pipelines []*pipeline) {
	var told []*part
	for _, p := range pipelines {
		for _, one := range []*part{p.schema, p.dataset, p.source, p.target, p.mappingSet} {
			if slices.Contains(told, one) || one.failure != nil {
				continue
			}
			told = append(told, one)
			var others []string
			for _, other := range estate.Pipelines {
				exported := slices.ContainsFunc(pipelines, func(is *pipeline) bool { return is.Key == other.Key })
				if !exported && slices.ContainsFunc(idsOf(other), func(id string) bool { return strings.EqualFold(id, one.id) }) {
					others = append(others, other.Key)
				}
			}
			if len(others) > 0 {
				r.note("the %s %q is also part of what is not exported here: %s", one.noun, one.name, strings.Join(others, ", "))
			}
		}
	}
}

// idsOf are the IDs of what several pipelines may have.
func idsOf(p discovery.Pipeline) []string {
	ids := []string{p.Source.ID}
	if p.Target != nil {
		ids = append(ids, p.Target.ID)
	}
	if p.MappingSet != nil {
		ids = append(ids, p.MappingSet.ID)
	}
	if p.Dataset != nil {
		ids = append(ids, p.Dataset.ID)
	}
	if p.Schema != nil {
		ids = append(ids, p.Schema.ID)
	}
	return ids
}

// tellOf says what is not as a reader would expect.
func (r *report) tellOf(p *part) {
	switch {
	case p.failure != nil && p.kind == webhookKind:
		r.leave("the webhook %q (%s): %s", p.name, p.id, inLine(p.failure))
		return
	case p.failure != nil:
		r.leave("the %s %q (%s), to which the configuration refers by its ID: %s", p.noun, p.name, p.id, inLine(p.failure))
		return
	}
	for _, warning := range p.warnings {
		r.note("the %s %q: %s", p.noun, p.name, warning)
	}
	if p.keepsEndpoint() {
		r.note("the endpoint of the webhook %q is another spelling of webhook_url of its dataflow, so the configuration leaves it out", p.name)
	}
	if p.isBehind() {
		r.note("the dataflow %q does not use the newest version of its mapping set", p.name)
	}
	if len(p.changes) > 0 {
		r.note("the %s %q: the first apply changes %s", p.noun, p.name, strings.Join(p.changes, ", "))
	}
}

// inLine is an error in one line. The summary of a diagnostic says less than its detail.
func inLine(err error) string {
	text := err.Error()
	if refused, is := errors.AsType[refusal](err); is {
		var details []string
		for _, one := range refused {
			details = append(details, one.Detail)
		}
		text = strings.Join(details, " ")
	}
	return strings.TrimSuffix(strings.Join(strings.Fields(text), " "), ".")
}

// serviceTags begin the names of tags that the service sets itself.
var serviceTags = []string{"acp_", "adobe/", "aep/", "unified"}

// addExtras tells of options of dataflows and tags of datasets, each once for all that have it.
func (r *report) addExtras(pipelines []*pipeline) {
	owners := map[string][]string{}
	add := func(extra string, p *part) {
		extra += " of the " + p.noun
		if owner := fmt.Sprintf("%q", p.name); p.failure == nil && !slices.Contains(owners[extra], owner) {
			owners[extra] = append(owners[extra], owner)
		}
	}
	for _, p := range pipelines {
		for _, option := range p.Flow.Options.Others {
			add("the option "+option, p.flow)
		}
		for _, tag := range slices.Sorted(maps.Keys(p.Dataset.Tags)) {
			if !slices.ContainsFunc(serviceTags, func(begin string) bool { return strings.HasPrefix(tag, begin) }) {
				add("the tag "+tag, p.dataset)
			}
		}
	}
	for _, extra := range slices.Sorted(maps.Keys(owners)) {
		if len(owners[extra]) == 1 {
			r.extras = append(r.extras, extra+" "+owners[extra][0])
		} else {
			r.extras = append(r.extras, extra+"s "+strings.Join(owners[extra], ", "))
		}
	}
}

// nothing is the end of an export of nothing.
func (r *report) nothing(out io.Writer) {
	say(out, "No pipeline of the sandbox %q can be exported. No file was written.\n", r.sandbox)
	r.lists(out)
}

func (r *report) lists(out io.Writer) {
	for _, one := range []struct {
		title string
		lines []string
	}{{"Not exported:", r.left}, {"Not managed by the provider, and left as it is:", r.extras}, {"Worth knowing:", r.notes}} {
		if len(one.lines) > 0 {
			say(out, "\n%s\n", one.title)
			for _, line := range one.lines {
				say(out, "  - %s\n", line)
			}
		}
	}
}

// mostFiles is how many files are named.
const mostFiles = 6

// done is the end of an export.
func (r *report) done(out io.Writer, folder string, l *layout) {
	files := strings.Join(l.names(), ", ")
	if len(l.names()) > mostFiles {
		files = counted(len(l.names()), "file")
	}
	say(out, "Exported %s of the sandbox %q to %s: %s.\n", counted(len(l.pipelines), "pipeline"), r.sandbox, folder, files)
	r.lists(out)
	changes := 0
	for _, one := range l.parts {
		if len(one.changes) > 0 {
			changes++
		}
	}
	say(out, "\nThe configuration needs Terraform %s or later. Next, in %s:\n\n  terraform init\n  terraform plan\n  terraform apply\n\n", l.required(), folder)
	say(out, "The plan must end with:\n\n  Plan: %d to import, 0 to add, %d to change, 0 to destroy.\n", len(l.parts), changes)
	if !l.functions {
		say(out, "\nTerraform before 1.8 may count the webhooks as changed, since it begins to keep their endpoints secret. Nothing is sent then.\n")
	}
}

func counted(number int, noun string) string {
	if number == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", number, noun)
}
