package conformance

import (
	"context"
	"net/http"
	"slices"
	"strings"
)

const (
	addressesPath  = "/v1/info/ip_addresses"
	workspacesPath = "/v1/workspaces"
	noWebhook      = "/v1/reporting_webhooks/999999999"

	webhookFile    = "internal/api/customerio/webhook.go"
	cioWebhookFile = "internal/simulator/cio/webhooks.go"
	cioFile        = "internal/simulator/cio/cio.go"
	cioAdviceFile  = "internal/advice/customerio.go"
)

// webhookProbes are about Customer.io's App API.
var webhookProbes = []Probe{
	{
		ID: "cio-http2", Question: "Does Customer.io speak HTTP/2?",
		Basis: Inferred, Simulator: "HTTP/2.0", Also: []string{"HTTP/1.1"}, Files: []string{"internal/api/transport/connection.go"},
		account: customerIO, observe: observeProtocol(customerIO),
	},
	{
		ID: "cio-wrong-key", Question: "What is the answer to a wrong App API key?",
		Stated: "401; invalid_credentials is the example of a code", Basis: Documented, Sources: []string{"cio-api"},
		Simulator: "401, invalid_credentials", Also: []string{"401, no code"}, Files: []string{cioAdviceFile, cioFile},
		account: customerIO, observe: asking(changed(get(workspacesPath), "Authorization", "Bearer conformance"), (*answer).outcome),
	},
	{
		ID: "cio-workspaces", Question: "Does the key list the workspaces of the account?",
		Stated: "every key may", Basis: Documented, Sources: []string{"cio-api"},
		Simulator: "200, workspaces", Files: []string{"internal/api/customerio/account.go", cioFile},
		account: customerIO, observe: asking(get(workspacesPath), (*answer).withMembers),
	},
	{
		ID: "cio-addresses", Question: "Are the addresses of the senders told without a key?",
		Stated: "yes", Basis: Documented, Sources: []string{"cio-api"},
		Simulator: "200, ip_addresses", Files: []string{"internal/api/customerio/account.go", cioFile},
		account: customerIO, observe: asking(changed(get(addressesPath), "Authorization"), (*answer).withMembers),
	},
	{
		ID: "webhook-empty-list", Question: "What does the list of reporting webhooks answer if there are none?",
		Stated: "a list; clients met null", Basis: SeenInCode, Sources: []string{"cio-api"},
		Simulator: "null", Also: []string{"an empty list"}, Files: []string{webhookFile, cioWebhookFile},
		account: customerIO, observe: observeEmptyList,
	},
	{
		ID: "webhook-create", Question: "What does the create of a reporting webhook answer?",
		Stated: "200 with the webhook, not wrapped", Basis: Documented, Sources: []string{"cio-api"},
		Simulator: "200, with a number as ID", Also: []string{"201, with a number as ID"}, Files: []string{webhookFile, cioWebhookFile},
		account: customerIO, observe: creating(webhook, func(created *answer) string {
			if _, isNumber := created.at("id").(float64); isNumber {
				return created.outcome() + ", with a number as ID"
			}
			return created.outcome() + ", with another ID"
		}),
	},
	kept("webhook-type", "Of which type is a webhook that is created?", "webhook", "type", func(value any) string { return text(value) }),
	kept("webhook-endpoint", "Is the endpoint kept as it was sent, with its query?", "as sent", "endpoint", func(value any) string {
		if value == webhookEndpoint {
			return "as sent"
		}
		return "changed"
	}),
	kept("webhook-disabled", "Is a webhook disabled that is created with disabled?", "yes", "disabled", func(value any) string { return yesNo(value == true) }),
	{
		ID: "webhook-events", Question: "In which order are the events answered?",
		Basis: Inferred, Sources: []string{"cio-api"},
		Simulator: "in another order", Also: []string{"as sent"}, Files: []string{webhookFile, cioWebhookFile},
		account: customerIO, observe: on(webhook, observeEvents),
	},
	{
		ID: "webhook-first-read", Question: "Is a webhook found right after its create?",
		Basis: Inferred, Simulator: atOnce, Also: []string{inSeconds}, Files: []string{settlingFile},
		account: customerIO, observe: on(webhook, firstRead),
	},
	{
		ID: "webhook-listed", Question: "How late does the list show a new webhook?",
		Basis: Inferred, Simulator: atOnce, Also: []string{inSeconds, inAMinute}, Files: []string{settlingFile},
		account: customerIO, observe: on(webhook, firstListed),
	},
	{
		ID: "webhook-list-lacks", Question: "What does the list of webhooks leave out that a read has?",
		Stated: "nothing", Basis: Documented, Sources: []string{"cio-api"},
		Simulator: "nothing", Files: []string{webhookFile, cioWebhookFile},
		account: customerIO, observe: on(webhook, listed),
	},
	{
		ID: "webhook-same-name", Question: "May two webhooks have the same name and endpoint?",
		Stated: "nothing forbids it", Basis: Inferred, Sources: []string{"cio-api"},
		Simulator: "200, created", Files: []string{"internal/api/objects/creation.go", cioWebhookFile},
		account: customerIO, observe: refusing(webhookKind, "webhook", func(_ context.Context, s *session) (object, error) { return s.webhook("webhook"), nil }),
	},
	{
		ID: "webhook-unknown-event", Question: "What is the answer to an event that does not exist?",
		Stated: "400 for what is malformed", Basis: Inferred, Sources: []string{"cio-api"},
		Simulator: "400, bad_request", Also: []string{"400, no code", "422, no code"}, Files: []string{cioAdviceFile, "internal/resource/reportingwebhook/events.go", cioWebhookFile},
		account: customerIO, observe: refusing(webhookKind, "unknown event", func(_ context.Context, s *session) (object, error) {
			body := s.webhook("unknown event")
			body["events"] = []string{"slack_drafted", "slack_conformance"}
			return body, nil
		}),
	},
	{
		ID: "webhook-part", Question: "What does an update do that has the name alone?",
		Stated: "name, endpoint and events are required; the vendor's client sends any of them", Basis: SeenInCode, Sources: []string{"cio-api", "cio-node"},
		Simulator: "200, the rest stays", Also: []string{"400, no code", "400, bad_request", "422, no code"}, Files: []string{webhookFile, cioWebhookFile},
		account: customerIO, observe: on(webhook, observePart),
	},
	{
		ID: "webhook-errors", Question: "Is there a list of errors of a webhook?",
		Stated: "the vendor's client has the call", Basis: SeenInCode, Sources: []string{"cio-node"},
		Simulator: "200, errors", Files: []string{"internal/resource/webhookerrors/data_source.go", "internal/simulator/cio/errors.go"},
		account: customerIO, observe: on(webhook, func(ctx context.Context, s *session, made *thing) (string, error) {
			return asking(get(made.path()+"/errors"), (*answer).withMembers)(ctx, s)
		}),
	},
	{
		ID: "webhook-unknown", Question: "What is the answer for a webhook that does not exist?",
		Stated: "404", Basis: Documented, Sources: []string{"cio-api"},
		Simulator: "404, not_found", Also: []string{"404, no code"}, Files: []string{"internal/api/customerio/client.go", cioWebhookFile},
		account: customerIO, observe: asking(get(noWebhook), (*answer).outcome),
	},
	{
		ID: "webhook-delete", Question: "What does the delete of a webhook answer?",
		Stated: "200 with an empty body; the vendor's client says 204", Basis: Documented, Sources: []string{"cio-api", "cio-node"},
		Simulator: "204, empty body", Also: []string{"200, empty body"}, Files: []string{"internal/api/objects/removal.go", cioFile},
		account: customerIO, observe: deleting(webhook),
	},
	{
		ID: "webhook-delete-again", Question: "What does the delete of a webhook answer that is gone?",
		Stated: "404", Basis: Documented, Sources: []string{"cio-api"},
		Simulator: "404, not_found", Also: []string{"404, no code"}, Files: []string{"internal/api/objects/removal.go", cioWebhookFile},
		account: customerIO, observe: deleting(webhook),
	},
}

