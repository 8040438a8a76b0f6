package flowservice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/adopt"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/poll"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	flows = "/flows"
	// mappingTransformation is the one name that a streaming dataflow's mapping may have (documented).
	mappingTransformation = "Mapping"
)

// States that a dataflow settles in.
const (
	StateEnabled  = "enabled"
	StateDisabled = "disabled"
	stateDraft    = "draft"
	// stateDeleting is the state of a dataflow that is as good as gone.
	stateDeleting = "delete-finalizing"
)

// Flow is a dataflow. State, Options and LastOperation are the service's: it refuses them on create.
type Flow struct {
	ID                  string           `json:"id"`
	Name                string           `json:"name"`
	Description         string           `json:"description"`
	FlowSpec            SpecRef          `json:"flowSpec"`
	SourceConnectionIDs []string         `json:"sourceConnectionIds"`
	TargetConnectionIDs []string         `json:"targetConnectionIds"`
	Transformations     []Transformation `json:"transformations"`
	State               string           `json:"state"`
	Options             struct {
		InletURL string `json:"inletUrl"`
	} `json:"options"`
	LastOperation lastOperation  `json:"lastOperation"`
	CreatedAt     jsonvalue.Time `json:"createdAt"`
}

type lastOperation struct {
	Operation string          `json:"operation"`
	Status    operationStatus `json:"status"`
}

type operationStatus struct {
	Value  string            `json:"value"`
	Errors []json.RawMessage `json:"errors"`
}

// UnmarshalJSON takes a status that is a text too: the documented one is an object.
func (s *operationStatus) UnmarshalJSON(raw []byte) error {
	type object operationStatus
	if json.Unmarshal(raw, (*object)(s)) != nil {
		return json.Unmarshal(raw, &s.Value)
	}
	return nil
}

// Transformation is a step of a dataflow; Customer.io's has one, named "Mapping".
type Transformation struct {
	Name   string     `json:"name"`
	Params MappingRef `json:"params"`
}

// MappingRef pins a dataflow to one version of a mapping set.
type MappingRef struct {
	MappingID      string            `json:"mappingId"`
	MappingVersion jsonvalue.Integer `json:"mappingVersion"`
}

// NewFlow is what a dataflow is created from.
type NewFlow struct {
	Name               string
	Description        string
	FlowSpec           SpecRef
	SourceConnectionID string
	TargetConnectionID string
	Mapping            MappingRef
}

// Mapping returns the mapping set that a dataflow uses, and false where it uses none.
func (f *Flow) Mapping() (MappingRef, bool) {
	index := mappingIndex(f.Transformations)
	if index < 0 {
		return MappingRef{}, false
	}
	return f.Transformations[index].Params, true
}

func mappingIndex(transformations []Transformation) int {
	for i, transformation := range transformations {
		if strings.EqualFold(transformation.Name, mappingTransformation) {
			return i
		}
	}
	return -1
}

// WebhookURL is the address that Customer.io posts to, empty while the dataflow has no streaming endpoint.
func (f *Flow) WebhookURL() string {
	if f.Options.InletURL == "" {
		return ""
	}
	return WebhookURL(f.Options.InletURL, f.ID)
}

// settled tells whether the service is done with what was last asked of the dataflow. Unknown states count as not
// settled: the documents name nine and hint at more.
func (f *Flow) settled() bool {
	switch strings.ToLower(f.State) {
	case StateEnabled, StateDisabled, stateDraft:
	default:
		return false
	}
	switch strings.ToLower(f.LastOperation.Status.Value) {
	case "in_progress", "inprogress", "queued", "scheduled":
		return false
	}
	return true
}

// failure is what went wrong with the last operation, or nil. What the service says of it may quote secrets.
func (f *Flow) failure(redact func(string) string) error {
	status := f.LastOperation.Status
	if !strings.Contains(strings.ToLower(status.Value), "fail") && !strings.EqualFold(f.State, "failed") {
		return nil
	}
	texts := []error{fmt.Errorf("%s reports that the operation %q ended as %q (the dataflow is %q)",
		Service, f.LastOperation.Operation, status.Value, f.State)}
	for _, raw := range status.Errors {
		texts = append(texts, errors.New(redact(string(raw))))
	}
	return &FailedError{errors.Join(texts...)}
}

