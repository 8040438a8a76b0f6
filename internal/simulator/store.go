package simulator

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// The kinds of objects, as Objects, Update and Delete name them.
const (
	KindConnection       = "connection"
	KindSourceConnection = "sourceConnection"
	KindTargetConnection = "targetConnection"
	KindFlow             = "flow"
	KindMappingSet       = "mappingSet"
	KindDataSet          = "dataSet"
	KindSchema           = "schema"
	KindFieldGroup       = "fieldGroup"
	KindDescriptor       = "descriptor"
	KindReportingWebhook = "reportingWebhook"
)

// object is one thing that a client made. Its body is the JSON a service answers, or most of it.
type object struct {
	kind    string
	id      string
	home    *sandbox
	body    map[string]any
	created time.Time
	// versions are the bodies of all versions of a mapping set, by number.
	versions []map[string]any
	// hidden is what the service keeps but never answers, such as credentials.
	hidden map[string]any
}

func (o *object) name() string {
	for _, key := range []string{"name", "title"} {
		if name, ok := o.body[key].(string); ok {
			return name
		}
	}
	return ""
}

// sandbox is a separate universe of objects.
type sandbox struct {
	name, id string
	kinds    map[string][]*object
	catalog  catalogState
	runs     []*flowRun
}

func newSandbox(name, id string) *sandbox {
	return &sandbox{name: name, id: id, kinds: map[string][]*object{}}
}

// add stores a new object and returns it.
func (sb *sandbox) add(kind, id string, body map[string]any, created time.Time) *object {
	added := &object{kind: kind, id: id, home: sb, body: body, created: created, hidden: map[string]any{}}
	sb.kinds[kind] = append(sb.kinds[kind], added)
	return added
}

// find returns the object, or nil.
func (sb *sandbox) find(kind, id string) *object {
	for _, candidate := range sb.kinds[kind] {
		if candidate.id == id {
			return candidate
		}
	}
	return nil
}

// all returns the objects of a kind in the order of their creation.
func (sb *sandbox) all(kind string) []*object {
	return slices.Clone(sb.kinds[kind])
}

func (sb *sandbox) remove(gone *object) {
	sb.kinds[gone.kind] = slices.DeleteFunc(sb.kinds[gone.kind], func(o *object) bool { return o == gone })
}

// Object is a summary of one live object of any service.
type Object struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Name    string `json:"name"`
	Sandbox string `json:"sandbox,omitempty"`
}

// Objects lists every live object of every service. Tests assert that nothing is left.
func (s *Simulator) Objects() []Object {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	objects := []Object{}
	for _, sb := range s.everySandbox() {
		for _, kind := range sb.kindNames() {
			for _, o := range sb.kinds[kind] {
				objects = append(objects, Object{Kind: kind, ID: o.id, Name: o.name(), Sandbox: sb.name})
			}
		}
	}
	return objects
}

func (sb *sandbox) kindNames() []string {
	names := make([]string, 0, len(sb.kinds))
	for kind := range sb.kinds {
		names = append(names, kind)
	}
	slices.Sort(names)
	return names
}

func (s *Simulator) everySandbox() []*sandbox {
	sandboxes := []*sandbox{s.account}
	for _, name := range s.options.Sandboxes {
		sandboxes = append(sandboxes, s.sandboxes[name])
	}
	return sandboxes
}

// Update changes an object as somebody else would: behind the back of the client that made it, and with all that
// a change brings about, such as a new etag, a new version of a mapping set.
func (s *Simulator) Update(kind, id string, change func(body map[string]any)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	found, err := s.findAnywhere(kind, id)
	if err != nil {
		return err
	}
	if kind == KindMappingSet {
		s.addMappingSetVersion(found, change)
		return nil
	}
	change(found.body)
	if isFlowServiceKind(kind) {
		s.stamp(found)
		return nil
	}
	s.touchForeign(found)
	return nil
}

// Delete removes an object at once, whatever depends on it.
func (s *Simulator) Delete(kind, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	found, err := s.findAnywhere(kind, id)
	if err != nil {
		return err
	}
	found.home.remove(found)
	return nil
}

func (s *Simulator) findAnywhere(kind, id string) (*object, error) {
	for _, sb := range s.everySandbox() {
		if found := sb.find(kind, id); found != nil {
			return found, nil
		}
	}
	return nil, fmt.Errorf("there is no %s with id %q", kind, id)
}

// scheduledChange is the end of something asynchronous. It happens on the first call after it became due.
type scheduledChange struct {
	due    time.Time
	change func()
}

// later schedules a change for when the provisioning time is over.
func (s *Simulator) later(change func()) {
	s.scheduled = append(s.scheduled, scheduledChange{due: s.now().Add(s.options.Provisioning), change: change})
}

// settle makes all changes that are due, in the order in which they were scheduled.
func (s *Simulator) settle() {
	now := s.now()
	waiting := s.scheduled
	s.scheduled = nil
	for _, scheduled := range waiting {
		if scheduled.due.After(now) {
			s.scheduled = append(s.scheduled, scheduled)
			continue
		}
		scheduled.change()
	}
}

// cloneJSON copies a JSON object deeply, so that stored bodies are never shared with answers or requests.
func cloneJSON(body map[string]any) map[string]any {
	encoded, err := json.Marshal(body)
	if err != nil {
		panic("simulator: a stored body is not JSON: " + err.Error())
	}
	var clone map[string]any
	if err := json.Unmarshal(encoded, &clone); err != nil {
		panic("simulator: a stored body is not a JSON object: " + err.Error())
	}
	return clone
}
