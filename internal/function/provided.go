// Package function holds the provider's functions, one file each. They need Terraform 1.8 or later, and no credentials.
package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
)

// provided is a function as the framework calls it.
type provided struct {
	name string
	// run returns the result, or what is wrong with an argument.
	run        func(context.Context, function.ArgumentsData) (any, *function.FuncError)
	definition function.Definition
}

func (p provided) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = p.name
}

func (p provided) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = p.definition
}

func (p provided) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	result, err := p.run(ctx, req.Arguments)
	if resp.Error = err; err == nil {
		resp.Error = resp.Result.Set(ctx, result)
	}
}

// described is the description of a function. The template of the pages divides it, so that the result has a section of its own.
func described(what, result string) string {
	return what + "\n\n**Return value.** " + result
}

func parameter(name, description string) function.StringParameter {
	return function.StringParameter{Name: name, MarkdownDescription: description}
}
