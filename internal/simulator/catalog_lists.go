package simulator

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// maxDatasetLimit is documented.
const maxDatasetLimit = 100

// datasetFilters are the query parameters that ask for an exact value of the member of the same name.
var datasetFilters = []string{
	"name", "description", "version", "created", "updated", "createdClient", "createdUser", "updatedUser",
	"enableErrorDiagnostics",
}

// listDatasets answers a map by id whose order is the order of the page.
func (s *Simulator) listDatasets(w http.ResponseWriter, r *http.Request, sb *sandbox) {
	query := r.URL.Query()
	start, limit, refusal := s.datasetPage(query)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	matches, refusal := datasetFilter(query)
	if refusal != nil {
		writeProblem(w, refusal)
		return
	}
	datasets := slices.DeleteFunc(sb.all(KindDataSet), func(dataset *object) bool { return !matches(dataset) })
	sortDatasets(datasets, query.Get("orderBy"))

	page := orderedObject{}
	for _, dataset := range datasets[min(start, len(datasets)):min(start+limit, len(datasets))] {
		page = append(page, orderedMember{dataset.id, presentDataset(dataset, query.Get("properties"))})
	}
	writeJSON(w, http.StatusOK, page)
}

func (s *Simulator) datasetPage(query url.Values) (start, limit int, refusal *problem) {
	limit = min(s.options.PageSize, maxDatasetLimit)
	for name, value := range map[string]*int{"start": &start, "limit": &limit} {
		if !query.Has(name) {
			continue
		}
		number, err := strconv.Atoi(query.Get(name))
		if err != nil || number < 0 {
			return 0, 0, placeholderProblem(http.StatusBadRequest, name+" must be a number, not "+query.Get(name)+".")
		}
		*value = number
	}
	if limit < 1 || limit > maxDatasetLimit {
		return 0, 0, placeholderProblem(http.StatusBadRequest, "limit must be between 1 and 100.")
	}
	return start, limit, nil
}

// datasetFilter makes one condition of all filters of a list.
func datasetFilter(query url.Values) (func(*object) bool, *problem) {
	property, refusal := propertyFilter(query["property"])
	if refusal != nil {
		return nil, refusal
	}
	return func(dataset *object) bool {
		for _, name := range datasetFilters {
			if query.Has(name) && toText(cloneJSON(dataset.body)[name]) != query.Get(name) {
				return false
			}
		}
		return hasTags(dataset, query.Get("tags")) && property(dataset.body)
	}, nil
}

// hasTags understands tags=name:value and tags=name:*, several separated by commas.
func hasTags(dataset *object, wanted string) bool {
	if wanted == "" {
		return true
	}
	for tag := range strings.SplitSeq(wanted, ",") {
		name, value, _ := strings.Cut(tag, ":")
		values, tagged := member(dataset.body, "tags", name).([]any)
		if !tagged || value != "*" && !slices.Contains(values, any(value)) {
			return false
		}
	}
	return true
}

// propertyExpression is one expression of a property parameter: a member, an operator, a value.
var propertyExpression = regexp.MustCompile(`^([^=!~<>]+)(==|!=|=~|~|<=|>=|=|<|>)(.*)$`)

// propertyFilter makes a condition of property expressions, all of which must hold: member==value, member!=value,
// member<value and the like, and member~regular expression. A member alone asks that it be there. Arrays match by any
// element.
func propertyFilter(parameters []string) (func(body map[string]any) bool, *problem) {
	var conditions []func(map[string]any) bool
	for _, parameter := range parameters {
		for expression := range strings.SplitSeq(parameter, ",") {
			condition, err := propertyCondition(expression)
			if err != nil {
				return nil, placeholderProblem(http.StatusBadRequest, "The property filter "+expression+" is invalid: "+err.Error())
			}
			conditions = append(conditions, condition)
		}
	}
	return func(body map[string]any) bool {
		return !slices.ContainsFunc(conditions, func(holds func(map[string]any) bool) bool { return !holds(body) })
	}, nil
}

func propertyCondition(expression string) (func(map[string]any) bool, error) {
	parts := propertyExpression.FindStringSubmatch(expression)
	if parts == nil {
		return func(body map[string]any) bool { return body[expression] != nil }, nil
	}
	name, operator, wanted := parts[1], parts[2], parts[3]
	equals := func(value any) bool { return toText(value) == wanted }
	if holds, ordered := filterOperators[operator]; ordered && operator != "==" {
		equals = func(value any) bool { return value != nil && holds(compareValues(value, wanted)) }
	}
	if strings.Contains(operator, "~") {
		pattern, err := regexp.Compile(wanted)
		if err != nil {
			return nil, err
		}
		equals = func(value any) bool { return pattern.MatchString(toText(value)) }
	}
	return func(body map[string]any) bool {
		found := lookup(cloneJSON(body), strings.Split(name, "."))
		values, isArray := found.([]any)
		if !isArray {
			values = []any{found}
		}
		return slices.ContainsFunc(values, equals) != (operator == "!=")
	}, nil
}

// sortDatasets understands orderBy=asc:created,updated and desc:name. Without it the oldest come first.
func sortDatasets(datasets []*object, orderBy string) {
	direction, names, directed := strings.Cut(orderBy, ":")
	if !directed {
		direction, names = "asc", orderBy
	}
	if names == "" {
		return
	}
	slices.SortStableFunc(datasets, func(a, b *object) int {
		for name := range strings.SplitSeq(names, ",") {
			order := compareForOrder(cloneJSON(a.body)[name], cloneJSON(b.body)[name])
			if order == 0 {
				continue
			}
			if direction == "desc" {
				return -order
			}
			return order
		}
		return 0
	})
}

// compareForOrder orders numbers as numbers, dates and texts each as such, and anything else by its text.
func compareForOrder(a, b any) int {
	if order, err := compareOperands(a, b); err == nil {
		return order
	}
	return strings.Compare(toText(a), toText(b))
}

// orderedObject is a JSON object whose members stay in order, which those of a Go map do not.
type orderedObject []orderedMember

type orderedMember struct {
	name  string
	value any
}

// MarshalJSON writes the members in order.
func (o orderedObject) MarshalJSON() ([]byte, error) {
	var encoded bytes.Buffer
	encoded.WriteByte('{')
	for i, member := range o {
		if i > 0 {
			encoded.WriteByte(',')
		}
		name, err := json.Marshal(member.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(member.value)
		if err != nil {
			return nil, err
		}
		encoded.Write(name)
		encoded.WriteByte(':')
		encoded.Write(value)
	}
	encoded.WriteByte('}')
	return encoded.Bytes(), nil
}
