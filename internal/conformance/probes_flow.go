package conformance

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// flowProbes are about the life of a dataflow.
var flowProbes = []Probe{
	{
		ID: "flow-create", Question: "What does the create of a dataflow answer?",
		Stated: "201 with id and etag", Basis: Documented, Sources: []string{"flow-api", "flow-cio"},
		Simulator: "201, etag and id", Files: []string{"internal/api/flowservice/flow.go", flowFile},
		account: adobe, observe: creating(dataflow, (*answer).withMembers),
	},
	{
		ID: "flow-first-read", Question: "In which state is a dataflow right after its create, and has it an inlet URL?",
		Stated: "nothing; the samples show that it is enabled about six seconds later", Basis: Inferred, Sources: []string{"flow-cio"},
		Simulator: "initializing, no inlet URL",
		Also: []string{"pending, no inlet URL", "inProgress, no inlet URL", "enabling, no inlet URL", "enabled, no inlet URL",
			"enabled, an inlet URL", "404, FLOW-1439-404", "404, no code"},
		Files:   []string{flowsAPIFile, statesFile},
		account: adobe, observe: on(dataflow, observeState),
	},
	{
		ID: "flow-inlet-appears", Question: "When does the inlet URL appear?",
		Stated: "some time after the create", Basis: Inferred, Sources: []string{"flow-cio-ui", "flow-cio"},
		Simulator: inSeconds, Also: []string{atOnce, inAMinute, inMinutes},
		Files:   []string{"internal/resource/dataflow/resource.go", flowsAPIFile, statesFile},
		account: adobe, observe: on(dataflow, func(ctx context.Context, s *session, flow *thing) (string, error) {
			return s.until(ctx, func() (bool, error) {
				received, err := s.read(ctx, flow)
				return err == nil && s.inlet(flow.whole(received)) != "", err
			})
		}),
	},
	{
		ID: "flow-inlet-form", Question: "Which form has the inlet URL?",
		Stated: "https://dcs.adobedc.net/collection/ and 64 hexadecimal digits", Basis: Documented, Sources: []string{"flow-cio"},
		Simulator: "/collection/ and 64 hexadecimal digits", Also: []string{"/collection/ and another ID"},
		Files:   []string{"internal/api/flowservice/webhookurl.go", "internal/simulator/flow/connections.go"},
		account: adobe, observe: on(dataflow, observeInletForm),
	},
	{
		ID: "flow-etag-changes", Question: "Is the etag of the create still the current one when the inlet is there?",
		Stated: "no, in the samples", Basis: Inferred, Sources: []string{"flow-cio"},
		Simulator: "another", Also: []string{"the same"}, Files: []string{"internal/api/flowservice/collection.go", statesFile},
		account: adobe, observe: on(dataflow, func(ctx context.Context, s *session, flow *thing) (string, error) {
			current, err := s.latest(ctx, flow)
			if err == nil && text(current, "etag") == text(flow.created.value, "etag") {
				return "the same", nil
			}
			return "another", err
		}),
	},
	{
		ID: "flow-listed", Question: "How late does the list show a new dataflow?",
		Basis: Inferred, Simulator: atOnce, Also: []string{inSeconds, inAMinute}, Files: []string{settlingFile},
		account: adobe, observe: on(dataflow, firstListed),
	},
	{
		ID: "flow-list-lacks", Question: "What does the list of dataflows leave out that a read has?",
		Stated: "nothing: both are lists of the same items", Basis: Documented, Sources: []string{"flow-api"},
		Simulator: "nothing", Files: []string{"internal/api/flowservice/list.go", "internal/api/flowservice/flow.go", "internal/simulator/flow/lists.go"},
		account: adobe, observe: on(dataflow, listed),
	},
	{
		ID: "flow-mapping-version", Question: "Of which type is mappingVersion in a read?",
		Stated: "a number in this source's samples, a text in others", Basis: Documented, Sources: []string{"flow-cio", "flow-update"},
		Simulator: "a number", Also: []string{"a text"}, Files: []string{"internal/api/flowservice/flow.go", "internal/simulator/flow/flows.go"},
		account: adobe, observe: on(dataflow, observeMappingVersion),
	},
	{
		ID: "flow-missing-mapping", Question: "What is the answer to a dataflow with a version of a mapping set that does not exist?",
		Stated: "400 with FLOW-1412-400", Basis: Documented, Sources: []string{"flow-errors"},
		Simulator: "400, FLOW-1412-400", Files: []string{"internal/advice/flowservice.go", "internal/simulator/flow/flows.go"},
		account: adobe, observe: refusing(dataflowKind, "dataflow without a mapping", func(ctx context.Context, s *session) (object, error) {
			return s.flow(ctx, "dataflow without a mapping", 99)
		}),
	},
	{
		ID: "flow-unknown", Question: "What is the answer for a dataflow that does not exist?",
		Stated: "404 with FLOW-1439-404, or in an older form without a code", Basis: Documented, Sources: []string{"flow-labels", "flow-destinations"},
		Simulator: "404, FLOW-1439-404", Also: []string{"404, no code", "404, FLOW-1101-404"}, Files: []string{missingFile, flowFile},
		account: adobe, observe: reading(get(dataflowKind.collection+"/"+someUUID), (*answer).outcome),
	},
	{
		ID: "flow-enable-enabled", Question: "What is the answer to the enabling of a dataflow that is enabled?",
		Stated: "1422-400 refuses what cannot be applied on the current state", Basis: Inferred, Sources: []string{"flow-errors"},
		Simulator: "400, FLOW-1422-400", Also: []string{"200"}, Files: []string{flowsAPIFile, statesFile},
		account: adobe, observe: on(dataflow, func(ctx context.Context, s *session, flow *thing) (string, error) {
			received, err := s.act(ctx, flow, "enable")
			if err != nil {
				return "", err
			}
			return received.outcome(), nil
		}),
	},
	{
		ID: "flow-disable", Question: "Does a disable keep the inlet URL?",
		Basis: Inferred, Sources: []string{"flow-destinations"},
		Simulator: "200, disabled, inlet URL stays", Files: []string{"internal/resource/dataflow/plan.go", flowsAPIFile, statesFile},
		account: adobe, observe: observeAction("disable", "disabled"),
	},
	{
		ID: "flow-enable", Question: "Does an enable keep the inlet URL?",
		Basis: Inferred, Sources: []string{"flow-destinations"},
		Simulator: "200, enabled, inlet URL stays", Files: []string{"internal/resource/dataflow/plan.go", flowsAPIFile, statesFile},
		account: adobe, observe: observeAction("enable", stateEnabled),
	},
	{
		ID: "flow-new-mapping", Question: "Does a dataflow follow a new version of its mapping set, and keep the inlet URL?",
		Stated: "it follows by a PATCH; nothing of the inlet", Basis: Documented, Sources: []string{"flow-update"},
		Simulator: "200, version 1, inlet URL stays", Files: []string{"internal/resource/dataflow/plan.go", changeFile, patchFile},
		account: adobe, observe: on(dataflow, observeNewMapping),
	},
	{
		ID: "source-delete-in-use", Question: "What is the answer to the delete of a connection that a dataflow uses?",
		Stated: "1447-400 speaks of active flows that contain an ID", Basis: Inferred, Sources: []string{"flow-errors"},
		Simulator: "400, FLOW-1447-400", Also: []string{"400, FLOW-1418-400"},
		Files:   []string{"internal/api/flowservice/collection.go", statesFile},
		account: adobe, observe: on(dataflow, func(ctx context.Context, s *session, _ *thing) (string, error) {
			return deleting(sourceConnection)(ctx, s)
		}),
	},
	{
		ID: "flow-delete", Question: "What does the delete of a dataflow answer?",
		Stated: "204 (description, tutorial) or 202 (destinations), without a body", Basis: Documented, Sources: []string{"flow-delete", "flow-destinations"},
		Simulator: "204, empty body", Also: []string{"202, empty body", "200, empty body"},
		Files:   []string{"internal/api/objects/removal.go", "internal/simulator/options.go"},
		account: adobe, observe: deleting(dataflow),
	},
	{
		ID: "flow-gone", Question: "How long after that is the dataflow not found any more?",
		Stated: "a read answers 404; not when", Basis: Inferred, Sources: []string{"flow-delete"},
		Simulator: inSeconds, Also: []string{atOnce, inAMinute, inMinutes}, Files: []string{"internal/api/objects/removal.go", statesFile},
		account: adobe, observe: on(dataflow, observeGone),
	},
}

