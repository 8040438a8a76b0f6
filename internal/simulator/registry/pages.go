package registry

import (
	"cmp"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/list"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/web"
)

// maxLimit is documented as the most that one page has.
const maxLimit = 300

// pageOf filters, sorts and cuts a list, and answers it with each body as it is to be shown. Documented: the next page
// starts strictly after the last value of the member that the list is ordered by.
func pageOf(r *web.Request, bodies []map[string]any, defaultOrder string, show func(map[string]any) any) (map[string]any, error) {
	asked := r.URL.Query()
	orderBy, after := cmp.Or(asked.Get("orderby"), defaultOrder), asked.Get("start")
	limit, err := list.Number(asked, "limit", maxLimit)
	if err != nil || limit < 1 {
		return nil, web.BadRequest("limit must be a positive number.")
	}
	where, err := list.Properties(asked["property"])
	if err != nil {
		return nil, err
	}
	query := list.Query[map[string]any]{
		Where: where, Order: list.Names(orderBy, orderValue), After: &after, Limit: min(limit, maxLimit),
	}
	page, results := query.Select(bodies), []any{}
	for _, body := range page.Items {
		results = append(results, show(body))
	}
	answer := map[string]any{
		"results": results, "_links": map[string]any{"next": nil},
		"_page": map[string]any{"orderby": orderBy, "next": nil, "count": len(results)},
	}
	if page.Next > 0 {
		next := document.String(query.Order[0].Of(page.Items[len(results)-1]))
		asked.Set("start", next)
		asked.Set("orderby", orderBy)
		document.Object(answer, "_page")["next"] = next
		document.Object(answer, "_links")["next"] = r.BaseURL() + r.URL.EscapedPath() + "?" + asked.Encode()
	}
	return answer, nil
}

// orderValue finds what a list is ordered by. Created and updated are kept in the metadata of resources.
func orderValue(name string) func(map[string]any) any {
	metadata := map[string]string{"created": "repo:createdDate", "updated": "repo:lastModifiedDate"}[name]
	return func(body map[string]any) any {
		if value, present := body[name]; present || metadata == "" {
			return value
		}
		return document.Member(body, "meta:registryMetadata", metadata)
	}
}

// acceptFormat is what the Accept header application/vnd.adobe.<kind>-<modifiers>+json asks for.
type acceptFormat struct {
	// kind is xed or xdm. It is empty for other media types.
	kind      string
	modifiers []string
	version   string
}

// The modifiers of lookups. Documented: id, notext, full and desc. The others are seen in a public client. That client asks for a flat form too,
// which no description has: it is refused like any other that is not available.
var (
	simulatedModifiers = []string{"id", "full"}
	otherModifiers     = []string{"notext", "desc", "deprecated", "deprecatefield"}
)

func (f acceptFormat) has(modifier string) bool { return slices.Contains(f.modifiers, modifier) }

// isSchemaFormat: the documentation lists the formats of xed, while the registry's own error message names xdm as its
// equal. They differ in the names of Adobe's own fields only, of which there are next to none here.
func (f acceptFormat) isSchemaFormat() bool { return f.kind == "xed" || f.kind == "xdm" }

// acceptOf reads the format and the version that a client asks for.
func acceptOf(r *web.Request) acceptFormat {
	first, _, _ := strings.Cut(r.Header.Get("Accept"), ",")
	mediaType, parameters, err := mime.ParseMediaType(first)
	format, vendor := strings.CutPrefix(mediaType, "application/vnd.adobe.")
	format, isJSON := strings.CutSuffix(format, "+json")
	if err != nil || !vendor || !isJSON {
		return acceptFormat{}
	}
	parts := strings.Split(format, "-")
	return acceptFormat{kind: parts[0], modifiers: parts[1:], version: parameters["version"]}
}

// listFormat is the short form or the whole one, without a version.
func listFormat(r *web.Request) (acceptFormat, error) {
	format := acceptOf(r)
	isShort := len(format.modifiers) == 1 && format.has("id")
	if !format.isSchemaFormat() || format.version != "" || !isShort && len(format.modifiers) > 0 {
		return acceptFormat{}, acceptProblem(r, "1006-400", "application/vnd.adobe.'{xed|xdm'}+json")
	}
	return format, nil
}

// lookupFormat has a version. Every resource here has the major version 1.
func lookupFormat(r *web.Request) (acceptFormat, error) {
	format := acceptOf(r)
	if !format.isSchemaFormat() || format.version == "" {
		return acceptFormat{}, acceptProblem(r, "1007-400",
			"application/vnd.adobe.'{xed|xdm'}+json; version=1 (Version should be specified)")
	}
	unavailable := web.Placeholder(http.StatusNotAcceptable,
		"The format or version "+r.Header.Get("Accept")+" is not available for this resource.")
	if major, _, _ := strings.Cut(format.version, "."); major != "1" {
		return acceptFormat{}, unavailable
	}
	for _, modifier := range format.modifiers {
		switch {
		case slices.Contains(otherModifiers, modifier):
			return acceptFormat{}, web.NotSimulated("the format %s of the Accept header", modifier)
		case !slices.Contains(simulatedModifiers, modifier):
			return acceptFormat{}, unavailable
		}
	}
	return format, nil
}

func acceptProblem(r *web.Request, code, valid string) error {
	return problem(code, "Accept header invalid", "The supplied Accept header is not valid: "+
		r.Header.Get("Accept")+" - A valid Accept value should look like "+valid)
}
