package flowservice

import (
	"cmp"
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
)

const runs = "/runs"

// Run is what came through a dataflow within a window of time.
type Run struct {
	ID string
	// Status is the service's word for the outcome, such as "success", "failed" or "inProgress".
	Status string
	// StartedAt and CompletedAt are zero if the service does not tell, CompletedAt also while the run goes on.
	StartedAt, CompletedAt time.Time
	// RecordsIn and RecordsFailed count records; nil if the service does not tell.
	RecordsIn, RecordsFailed *int64
	// Errors may exist even after a success (tutorial on monitoring).
	Errors []RunError
}

// RunError is one kind of error of a run.
type RunError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Failed tells whether nothing of the run arrived. The service's documents write the status in either case.
func (r Run) Failed() bool { return strings.EqualFold(r.Status, "failed") }

// runAnswer has the members of the tutorial on monitoring. The published description leaves the errors out.
type runAnswer struct {
	ID         string         `json:"id"`
	CreatedAt  jsonvalue.Time `json:"createdAt"`
	State      string         `json:"state"`
	Metrics    runMetrics     `json:"metrics"`
	Activities []struct {
		Status statusSummary `json:"statusSummary"`
	} `json:"activities"`
}

type runMetrics struct {
	Duration struct {
		StartedAt   jsonvalue.Time `json:"startedAtUTC"`
		CompletedAt jsonvalue.Time `json:"completedAtUTC"`
	} `json:"durationSummary"`
	Records struct {
		Input  *jsonvalue.Integer `json:"inputRecordCount"`
		Failed *jsonvalue.Integer `json:"failedRecordCount"`
	} `json:"recordSummary"`
	Status statusSummary `json:"statusSummary"`
}

// statusSummary holds what stopped an activity in Errors, and what became of single records in Extensions.
type statusSummary struct {
	Status     string     `json:"status"`
	Errors     []RunError `json:"errors"`
	Extensions struct {
		Errors []RunError `json:"errors"`
	} `json:"extensions"`
}

// ListRuns reads the newest runs of a dataflow, newest first. A dataflow that does not exist has none.
func (c *Client) ListRuns(ctx context.Context, flowID string, limit int) ([]Run, error) {
	query := url.Values{"property": {"flowId==" + flowID}, "orderby": {"-createdAt"}, "limit": {strconv.Itoa(limit)}}
	var answers []runAnswer
	for raw, err := range pages(c.transport, runs, query).Items(ctx) {
		if err != nil {
			return nil, err
		}
		var answer runAnswer
		if err := json.Unmarshal(raw, &answer); err != nil {
			return nil, c.transport.Unreadable(runs, "a run in it has an unexpected form: "+err.Error())
		}
		if answers = append(answers, answer); len(answers) == limit {
			break
		}
	}
	slices.SortStableFunc(answers, func(a, b runAnswer) int { return b.began().Compare(a.began()) })
	found := make([]Run, 0, len(answers))
	for _, answer := range answers {
		found = append(found, answer.run())
	}
	return found, nil
}

func (a runAnswer) began() time.Time {
	if a.Metrics.Duration.StartedAt.IsZero() {
		return a.CreatedAt.Time
	}
	return a.Metrics.Duration.StartedAt.Time
}

func (a runAnswer) run() Run {
	run := Run{
		ID: a.ID, Status: cmp.Or(a.Metrics.Status.Status, a.State),
		StartedAt: a.Metrics.Duration.StartedAt.Time, CompletedAt: a.Metrics.Duration.CompletedAt.Time,
		RecordsIn: (*int64)(a.Metrics.Records.Input), RecordsFailed: (*int64)(a.Metrics.Records.Failed),
	}
	run.addErrors(a.Metrics.Status)
	for _, activity := range a.Activities {
		run.addErrors(activity.Status)
	}
	return run
}

// addErrors takes each error once: the summary of a run repeats those of its activities.
func (r *Run) addErrors(status statusSummary) {
	for _, one := range slices.Concat(status.Errors, status.Extensions.Errors) {
		if !slices.Contains(r.Errors, one) {
			r.Errors = append(r.Errors, one)
		}
	}
}
