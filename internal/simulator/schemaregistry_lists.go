package simulator

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxResourceLimit is documented as the most that one page has.
const maxResourceLimit = 300

// listResources answers short summaries or whole resources, as the Accept header says.
func (s *Simulator) listResources(kind resourceType) platformHandler {
	return func(w http.ResponseWriter, r *http.Request, sb *sandbox) {
		container := r.PathValue("container")
		if container != containerTenant && container != containerGlobal {
			writeProblem(w, placeholderProblem(http.StatusNotFound, "There is no container "+container+"."))
			return
		}
		format, refusal := listFormat(r)
		if refusal != nil {
			writeProblem(w, refusal)
			return
		}
		bodies := []map[string]any{}
		for _, body := range resourcesIn(sb, kind, container) {
			bodies = append(bodies, cloneJSON(body))
		}
		page, refusal := pageOf(bodies, r.URL.Query(), "updated")
		if refusal != nil {
			writeProblem(w, refusal)
			return
		}
		results := []any{}
		for _, body := range page.bodies {
			results = append(results, s.presentResource(sb, body, format))
		}
		links := map[string]any{"next": page.nextURL(r)}
		if kind == schemaType {
			links["global_schemas"] = map[string]any{"href": baseURL(r) + schemaRegistryBase + "/global/schemas"}
		}
		writeJSON(w, http.StatusOK, map[string]any{"results": results, "_page": page.summary(), "_links": links})
	}
}

// registryPage is a part of a list.
type registryPage struct {
	bodies  []map[string]any
	orderBy string
	// next is where the next page starts: the last value of the first member in orderBy. It is null on the last.
	next any
}

func (p registryPage) summary() map[string]any {
	return map[string]any{"orderby": p.orderBy, "next": p.next, "count": len(p.bodies)}
}

func (p registryPage) nextURL(r *http.Request) any {
	if p.next == nil {
		return nil
	}
	query := r.URL.Query()
	query.Set("start", toText(p.next))
	query.Set("orderby", p.orderBy)
	return baseURL(r) + r.URL.EscapedPath() + "?" + query.Encode()
}

// pageOf filters, sorts and cuts a list.
func pageOf(bodies []map[string]any, query url.Values, defaultOrder string) (registryPage, *problem) {
	matches, refusal := propertyFilter(query["property"])
	if refusal != nil {
		return registryPage{}, refusal
	}
	limit, err := strconv.Atoi(orDefault(query.Get("limit"), strconv.Itoa(maxResourceLimit)))
	if err != nil || limit < 1 {
		return registryPage{}, placeholderProblem(http.StatusBadRequest, "limit must be a positive number.")
	}
	page := registryPage{orderBy: orDefault(query.Get("orderby"), defaultOrder)}
	bodies = slices.DeleteFunc(bodies, func(body map[string]any) bool { return !matches(body) })
	slices.SortStableFunc(bodies, func(a, b map[string]any) int { return compareByOrder(a, b, page.orderBy) })
	bodies = startingAfter(bodies, page.orderBy, query.Get("start"))
	page.cut(bodies, min(limit, maxResourceLimit))
	return page, nil
}

// cut takes the first bodies. Documented: a page may be longer than asked for, so that the next one, which starts
// strictly after the last value, misses none of several equal values.
func (p *registryPage) cut(bodies []map[string]any, limit int) {
	first, _, _ := strings.Cut(p.orderBy, ",")
	for limit < len(bodies) && compareByOrder(bodies[limit-1], bodies[limit], first) == 0 {
		limit++
	}
	if limit >= len(bodies) {
		p.bodies = bodies
		return
	}
	p.bodies = bodies[:limit]
	p.next = toText(orderValue(bodies[limit-1], strings.TrimPrefix(first, "-")))
}

// compareByOrder understands orderby=title,-version.
func compareByOrder(a, b map[string]any, orderBy string) int {
	for name := range strings.SplitSeq(orderBy, ",") {
		name, descending := strings.CutPrefix(name, "-")
		order := compareForOrder(orderValue(a, name), orderValue(b, name))
		if order == 0 {
			continue
		}
		if descending {
			return -order
		}
		return order
	}
	return 0
}

// orderValue finds what a list is ordered by. Created and updated are kept in the metadata of resources.
func orderValue(body map[string]any, name string) any {
	switch name {
	case "created":
		return orMember(body, name, "repo:createdDate")
	case "updated":
		return orMember(body, name, "repo:lastModifiedDate")
	default:
		return body[name]
	}
}

func orMember(body map[string]any, name, metadata string) any {
	if value, present := body[name]; present {
		return value
	}
	return member(body, "meta:registryMetadata", metadata)
}

func startingAfter(bodies []map[string]any, orderBy, start string) []map[string]any {
	if start == "" {
		return bodies
	}
	first, _, _ := strings.Cut(orderBy, ",")
	name, descending := strings.CutPrefix(first, "-")
	return slices.DeleteFunc(bodies, func(body map[string]any) bool {
		value := orderValue(body, name)
		order := strings.Compare(toText(value), start)
		if number, err := toNumber(start); err == nil && !isString(value) {
			order = compareForOrder(value, number)
		}
		if descending {
			order = -order
		}
		return order <= 0
	})
}
