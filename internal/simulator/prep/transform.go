package prep

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/expression"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
)

// mappingError is an attribute that cannot be mapped. Documented: it is null, and the rest of the row is kept. The error
// is documented elsewhere.
type mappingError struct {
	mapping mapping
	err     error
}

func (e mappingError) Error() string {
	return "mapping to " + e.mapping.destination + ": " + e.err.Error()
}

// present is an error in the form that the description of validations and previews shares.
func (e mappingError) present() map[string]any {
	return map[string]any{
		"destination": e.mapping.destination,
		"source":      e.mapping.source,
		"sourceType":  e.mapping.sourceType,
		"exception":   e.err.Error(),
		"columnName":  e.mapping.source,
	}
}

// Map applies the version of a mapping set that a dataflow is pinned to. Documented: a row that is not valid XDM is not
// ingested, which here is one whose required field was mapped from nothing, or could not be, or one with a value that is not in the enum of its field. Required fields that no mapping names are let
// pass: Adobe's own tutorial of this source leaves them out. The other failures are attributes missing in the row.
func (s *Service) Map(sb *store.Sandbox, inlet store.Inlet, record map[string]any) (row map[string]any, failures []error, err error) {
	schemaID, _, known := sb.SchemaRef(inlet.DatasetID)
	if !known {
		return nil, nil, fmt.Errorf("there is no dataset %s", inlet.DatasetID)
	}
	set := sb.Find(store.KindMappingSet, inlet.MappingID)
	if set == nil || inlet.MappingVersion < 0 || inlet.MappingVersion >= len(set.Versions) {
		return nil, nil, fmt.Errorf("there is no version %d of the mapping set %s", inlet.MappingVersion, inlet.MappingID)
	}
	mappings, err := mappingsOf(set.Versions[inlet.MappingVersion], parseMapping)
	if err != nil {
		return nil, nil, err
	}
	schema, required, _ := s.Schema(sb, schemaID)
	row, mappingErrors := transform(mappings, schema, required, record, s.Store.Now())
	for _, failed := range mappingErrors {
		if _, isUnlisted := errors.AsType[unlistedError](failed.err); isUnlisted || slices.Contains(required, any(failed.mapping.destination)) {
			return nil, nil, failed
		}
		failures = append(failures, failed)
	}
	return row, failures, nil
}

// transform applies mappings to a record, and tells what is missing in the row and should be there.
func transform(mappings []mapping, schema map[string]any, required []any, record map[string]any, now time.Time) (row map[string]any, failures []mappingError) {
	row = map[string]any{}
	for _, one := range mappings {
		err := one.apply(row, schema, record, now)
		if err == nil && slices.Contains(required, any(one.destination)) && row[one.destination] == nil {
			err = errors.New("the field is required, and its source has no value")
		}
		if err != nil {
			failures = append(failures, mappingError{mapping: one, err: err})
		}
	}
	return row, failures
}

// apply writes into a row what the mapping makes of a record, in the form of the fields of the target schema. That a row takes nothing for
// which the schema has no field is inferred: only what is valid XDM is stored.
func (m mapping) apply(row, schema, record map[string]any, now time.Time) error {
	if err := m.refuseMissing(schema); err != nil {
		return err
	}
	values, err := m.values(record, now)
	if err != nil {
		return err
	}
	for _, found := range values {
		if found.value == nil {
			continue
		}
		value, err := conform(found.value, fieldAt(document.Object(schema, "properties"), found.path))
		if err != nil {
			return err
		}
		expression.Put(row, found.path, value)
	}
	return nil
}

// mappedValue is a value and the path that it goes to, in which no [*] is left.
type mappedValue struct {
	path  []expression.Step
	value any
}

// maxArrayIndex keeps a mapping to list[999999999] from filling the memory.
const maxArrayIndex = 9999

func (m mapping) values(record map[string]any, now time.Time) ([]mappedValue, error) {
	destination := expression.ParsePath(m.destination)
	if len(destination) == 0 {
		return nil, errors.New("the destination is empty")
	}
	for _, step := range destination {
		if index, _ := step.Index(); index > maxArrayIndex {
			return nil, fmt.Errorf("the index of the destination is larger than %d", maxArrayIndex)
		}
	}
	var source []expression.Step
	if m.sourceType == sourceAttribute {
		source = expression.ParsePath(m.source)
	}
	if countEach(source) != countEach(destination) {
		return nil, errors.New("source and destination do not have [*] equally often")
	}
	switch m.sourceType {
	case sourceAttribute:
		return eachValue(record, source, destination), nil
	case sourceStatic:
		return []mappedValue{{path: destination, value: m.source}}, nil
	default:
		value, err := expression.Evaluate(m.source, record, now)
		return []mappedValue{{path: destination, value: value}}, err
	}
}

func countEach(path []expression.Step) int {
	count := 0
	for _, step := range path {
		if step.IsEach() {
			count++
		}
	}
	return count
}

// eachValue copies what is at the source: a value, a whole array or a whole object, or, where both paths have [*],
// something of each element of an array. Documented for Data Prep's mapping sets. The guide to the Talon.One source
// shows that an element's value itself goes to the destination, though one example wraps it once more. Values are
// cloned, because later mappings may add to a copied object.
func eachValue(from any, source, destination []expression.Step) []mappedValue {
	at := slices.IndexFunc(source, expression.Step.IsEach)
	if at < 0 {
		value := document.CloneValue(document.Member(from, expression.Texts(source)...))
		return []mappedValue{{path: destination, value: value}}
	}
	elements, _ := document.Member(from, expression.Texts(source[:at])...).([]any)
	var values []mappedValue
	for i, element := range elements {
		path := slices.Clone(destination)
		path[slices.IndexFunc(path, expression.Step.IsEach)] = expression.Step{Text: strconv.Itoa(i), InArray: true}
		values = append(values, eachValue(element, source[at+1:], path)...)
	}
	return values
}