// inlet is the inlet URL of a dataflow, which is a secret.
func (s *session) inlet(flow any) string {
	found := text(flow, "options", "inletUrl")
	s.secrets.learn(found)
	return found
}

// inletWords tells whether an inlet URL is another one than before.
func inletWords(before, after string) string {
	switch after {
	case "":
		return "inlet URL goes"
	case before:
		return "inlet URL stays"
	}
	return "inlet URL changes"
}

func observeState(ctx context.Context, s *session, flow *thing) (string, error) {
	received, err := s.read(ctx, flow)
	if err != nil || !received.isSuccess() {
		return received.outcomeOr(), err
	}
	current := flow.whole(received)
	if s.inlet(current) == "" {
		return text(current, "state") + ", no inlet URL", nil
	}
	return text(current, "state") + ", an inlet URL", nil
}

var inletForm = regexp.MustCompile(`^/collection/[0-9a-f]{64}$`)

func observeInletForm(ctx context.Context, s *session, flow *thing) (string, error) {
	current, err := s.latest(ctx, flow)
	if err != nil {
		return "", err
	}
	parsed, unreadable := url.Parse(s.inlet(current))
	switch {
	case unreadable != nil || parsed.Host == "":
		return "not a URL", nil //nolint:nilerr // that is the observation
	case parsed.RawQuery != "":
		return "with a query", nil
	case inletForm.MatchString(parsed.Path):
		return "/collection/ and 64 hexadecimal digits", nil
	case strings.HasPrefix(parsed.Path, "/collection/"):
		return "/collection/ and another ID", nil
	}
	return "another path", nil
}

