package simulator

// runningFlow is a flow as the streaming inlet sees it.
type runningFlow struct {
	id             string
	home           *sandbox
	state          string
	inletID        string
	datasetID      string
	mappingID      string
	mappingVersion int
}

// flowByID finds a flow in any sandbox: the inlet is not told the sandbox.
func (s *Simulator) flowByID(id string) (runningFlow, bool) {
	return s.findFlow(func(flow *object) bool { return flow.id == id })
}

// flowByInlet finds the flow that an inlet was made for.
func (s *Simulator) flowByInlet(inletID string) (runningFlow, bool) {
	return s.findFlow(func(flow *object) bool { return stringMember(flow.hidden, "inletId") == inletID })
}

func (s *Simulator) findFlow(matches func(*object) bool) (runningFlow, bool) {
	for _, sb := range s.everySandbox() {
		for _, flow := range sb.kinds[KindFlow] {
			if matches(flow) {
				return running(flow), true
			}
		}
	}
	return runningFlow{}, false
}

func running(flow *object) runningFlow {
	mappingID, version := flowMapping(flow.body)
	return runningFlow{
		id:             flow.id,
		home:           flow.home,
		state:          stateOf(flow),
		inletID:        stringMember(flow.hidden, "inletId"),
		datasetID:      stringMember(flow.hidden, "dataSetId"),
		mappingID:      mappingID,
		mappingVersion: version,
	}
}

func flowMapping(flow map[string]any) (id string, version int) {
	transformations, _ := flow["transformations"].([]any)
	if len(transformations) == 0 {
		return "", 0
	}
	transformation, _ := transformations[0].(map[string]any)
	version, _ = mappingVersion(member(transformation, "params", "mappingVersion"))
	return stringMember(transformation, "params", "mappingId"), version
}
