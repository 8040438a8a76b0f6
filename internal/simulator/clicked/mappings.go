package clicked

// eventDate turns Unix seconds into the date of an event.
const eventDate = `dformat(${timestamp} * 1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX")`

// entry is a mapping: where from, where to, and whether the source is an expression or a literal.
type entry struct{ source, destination, sourceType string }

const (
	attribute  = "ATTRIBUTE"
	expression = "EXPRESSION"
	static     = "STATIC"
)

// class are the fields that every event needs.
var class = []entry{{"event_id", "_id", attribute}, {eventDate, "timestamp", expression}}

// byTheGuide maps what Adobe's guide to the source says. TENANT stands for the tenant's field.
func byTheGuide() []entry {
	return append(class[:2:2],
		entry{"object_type", "TENANT.object_type", attribute}, entry{"data.identifiers.id", "TENANT.id", attribute},
		entry{"data.identifiers.email", "TENANT.email", attribute}, entry{"event_id", "TENANT.event_id", attribute},
		entry{"data.identifiers.cio_id", "TENANT.cio_id", attribute}, entry{"metric", "TENANT.metric", attribute},
		entry{"timestamp", "TENANT.timestamp", attribute})
}

// byHand maps what somebody needed.
func byHand() []entry {
	return append(class[:2:2],
		entry{"lower(trim(data.identifiers.email))", "TENANT.email", expression}, entry{"upper(metric)", "TENANT.metric", expression},
		entry{`iif(object_type == "email", "e-mail", object_type)`, "TENANT.object_type", expression},
		entry{"data.identifiers.id", "TENANT.id", attribute})
}

// forMessages fills both field groups of the schema of messages.
func forMessages() []entry {
	return append(byTheGuide(),
		entry{"data.campaign_id", "TENANT.campaign_id", attribute}, entry{"data.delivery_id", "TENANT.delivery_id", attribute},
		entry{"data.recipient", "TENANT.recipient", attribute}, entry{"data.subject", "TENANT.subject", attribute},
		entry{"customer.io", "TENANT.channel", static})
}

// forCommerce has a literal with the signs that configurations give a meaning.
func forCommerce() []entry {
	return append(byTheGuide(), entry{`${brand} "A & B" %{x}\n`, "TENANT.brand", static}, entry{eventDate, "TENANT.received_at", expression})
}

// written is an entry in the newer of the two syntaxes.
func (e entry) written() object {
	return object{"sourceType": e.sourceType, "source": e.source, "destination": e.destination}
}

// writtenOld is an entry in the older one, which has literals in the newer one only.
func (e entry) writtenOld() object {
	old := object{"destinationXdmPath": e.destination, "identity": false, "version": 0}
	switch e.sourceType {
	case attribute:
		old["sourceAttribute"] = e.source
	case expression:
		old["sourceExpression"] = e.source
	default:
		return e.written()
	}
	return old
}