func observeMappingVersion(ctx context.Context, s *session, flow *thing) (string, error) {
	current, err := s.latest(ctx, flow)
	if err != nil {
		return "", err
	}
	switch at(current, "transformations", "0", "params", "mappingVersion").(type) {
	case float64:
		return "a number", nil
	case string:
		return "a text", nil
	}
	return "none", nil
}

func (s *session) act(ctx context.Context, flow *thing, operation string) (*answer, error) {
	return s.adobe(ctx, call{method: http.MethodPost, path: flow.path() + "/action", query: url.Values{"op": {operation}}})
}

// observeAction enables or disables, and waits for the state.
func observeAction(operation, wanted string) observation {
	return on(dataflow, func(ctx context.Context, s *session, flow *thing) (string, error) {
		before, err := s.settled(ctx, flow)
		if err != nil {
			return "", err
		}
		received, err := s.act(ctx, flow, operation)
		if err != nil || !received.isSuccess() {
			return received.outcomeOr(), err
		}
		after := before
		took, err := s.until(ctx, func() (bool, error) {
			var err error
			after, err = s.current(ctx, flow)
			return text(after, "state") == wanted, err
		})
		if err != nil || took == tooLate {
			return fmt.Sprintf("%d, %s %s", received.status, wanted, took), err
		}
		return fmt.Sprintf("%d, %s, %s", received.status, wanted, inletWords(s.inlet(before), s.inlet(after))), nil
	})
}

// settled waits until nothing happens to a dataflow.
func (s *session) settled(ctx context.Context, flow *thing) (current any, err error) {
	took, err := s.until(ctx, func() (bool, error) {
		current, err = s.current(ctx, flow)
		return slices.Contains([]string{stateEnabled, "disabled"}, text(current, "state")), err
	})
	if took == tooLate {
		return nil, fmt.Errorf("the dataflow is still %q after all that time", text(current, "state"))
	}
	return current, err
}

func observeNewMapping(ctx context.Context, s *session, flow *thing) (string, error) {
	set, err := mappingSet(ctx, s)
	if err != nil {
		return "", err
	}
	before, err := s.settled(ctx, flow)
	if err != nil {
		return "", err
	}
	received, err := s.patch(ctx, flow, text(before, "etag"), object{"op": "replace", "path": "/transformations/0", "value": mapping(set.id, 1)})
	if err != nil || !received.isSuccess() {
		return received.outcomeOr(), err
	}
	after, err := s.settled(ctx, flow)
	if err != nil {
		return "", err
	}
	version := text(after, "transformations", "0", "params", "mappingVersion")
	return fmt.Sprintf("%d, version %s, %s", received.status, version, inletWords(s.inlet(before), s.inlet(after))), nil
}

// observeGone waits until a read by ID does not find the dataflow.
func observeGone(ctx context.Context, s *session, flow *thing) (string, error) {
	if !flow.deleted {
		return "", &errNotApplicable{"its delete was refused"}
	}
	return s.awaitGone(ctx, flow)
}
