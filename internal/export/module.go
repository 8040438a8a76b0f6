package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

const pipelinesFile = "pipelines.tf"

// fewest is how many pipelines that are alike are worth a module.
const fewest = 3

// group is pipelines that are alike: they differ in names only. One module stands for all.
type group struct {
	// name is that of the module and its folder.
	name    string
	members []*pipeline
	// keys are the members' keys in the call of the module.
	keys []string
}

// alike finds the groups.
func (l *layout) alike() (groups []*group) {
	var forms []string
	byForm := map[string]*group{}
	for _, p := range l.pipelines {
		form, is := l.form(p)
		if !is {
			continue
		}
		if byForm[form] == nil {
			byForm[form] = &group{}
			forms = append(forms, form)
		}
		byForm[form].members = append(byForm[form].members, p)
	}
	for _, form := range forms {
		if one := byForm[form]; len(one.members) >= fewest {
			one.name = "pipeline"
			if len(groups) > 0 {
				one.name = fmt.Sprintf("pipeline_%d", len(groups)+1)
			}
			one.setKeys()
			groups = append(groups, one)
		}
	}
	return groups
}

// setKeys makes the keys of what the members' names differ in, unless two would be the same.
func (g *group) setKeys() {
	var long []string
	for i, base := range g.bases() {
		g.keys, long = append(g.keys, keyOr(base, g.members[i].Key)), append(long, g.members[i].Key)
	}
	if unique := slices.Compact(slices.Sorted(slices.Values(g.keys))); len(unique) < len(g.keys) {
		g.keys = long
	}
}

func (l *layout) groupOf(p *pipeline) *group {
	for _, group := range l.groups {
		if slices.Contains(group.members, p) {
			return group
		}
	}
	return nil
}

// form is a pipeline as a module would have it, without its names. A module has one resource of a type.
func (l *layout) form(p *pipeline) (form string, is bool) {
	w := l.inside(p)
	w.naming = func(_ *part, attribute string) hclwrite.Tokens { return text(attribute) }
	file := hclwrite.NewEmptyFile()
	for _, one := range p.own() {
		w.resource(file.Body(), one)
	}
	form = string(file.Bytes())
	for _, variable := range slices.Sorted(maps.Keys(w.outside)) {
		to := w.outside[variable]
		form += variable + " = " + to.to.address() + "." + to.attribute + "\n"
	}
	return form, !w.ambiguous && len(p.webhooks) <= 1
}

func (l *layout) inside(p *pipeline) *writer {
	return &writer{functions: l.functions, inside: p.own(), outside: map[string]reference{}}
}

// instance is the address of a part in the module.
func (g *group) instance(p *part) hclwrite.Tokens {
	key := g.keys[slices.Index(g.members, p.users[0])]
	return slices.Concat(dotted("module", g.name), index(key), hclwrite.Tokens{token(hclsyntax.TokenDot, ".")}, dotted(p.typeName, this))
}

// column is one name of each member.
type column struct {
	variable string
	values   []string
}

// naming writes the names of a module, and collects the variables that they need.
type naming struct {
	group   *group
	columns []column
}

// module writes a module, and the call of it for all members.
func (l *layout) module(g *group) {
	first := g.members[0]
	body := l.file(g.name + "/" + mainFile)
	requireProvider(body.AppendNewBlock("terraform", nil).Body())
	resources, naming, w := hclwrite.NewEmptyFile(), &naming{group: g}, l.inside(first)
	w.naming = naming.write
	for _, one := range first.own() {
		w.resource(spaced(resources.Body()), one)
	}
	outside := slices.Sorted(maps.Keys(w.outside))
	for _, one := range naming.columns {
		variable(body, one.variable, "string")
	}
	for _, name := range outside {
		kind := "string"
		if name == "mapping_version" {
			kind = "number"
		}
		variable(body, name, kind)
	}
	spaced(body).AppendUnstructuredTokens(resources.Body().BuildTokens(nil))

	call := spaced(l.file(pipelinesFile)).AppendNewBlock("module", []string{g.name}).Body()
	call.SetAttributeRaw("source", text("./"+g.name))
	call.SetAttributeRaw("for_each", naming.instances())
	for _, one := range naming.columns {
		call.SetAttributeRaw(one.variable, dotted("each", "value", one.variable))
	}
	root := &writer{functions: l.functions}
	for _, name := range outside {
		call.SetAttributeRaw(name, root.reference(name, w.outside[name]))
	}
}