// asking observes one read of Customer.io's.
func asking(one call, describe func(*answer) string) observation {
	return func(ctx context.Context, s *session) (string, error) {
		received, err := s.customerIO(ctx, one)
		if err != nil {
			return "", err
		}
		return describe(received), nil
	}
}

// kept asks what became of a member in the answer to the create.
func kept(id, question, simulator, member string, describe func(any) string) Probe {
	return Probe{
		ID: id, Question: question, Stated: simulator, Basis: Documented, Sources: []string{"cio-api"}, Simulator: simulator,
		Files: []string{webhookFile, cioWebhookFile}, account: customerIO,
		observe: on(webhook, func(_ context.Context, _ *session, made *thing) (string, error) {
			return describe(made.created.at(member)), nil
		}),
	}
}

func observeEmptyList(ctx context.Context, s *session) (string, error) {
	received, err := s.customerIO(ctx, get(webhookKind.collection))
	if err != nil || !received.isSuccess() {
		return received.outcomeOr(), err
	}
	listed, isList := received.at("reporting_webhooks").([]any)
	switch {
	case len(listed) > 0:
		return "", &errNotApplicable{"the workspace has webhooks"}
	case isList:
		return "an empty list", nil
	case strings.Contains(string(received.body), `"reporting_webhooks":null`):
		return "null", nil
	}
	return received.withMembers(), nil
}

func observeEvents(_ context.Context, s *session, made *thing) (string, error) {
	sent, _ := s.webhook("webhook")["events"].([]string)
	var answered []string
	events, _ := made.created.at("events").([]any)
	for _, one := range events {
		answered = append(answered, text(one))
	}
	switch {
	case slices.Equal(sent, answered):
		return "as sent", nil
	case slices.Equal(slices.Sorted(slices.Values(sent)), slices.Sorted(slices.Values(answered))):
		return "in another order", nil
	}
	return "other events", nil
}

func observePart(ctx context.Context, s *session, made *thing) (string, error) {
	received, err := s.customerIO(ctx, call{method: http.MethodPut, path: made.path(), body: object{"name": s.title("webhook renamed")}})
	if err != nil || !received.isSuccess() {
		return received.outcomeOr(), err
	}
	after, err := s.read(ctx, made)
	if err != nil {
		return "", err
	}
	if text(after.value, "endpoint") == webhookEndpoint && after.at("disabled") == true {
		return received.outcome() + ", the rest stays", nil
	}
	return received.outcome() + ", the rest is reset", nil
}
