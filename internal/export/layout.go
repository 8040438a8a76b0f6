package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
)

// this is the label of what there is one of in a module.
const this = "this"

// The files of a configuration, apart from one for each pipeline.
const (
	mainFile    = "main.tf"
	importsFile = "imports.tf"
	sharedFile  = "shared.tf"
)

// layout says which file has which part.
type layout struct {
	pipelines []*pipeline
	parts     []*part
	groups    []*group
	functions bool
	files     map[string]*hclwrite.File
}

// newLayout names the resources, and joins pipelines that are alike unless they are to be flat.
func newLayout(pipelines []*pipeline, functions, flat bool) *layout {
	l := &layout{pipelines: pipelines, functions: functions, files: map[string]*hclwrite.File{}}
	for _, p := range pipelines {
		for _, one := range p.parts() {
			if one.failure == nil && !slices.Contains(l.parts, one) {
				l.parts = append(l.parts, one)
			}
		}
	}
	l.label()
	if !flat {
		l.groups = l.alike()
	}
	return l
}

// label names every resource: "this" in a configuration of one pipeline, else by the key of its pipeline, or by its own name if it is shared.
func (l *layout) label() {
	taken := map[string]bool{}
	give := func(p *part, label string) {
		if taken[p.typeName+label] {
			id := discovery.Key(p.id)
			label += "_" + id[max(0, len(id)-12):]
		}
		taken[p.typeName+label], p.label = true, label
	}
	for _, p := range l.pipelines {
		key := short(p.Key)
		if len(l.pipelines) == 1 {
			key = this
		}
		for _, one := range p.own() {
			if one.kind != webhookKind || len(p.webhooks) == 1 {
				give(one, key)
				continue
			}
			own := short(keyOr(one.name, "webhook"))
			if len(l.pipelines) > 1 {
				own = key + "_" + own
			}
			give(one, own)
		}
	}
	for _, one := range l.parts {
		if one.isShared() {
			give(one, short(keyOr(one.name, "shared")))
		}
	}
}

// longest is how many characters of a name are enough.
const longest = 48

// short is the first words of a key.
func short(key string) string {
	if len(key) <= longest {
		return key
	}
	key = key[:longest]
	if end := strings.LastIndexByte(key, '_'); end > longest/2 {
		key = key[:end]
	}
	return strings.TrimSuffix(key, "_")
}

// keyOr is the key of a name, or another one for a name without a letter that keys have.
func keyOr(name, fallback string) string {
	if !strings.ContainsFunc(strings.ToLower(name), func(char rune) bool { return char >= 'a' && char <= 'z' || char >= '0' && char <= '9' }) {
		return fallback
	}
	return discovery.Key(name)
}

func (l *layout) file(name string) *hclwrite.Body {
	if l.files[name] == nil {
		l.files[name] = hclwrite.NewEmptyFile()
	}
	return l.files[name].Body()
}

// text is a file in the form of terraform fmt.
func (l *layout) text(name string) string { return string(hclwrite.Format(l.files[name].Bytes())) }

func (l *layout) texts() map[string]string {
	texts := map[string]string{}
	for name := range l.files {
		texts[name] = l.text(name)
	}
	return texts
}

// write writes all files.
func (l *layout) write() {
	l.settings(l.file(mainFile))
	root := &writer{functions: l.functions}
	for _, one := range l.parts {
		if one.isShared() {
			root.resource(spaced(l.file(sharedFile)), one)
		}
	}
	for _, p := range l.pipelines {
		if l.groupOf(p) != nil {
			continue
		}
		name := mainFile
		if len(l.pipelines) > 1 {
			name = l.fileOf(p)
		}
		for _, one := range p.own() {
			root.resource(spaced(l.file(name)), one)
		}
	}
	for _, group := range l.groups {
		l.module(group)
	}
	if len(l.pipelines) == 1 && l.pipelines[0].dataset.failure == nil {
		output := spaced(l.file(mainFile)).AppendNewBlock("output", []string{"dataset_id"})
		output.Body().SetAttributeRaw("value", dotted(datasetKind.typeName, this, "id"))
	}
	l.imports(l.file(importsFile))
}

// fileOf is the file of one pipeline of several. Some names are those of other files.
func (l *layout) fileOf(p *pipeline) string {
	name := p.flow.label
	if slices.Contains([]string{mainFile, importsFile, sharedFile, pipelinesFile}, name+".tf") || strings.HasSuffix(name, "_override") || name == "override" {
		name += "_dataflow"
	}
	return name + ".tf"
}

// spaced puts an empty line before what comes next, unless that comes first.
func spaced(body *hclwrite.Body) *hclwrite.Body {
	if len(body.BuildTokens(nil).Bytes()) > 0 {
		body.AppendNewline()
	}
	return body
}

// required is the constraint on Terraform: import blocks came with 1.5, and functions of providers with 1.8.
func (l *layout) required() string {
	if l.functions {
		return "1.8"
	}
	return "1.5"
}

func (l *layout) settings(body *hclwrite.Body) {
	terraform := body.AppendNewBlock("terraform", nil).Body()
	terraform.SetAttributeRaw("required_version", text(">= "+l.required()))
	requireProvider(terraform)
	block := hclwrite.Tokens{
		token(hclsyntax.TokenIdent, "provider"), token(hclsyntax.TokenOQuote, `"`), token(hclsyntax.TokenQuotedLit, "customerio"), token(hclsyntax.TokenCQuote, `"`),
		token(hclsyntax.TokenOBrace, "{"), token(hclsyntax.TokenCBrace, "}"), token(hclsyntax.TokenComment, "# credentials come from the environment\n"),
	}
	spaced(body).AppendUnstructuredTokens(block)
}

func requireProvider(terraform *hclwrite.Body) {
	required := terraform.AppendNewBlock("required_providers", nil).Body()
	required.SetAttributeRaw("customerio", tall([]member{{"source", text("customerio-source/customerio")}}))
}

// imports has one block for each object. Its ID is a literal, as Terraform 1.5 wants it.
func (l *layout) imports(body *hclwrite.Body) {
	addComment(body, fmt.Sprintf("%d objects to import. After the apply, this file has done its work, and you can delete it.", len(l.parts)))
	for _, one := range l.parts {
		to := dotted(one.typeName, one.label)
		if len(one.users) == 1 {
			if group := l.groupOf(one.users[0]); group != nil {
				to = group.instance(one)
			}
		}
		block := spaced(body).AppendNewBlock("import", nil).Body()
		block.SetAttributeRaw("to", to)
		block.SetAttributeRaw("id", text(one.id))
	}
}

// names are those of the files, in order.
func (l *layout) names() []string { return slices.Sorted(maps.Keys(l.files)) }

// index is ["key"].
func index(key string) hclwrite.Tokens {
	return slices.Concat(hclwrite.Tokens{token(hclsyntax.TokenOBrack, "[")}, hclwrite.TokensForValue(cty.StringVal(key)), hclwrite.Tokens{token(hclsyntax.TokenCBrack, "]")})
}