func variable(body *hclwrite.Body, name, kind string) {
	spaced(body).AppendNewBlock("variable", []string{name}).Body().SetAttributeRaw("type", hclwrite.TokensForIdentifier(kind))
}

// instances are the members by their keys.
func (n *naming) instances() hclwrite.Tokens {
	var instances []member
	for i, key := range n.group.keys {
		var differences []member
		for _, one := range n.columns {
			differences = append(differences, member{one.variable, text(one.values[i])})
		}
		instances = append(instances, member{key, wide(differences)})
	}
	return tall(instances)
}

// write writes a name of the first member so that it is each member's: as it is if they share it, by var.name if it contains that, or by a variable
// of its own.
func (n *naming) write(p *part, attribute string) hclwrite.Tokens {
	values := n.values(p, attribute)
	if len(slices.Compact(slices.Clone(values))) == 1 {
		return text(values[0])
	}
	if len(n.columns) == 0 {
		n.columns = append(n.columns, column{"name", n.group.bases()})
	}
	for _, one := range n.columns {
		if before, after, is := around(values, one.values); is {
			return template(before, one.variable, after)
		}
	}
	name := strings.TrimPrefix(p.typeName, "customerio_") + "_" + attribute
	n.columns = append(n.columns, column{name, values})
	return dotted("var", name)
}

// values are one name of each member. The parts of members that are alike have the same order.
func (n *naming) values(p *part, attribute string) (values []string) {
	at := slices.Index(n.group.members[0].own(), p)
	for _, one := range n.group.members {
		values = append(values, one.own()[at].text(attribute))
	}
	return values
}

// bases are the names of the dataflows without the words at the end that all of them have.
func (g *group) bases() []string {
	var names, bases []string
	for _, one := range g.members {
		names = append(names, one.Flow.Name)
	}
	end := commonEnd(names)
	for _, one := range names {
		bases = append(bases, strings.TrimSuffix(one, end))
	}
	if slices.Contains(bases, "") {
		return names
	}
	return bases
}

// commonEnd is the words at the end that all names have, with what separates them from the rest.
func commonEnd(names []string) string {
	end := names[0]
	for _, one := range names {
		for !strings.HasSuffix(one, end) {
			_, size := utf8.DecodeRuneInString(end)
			end = end[size:]
		}
	}
	start := strings.IndexFunc(end, func(char rune) bool { return unicode.IsSpace(char) || char == '-' || char == '_' })
	if start < 0 {
		return ""
	}
	return end[start:]
}

// around is what all values have before and after the parts of them.
func around(values, parts []string) (before, after string, is bool) {
	before, after, is = strings.Cut(values[0], parts[0])
	for i := range values {
		is = is && values[i] == before+parts[i]+after
	}
	return before, after, is && parts[0] != ""
}

// template is the value of a variable with texts around it.
func template(before, variable, after string) hclwrite.Tokens {
	if before == "" && after == "" {
		return dotted("var", variable)
	}
	return hclwrite.Tokens{
		token(hclsyntax.TokenOQuote, `"`), token(hclsyntax.TokenQuotedLit, quoted(before)+"${var."+variable+"}"+quoted(after)), token(hclsyntax.TokenCQuote, `"`),
	}
}

// quoted is a text as it stands between quotation marks.
func quoted(value string) string {
	bytes := string(text(value).Bytes())
	return bytes[1 : len(bytes)-1]
}