// FailedError says that the service gave up on a dataflow, or on a change of it.
type FailedError struct{ cause error }

func (e *FailedError) Error() string { return e.cause.Error() }
func (e *FailedError) Unwrap() error { return e.cause }

// CreateFlow returns the id that the service assigned. The streaming endpoint follows later: see [Client.AwaitFlow].
func (c *Client) CreateFlow(ctx context.Context, flow NewFlow) (string, error) {
	body := flow.request()
	return c.create(ctx, flows, body, c.flowsLike(body))
}

// LeftFlow finds what a create with an unknown outcome made, and returns "" where that is nothing.
func (c *Client) LeftFlow(ctx context.Context, flow NewFlow, window adopt.Window) (string, error) {
	return c.register.Find(ctx, "dataflow", c.flowsLike(flow.request()), window)
}

func (n NewFlow) request() flowRequest {
	return flowRequest{
		Name:                n.Name,
		Description:         n.Description,
		FlowSpec:            n.FlowSpec,
		SourceConnectionIDs: []string{n.SourceConnectionID},
		TargetConnectionIDs: []string{n.TargetConnectionID},
		Transformations:     []Transformation{{Name: mappingTransformation, Params: n.Mapping}},
	}
}

func (c *Client) flowsLike(body flowRequest) adopt.Finder {
	return adopt.Among(
		func(ctx context.Context) ([]Flow, error) { return c.ListFlows(ctx, Filter{Name: body.Name}) },
		func(one *Flow) (string, time.Time) { return one.ID, one.CreatedAt.Time },
		body.isLike,
	)
}

func (r flowRequest) isLike(other *Flow) bool {
	mapping, _ := other.Mapping()
	return r.Name == other.Name && r.Description == other.Description && r.FlowSpec == other.FlowSpec &&
		slices.Equal(r.SourceConnectionIDs, other.SourceConnectionIDs) && slices.Equal(r.TargetConnectionIDs, other.TargetConnectionIDs) &&
		r.Transformations[0].Params == mapping
}

// flowRequest is the body of a create: the service refuses one that holds a state (1410-400).
type flowRequest struct {
	Name                string           `json:"name"`
	Description         string           `json:"description,omitempty"`
	FlowSpec            SpecRef          `json:"flowSpec"`
	SourceConnectionIDs []string         `json:"sourceConnectionIds"`
	TargetConnectionIDs []string         `json:"targetConnectionIds"`
	Transformations     []Transformation `json:"transformations"`
}

// Flow reads a dataflow. One that is being deleted is reported as not found.
func (c *Client) Flow(ctx context.Context, id string) (*Flow, error) {
	c.register.Own(id) // who asks for it has it
	return poll.Confirmed(ctx, func(ctx context.Context) (*Flow, error) { return c.flowOnce(ctx, id) })
}

func (c *Client) flowOnce(ctx context.Context, id string) (*Flow, error) {
	flow, err := getOnce[Flow](ctx, c, flows, id)
	if err == nil && strings.EqualFold(flow.State, stateDeleting) {
		return nil, &transport.Error{
			Service: Service, Method: http.MethodGet, Path: flows + "/" + id, Status: http.StatusNotFound, Structured: true,
			Message: "the dataflow is being deleted",
		}
	}
	return flow, err
}

// ListFlows lists the dataflows that a filter lets through.
func (c *Client) ListFlows(ctx context.Context, filter Filter) ([]Flow, error) {
	return list[Flow](ctx, c, flows, filter)
}

// AwaitFlow waits until a dataflow is settled and has its streaming endpoint. A dataflow that was just created may not be
// found for a moment, so a few 404s are tolerated.
func (c *Client) AwaitFlow(ctx context.Context, id string) (*Flow, error) {
	return c.await(ctx, id, func(flow *Flow) error {
		if flow.Options.InletURL == "" {
			return fmt.Errorf("the dataflow is %q and has no streaming endpoint yet", flow.State)
		}
		return nil
	})
}

