package export

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// writer writes resources into one module.
type writer struct {
	// functions says whether the configuration may call the provider's functions.
	functions bool
	// inside are the parts in this module, nil for the root, which has all others.
	inside []*part
	// outside are the references to what is not in this module, by the variables that stand for them.
	outside map[string]reference
	// ambiguous is set where one variable would stand for two references.
	ambiguous bool
	// naming writes the names of a module's parts. If nil, they are literals.
	naming func(p *part, attribute string) hclwrite.Tokens
}

// nameAttributes are for people. Pipelines that differ in nothing else are alike.
var nameAttributes = []string{"title", "name", "description"}

// resource writes a part.
func (w *writer) resource(body *hclwrite.Body, p *part) {
	label := p.label
	if w.inside != nil {
		label = this
	}
	block := body.AppendNewBlock("resource", []string{p.typeName, label})
	for _, attribute := range p.written {
		comment := ""
		if attribute == "mapping_version" {
			comment = versionComment(p)
		}
		setAttribute(block.Body(), attribute, w.value(p, attribute), comment)
	}
	if p.keepsEndpoint() {
		addComment(block.Body(), "Without endpoint, the webhook keeps the one that it has: another spelling of webhook_url, and a secret.")
	}
}

// keepsEndpoint tells whether a webhook posts to its dataflow by another spelling of the URL.
func (p *part) keepsEndpoint() bool {
	return p.kind == webhookKind && !slices.Contains(p.written, "endpoint")
}

// isBehind tells whether a dataflow uses an older version of its mapping set.
func (p *part) isBehind() bool {
	_, refers := p.references["mapping_version"]
	return p.kind == flowKind && !refers
}

func versionComment(p *part) string {
	if p.isBehind() {
		return "the mapping set has a newer version, which the dataflow does not use"
	}
	return "follows each change of the mappings"
}

func (w *writer) value(p *part, attribute string) hclwrite.Tokens {
	if to, refers := p.references[attribute]; refers {
		return w.reference(attribute, to)
	}
	switch {
	case p.kind == mappingSetKind && attribute == "mappings":
		return w.mappings(p)
	case p.kind == webhookKind && attribute == "events":
		return eventsExpression(textsOf(p.attributes[attribute]), w.functions)
	case w.naming != nil && slices.Contains(nameAttributes, attribute):
		return w.naming(p, attribute)
	}
	return literal(p.attributes[attribute])
}

// mappings writes event_mappings where that is what they are.
func (w *writer) mappings(p *part) hclwrite.Tokens {
	if !w.functions || p.ready == nil {
		return allMappings(mappingsOf(p.attributes["mappings"]))
	}
	namespace := text(p.namespace)
	if to, refers := p.references["schema_id"]; refers {
		namespace = w.reference("tenant_namespace", reference{to.to, "tenant_namespace"})
	}
	return p.ready.expression(namespace)
}

// reference refers to an attribute of a part, by a variable where that is not in this module.
func (w *writer) reference(variable string, to reference) hclwrite.Tokens {
	switch {
	case w.inside == nil:
		return dotted(to.to.typeName, to.to.label, to.attribute)
	case slices.Contains(w.inside, to.to):
		return dotted(to.to.typeName, this, to.attribute)
	}
	if was, taken := w.outside[variable]; taken && was != to {
		w.ambiguous = true
	}
	w.outside[variable] = to
	return dotted("var", variable)
}

// setAttribute writes an attribute, with a comment behind it unless that is "".
func setAttribute(body *hclwrite.Body, name string, value hclwrite.Tokens, comment string) {
	if comment == "" {
		body.SetAttributeRaw(name, value)
		return
	}
	body.AppendUnstructuredTokens(slices.Concat(hclwrite.TokensForIdentifier(name), hclwrite.Tokens{token(hclsyntax.TokenEqual, "=")}, value,
		hclwrite.Tokens{token(hclsyntax.TokenComment, "# "+comment+"\n")}))
}

func addComment(body *hclwrite.Body, comment string) {
	body.AppendUnstructuredTokens(hclwrite.Tokens{token(hclsyntax.TokenComment, "# "+comment+"\n")})
}
