package customerio

import "slices"

// Types of event fields.
const (
	FieldString  = "string"
	FieldInteger = "integer"
	FieldBoolean = "boolean"
)

// EventField is a single value that events carry.
type EventField struct {
	// Name is the last part of Source. No two fields share one.
	Name string
	// Source is the dotted path in the event, such as "data.identifiers.email".
	Source string
	// Type is one of the constants above.
	Type string
	// Description says what the value means and which events have it.
	Description string
}

// eventFields are all single values in the events of the vendor's description of August 2026. Two members are no single values
// and so not here: data.recipients, a list of devices in push events, and data.headers, a map with free keys in emails. Adobe
// documents that Data Prep does not support maps, and does not document how a mapping of type ATTRIBUTE copies a list of objects.
var eventFields = []EventField{
	{"event_id", "event_id", FieldString, "ID of the event, a ULID. Deliveries are repeated under the same ID."},
	{"object_type", "object_type", FieldString, "Kind of message, such as email. For changes of a subscription, the channel that caused it."},
	{"metric", "metric", FieldString, "What happened, such as sent."},
	{"timestamp", "timestamp", FieldInteger, "When it happened, in seconds since 1970."},
	{"customer_id", "data.customer_id", FieldString, "ID of the person. Deprecated by the vendor in favor of id."},
	{"email_address", "data.email_address", FieldString, "Email address of the person, in changes of a subscription."},
	{"id", "data.identifiers.id", FieldString, "ID of the person."},
	{"email", "data.identifiers.email", FieldString, "Email address of the person, where the workspace identifies people by it."},
	{"cio_id", "data.identifiers.cio_id", FieldString, "Customer.io's own ID of the person. Events of a webhook's test mode have none."},
	{"delivery_id", "data.delivery_id", FieldString, "ID of the message."},
	{"action_id", "data.action_id", FieldInteger, "Step of the campaign or broadcast that sent the message."},
	{"parent_action_id", "data.parent_action_id", FieldInteger, "Step that the step belongs to, such as a random cohort branch."},
	{"broadcast_id", "data.broadcast_id", FieldInteger, "API-triggered broadcast that sent the message."},
	{"trigger_id", "data.trigger_id", FieldInteger, "Which triggering of the broadcast it was."},
	{"campaign_id", "data.campaign_id", FieldInteger, "Campaign that sent the message."},
	{"trigger_event_id", "data.trigger_event_id", FieldString, "Event that triggered the campaign."},
	{"journey_id", "data.journey_id", FieldString, "The person's journey through the campaign or broadcast."},
	{"newsletter_id", "data.newsletter_id", FieldInteger, "Newsletter that sent the message."},
	{"content_id", "data.content_id", FieldInteger, "Variant of the newsletter."},
	{"transactional_message_id", "data.transactional_message_id", FieldInteger, "Transactional message that was sent."},
	{"recipient", "data.recipient", FieldString, "Address, number or channel that the message went to."},
	{"subject", "data.subject", FieldString, "Subject of an email."},
	{"content", "data.content", FieldString, "Body of the message, or the changed preferences. Only with with_content."},
	{"failure_message", "data.failure_message", FieldString, "Why the message failed."},
	{"href", "data.href", FieldString, "Link that was clicked."},
	{"link_id", "data.link_id", FieldInteger, "ID of the link that was clicked."},
	{"tracked_response", "data.tracked_response", FieldString, "Response to an in-app message."},
	{"inbound_event_id", "data.inbound_event_id", FieldString, "ID of a reply."},
	{"to", "data.to", FieldString, "Your number, which the reply was sent to."},
	{"proxied", "data.proxied", FieldBoolean, "Whether a proxy opened the email."},
	{"prefetched", "data.prefetched", FieldBoolean, "Whether the email was opened by a prefetch."},
	{"synthetic", "data.synthetic", FieldBoolean, "Whether the open was inferred from a click."},
	{"machine", "data.machine", FieldBoolean, "Whether a machine clicked the link."},
}

// EventFields are all single values that events carry, those of every event first.
func EventFields() []EventField { return slices.Clone(eventFields) }

// DefaultEventFields are the names of the seven fields that Adobe's guide to the source calls mandatory.
func DefaultEventFields() []string {
	return []string{"object_type", "id", "email", "event_id", "cio_id", "metric", "timestamp"}
}

// FindEventField finds a field by name.
func FindEventField(name string) (EventField, bool) {
	index := slices.IndexFunc(eventFields, func(field EventField) bool { return field.Name == name })
	if index < 0 {
		return EventField{}, false
	}
	return eventFields[index], true
}