// AwaitEndpoint reads a dataflow that exists, and waits only where it has no streaming endpoint yet.
func (c *Client) AwaitEndpoint(ctx context.Context, id string) (*Flow, error) {
	flow, err := c.Flow(ctx, id)
	if err != nil || flow.Options.InletURL != "" {
		return flow, err
	}
	return c.AwaitFlow(ctx, id)
}

// awaitSettled waits until the service is done with what was last asked of the dataflow.
func (c *Client) awaitSettled(ctx context.Context, id string) (*Flow, error) {
	return c.await(ctx, id, func(*Flow) error { return nil })
}

func (c *Client) awaitState(ctx context.Context, id, state string) (*Flow, error) {
	return c.await(ctx, id, func(flow *Flow) error {
		if !strings.EqualFold(flow.State, state) {
			return fmt.Errorf("the dataflow is %q, not yet %q", flow.State, state)
		}
		return nil
	})
}

func (c *Client) await(ctx context.Context, id string, missing func(*Flow) error) (*Flow, error) {
	var flow *Flow
	notFound := 0
	err := poll.Until(ctx, func(ctx context.Context) (bool, error, error) {
		var err error
		flow, err = c.flowOnce(ctx, id)
		if transport.IsNotFound(err) && notFound < attemptsOnConflict {
			notFound++
			return false, err, nil
		}
		if err != nil {
			return false, nil, err
		}
		if !flow.settled() {
			return false, fmt.Errorf("the dataflow is %q (operation %q)", flow.State, flow.LastOperation.Operation), flow.brokenOff(c.transport.Redact)
		}
		if err := flow.failure(c.transport.Redact); err != nil {
			return false, nil, err
		}
		pending := missing(flow)
		return pending == nil, pending, nil
	})
	return flow, err
}

// brokenOff is the failure of a dataflow that will not settle any more.
func (f *Flow) brokenOff(redact func(string) string) error {
	if strings.EqualFold(f.State, "failed") {
		return f.failure(redact)
	}
	return nil
}

// SetFlowState enables or disables a dataflow and waits until it is. The service does that by an action, which it refuses
// on create, and which it refuses too where the state is already the wanted one (1422-400).
//
// An action whose answer is lost, or that has no effect, is sent again once the dataflow is settled in the old state.
func (c *Client) SetFlowState(ctx context.Context, id, state string) error {
	for attempt := 0; ; attempt++ {
		flow, err := c.awaitSettled(ctx, id)
		if err != nil || strings.EqualFold(flow.State, state) {
			return err
		}
		err = c.act(ctx, id, state)
		if err != nil && !transport.IsAmbiguous(err) && !transport.HasCode(err, "1422-400") {
			return err
		}
		last := attempt >= c.transport.MaxRetries()
		waitErr := c.awaitEffect(ctx, id, state, last)
		switch {
		case waitErr == nil:
			return nil
		case last || ctx.Err() != nil || !errors.Is(waitErr, context.DeadlineExceeded):
			return joined(err, waitErr)
		}
	}
}

// joined is both errors in one line.
func joined(err, waitErr error) error {
	if err == nil {
		return waitErr
	}
	return fmt.Errorf("%w; %w", err, waitErr)
}

func (c *Client) act(ctx context.Context, id, state string) error {
	action := "enable"
	if state == StateDisabled {
		action = "disable"
	}
	_, err := c.transport.Do(ctx, transport.Request{
		Method: http.MethodPost, Path: flows + "/" + url.PathEscape(id) + "/action", Query: url.Values{"op": {action}},
	}, nil)
	return err
}

// takesEffect is how long an action may take to show, before it is sent again.
const takesEffect = 2 * time.Second

// awaitEffect waits for a state: for long after the last action, and else only as long as one takes to show.
func (c *Client) awaitEffect(ctx context.Context, id, state string, last bool) error {
	if !last {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, takesEffect)
		defer cancel()
	}
	_, err := c.awaitState(ctx, id, state)
	return err
}

// DeleteFlow waits until the dataflow is gone.
func (c *Client) DeleteFlow(ctx context.Context, id string) error {
	return c.remove(ctx, flows, id)
}
