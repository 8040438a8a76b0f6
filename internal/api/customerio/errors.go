package customerio

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// ErrNotKept means that the API keeps no delivery errors of a webhook that exists.
var ErrNotKept = errors.New("the App API keeps no delivery errors of this webhook")

// DeliveryError is an event that did not reach the endpoint of a webhook.
type DeliveryError struct {
	// At is zero, Status nil and Event empty if the service does not tell.
	At     time.Time
	Status *int64
	Event  string
	// Message has no secrets: it may quote the endpoint.
	Message string
}

// DeliveryErrors lists the delivery errors of a webhook, newest first, or returns [ErrNotKept]. The webhook is read first unless this process knows
// it: nothing else tells one that does not exist from one without errors, and its endpoint must be known to be masked.
func (c *Client) DeliveryErrors(ctx context.Context, id string) ([]DeliveryError, error) {
	if err := c.ReportingWebhooks.Confirm(ctx, id); err != nil {
		return nil, err
	}
	path, err := c.ReportingWebhooks.PathOf(id)
	if err != nil {
		return nil, err
	}
	var answer deliveryErrors
	request := transport.Request{Method: http.MethodGet, Path: path + "/errors"}
	if err := c.transport.Do(ctx, request, &answer); transport.IsNotFound(err) {
		return nil, ErrNotKept
	} else if err != nil {
		return nil, err
	}
	if !answer.told {
		return nil, c.transport.Unreadable(request.Path, "it holds no list of errors")
	}
	for i := range answer.list {
		answer.list[i].Message = c.transport.Redact(answer.list[i].Message)
	}
	slices.SortStableFunc(answer.list, func(a, b DeliveryError) int { return b.At.Compare(a.At) })
	return answer.list, nil
}

// deliveryErrors is an answer that no description has: only that the call exists is known. A list alone is taken too.
type deliveryErrors struct {
	told bool
	list []DeliveryError
}

func (d *deliveryErrors) UnmarshalJSON(raw []byte) error {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) == nil {
		if raw, d.told = members["errors"]; !d.told {
			return nil
		}
	}
	d.told = true
	return json.Unmarshal(raw, &d.list)
}

// UnmarshalJSON takes an entry with the members that such entries usually have, or a text. One of any other form is shown as it is.
func (e *DeliveryError) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &e.Message) == nil {
		return nil
	}
	var entry struct {
		Timestamp instant                    `json:"timestamp"`
		CreatedAt instant                    `json:"created_at"`
		Status    *jsonvalue.OptionalInteger `json:"status"`
		Event     string                     `json:"event"`
		Message   string                     `json:"message"`
		Error     string                     `json:"error"`
		Detail    string                     `json:"detail"`
	}
	if other := json.Unmarshal(raw, &entry); other != nil {
		e.Message = string(raw)
		return nil //nolint:nilerr // the form is not documented, and whatever comes is shown
	}
	e.At, e.Event = entry.Timestamp.Time.Time, entry.Event
	if e.At.IsZero() {
		e.At = entry.CreatedAt.Time.Time
	}
	if entry.Status != nil && entry.Status.Told {
		e.Status = (*int64)(&entry.Status.Value)
	}
	e.Message = cmp.Or(entry.Message, entry.Error, entry.Detail, string(raw))
	return nil
}

// instant is a moment in seconds, as in Customer.io's events, or in a form that [jsonvalue.Time] takes.
type instant struct{ jsonvalue.Time }

// firstMilliseconds is a number from which on a moment is not in seconds: they would be those of the year 5138.
const firstMilliseconds = 100_000_000_000

func (i *instant) UnmarshalJSON(raw []byte) error {
	var seconds jsonvalue.Integer
	if seconds.UnmarshalJSON(raw) == nil && seconds > 0 && seconds < firstMilliseconds {
		i.Time = jsonvalue.Time{Time: time.Unix(int64(seconds), 0).UTC()}
		return nil
	}
	return i.Time.UnmarshalJSON(raw)
}
