package advice

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Objects that rows speak of, as [Attempt] names them.
const (
	baseConnection   = "base connection"
	sourceConnection = "source connection"
	targetConnection = "target connection"
	dataflow         = "dataflow"
	schema           = "schema"
	dataset          = "dataset"
	webhook          = "reporting webhook"
)

// sandboxName is the attribute of an object that names its sandbox.
const sandboxName = "sandbox_name"

// Table is what the errors of some services mean.
type Table struct {
	// Title and Intro, which may be empty, begin the table's section on the page.
	Title, Intro string
	// services are those whose errors the table explains; nil stands for all.
	services []string
	Rows     []Row
}

// Row is one kind of error: when it applies, which attribute is at fault, what it means and what to do. Of the rows that apply to
// an error, the first one counts.
type Row struct {
	// Codes are the service's codes, as it sends them. Answer stands beside or in place of them on the page, as in "`409`".
	Codes  []string
	Answer string
	// When, if any, recognizes an error by something else than a code.
	When func(error) bool
	// Verb and Object, if any, restrict the row to one verb or object.
	Verb, Object string
	// At is the path of the attribute at fault, by object. Fields are attributes by the name that the service gives them.
	At, Fields map[string]string
	// ofSandbox tells whether the name of the sandbox is at fault.
	ofSandbox bool
	// Meaning and Advice are sentences with the placeholders of [words]. A diagnostic has one after the other.
	Meaning, Advice string
}

// Services of Experience Platform, which share a gateway and sandboxes.
var platform = []string{flowservice.Service, dataprep.Service, catalog.Service, schemaregistry.Service}

// tables are in the order in which they are asked.
var tables = []Table{unclear, gateway, tokens, access, flows, registry, datasets, mappings, missing, app, anyService, unanswered}

// Tables are all tables, in the order of the page.
func Tables() []Table { return append(slices.Clone(tables[1:]), tables[0]) }

func find(a Attempt, err error) (Row, bool) {
	service := serviceOf(err)
	for _, table := range tables {
		if table.services != nil && (!slices.Contains(table.services, service) || isForeign(err)) {
			continue
		}
		for _, row := range table.Rows {
			if row.isFor(a, err) {
				return row, true
			}
		}
	}
	return Row{}, false
}

// isForeign tells whether a service did not write the answer, so that its own tables do not explain it. What gateways say of a sandbox is in
// the tables.
func isForeign(err error) bool {
	return refused(func(answer *transport.Error) bool { return answer.IsForeign() && answer.Status != http.StatusNotFound })(err)
}

func (r Row) isFor(a Attempt, err error) bool {
	if r.Verb != "" && r.Verb != a.Verb || r.Object != "" && r.Object != a.Object {
		return false
	}
	var refused *transport.Error
	if errors.As(err, &refused) && slices.Contains(r.Codes, refused.Code) {
		return true
	}
	return r.When != nil && r.When(err) || r.When == nil && r.field(err) != ""
}

// attribute is the path of the attribute at fault, empty if it is not known.
func (r Row) attribute(a Attempt, err error) string {
	if r.ofSandbox && a.InOwnSandbox {
		return sandboxName
	}
	if at, known := r.At[a.Object]; known {
		return at
	}
	return r.field(err)
}

// field is the attribute for the field that an error names.
func (r Row) field(err error) string {
	var refused *transport.Error
	var conflict *objects.ConflictError
	var named []string
	switch {
	case errors.As(err, &conflict):
		named = []string{conflict.Member}
	case errors.As(err, &refused):
		named = strings.Split(refused.Pointer, "/") // "/data/attributes/endpoint" or "/events/0"
	}
	for _, name := range slices.Backward(named) {
		if attribute, known := r.Fields[name]; known {
			return attribute
		}
	}
	return ""
}

// refused makes a condition of one on the answer of a service.
func refused(is func(*transport.Error) bool) func(error) bool {
	return func(err error) bool {
		var answer *transport.Error
		return errors.As(err, &answer) && is(answer)
	}
}

func status(statuses ...int) func(error) bool {
	return func(err error) bool { return transport.HasStatus(err, statuses...) }
}

// says recognizes an answer by a part of its message.
func says(part string) func(error) bool {
	return refused(func(answer *transport.Error) bool {
		return strings.Contains(strings.ToLower(answer.Message), strings.ToLower(part))
	})
}

// is recognizes an error by its type.
func is[E error](err error) bool {
	var found E
	return errors.As(err, &found)
}
