package export

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/provider"
)

// engine plays Terraform's part against the provider, so that the configuration says what an import will find: the provider reads each object, and
// plans the configuration that was written for it.
type engine struct {
	*provider.Session
}

// refusal is an answer of the provider with errors.
type refusal []*tfprotov6.Diagnostic

func (r refusal) Error() string {
	var texts []string
	for _, one := range r {
		texts = append(texts, one.Summary+": "+one.Detail)
	}
	return strings.Join(texts, "\n\n")
}

// split separates the errors from the warnings, which may be none.
func split(found []*tfprotov6.Diagnostic) (warnings []*tfprotov6.Diagnostic, err error) {
	var refused refusal
	for _, one := range found {
		if one.Severity == tfprotov6.DiagnosticSeverityError {
			refused = append(refused, one)
		} else {
			warnings = append(warnings, one)
		}
	}
	if len(refused) > 0 {
		return warnings, refused
	}
	return warnings, nil
}

// object is what the state has of a resource after an import.
type object struct {
	state    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
	// attributes are the members of the state.
	attributes map[string]tftypes.Value
}

// errGone is the error of a read that finds nothing.
var errGone = errors.New("it does not exist any more")

// read imports an object and refreshes it, as an import block does.
func (e *engine) read(ctx context.Context, typeName, id string) (*object, []*tfprotov6.Diagnostic, error) {
	imported, err := e.Server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
	if err != nil {
		return nil, nil, err
	}
	if _, err := split(imported.Diagnostics); err != nil {
		return nil, nil, err
	}
	one := imported.ImportedResources[0]
	read, err := e.Server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: typeName, CurrentState: one.State, Private: one.Private, CurrentIdentity: one.Identity,
	})
	if err != nil {
		return nil, nil, err
	}
	warnings, err := split(read.Diagnostics)
	if err != nil {
		return nil, nil, err
	}
	found := &object{private: read.Private, identity: read.NewIdentity}
	if found.state, err = read.NewState.Unmarshal(e.Schemas.ResourceSchemas[typeName].ValueType()); err != nil {
		return nil, nil, err
	}
	if found.state.IsNull() {
		return nil, nil, errGone
	}
	return found, warnings, found.state.As(&found.attributes)
}

// change is what a plan makes of an imported object.
type change struct {
	// attributes are those that differ.
	attributes []string
	replaces   bool
	warnings   []*tfprotov6.Diagnostic
}

// plan plans an imported object with a configuration, which names what is not null.
func (e *engine) plan(ctx context.Context, typeName string, prior *object, config map[string]tftypes.Value) (*change, error) {
	kind := e.Schemas.ResourceSchemas[typeName].ValueType()
	proposed := map[string]tftypes.Value{}
	for _, attribute := range e.Schemas.ResourceSchemas[typeName].Block.Attributes {
		proposed[attribute.Name] = config[attribute.Name]
		if attribute.Computed && config[attribute.Name].IsNull() {
			proposed[attribute.Name] = prior.attributes[attribute.Name]
		}
	}
	request := &tfprotov6.PlanResourceChangeRequest{TypeName: typeName, PriorPrivate: prior.private, PriorIdentity: prior.identity}
	for value, into := range map[*tftypes.Value]**tfprotov6.DynamicValue{
		&prior.state: &request.PriorState, new(tftypes.NewValue(kind, config)): &request.Config, new(tftypes.NewValue(kind, proposed)): &request.ProposedNewState,
	} {
		dynamic, err := tfprotov6.NewDynamicValue(kind, *value)
		if err != nil {
			return nil, err
		}
		*into = &dynamic
	}
	validated, err := e.Server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: request.Config})
	if err != nil {
		return nil, err
	}
	if _, err := split(validated.Diagnostics); err != nil {
		return nil, err
	}
	planned, err := e.Server.PlanResourceChange(ctx, request)
	if err != nil {
		return nil, err
	}
	found := &change{}
	if found.warnings, err = split(planned.Diagnostics); err != nil {
		return nil, err
	}
	after, err := planned.PlannedState.Unmarshal(kind)
	if err != nil {
		return nil, err
	}
	return found, found.compare(prior, after, planned.RequiresReplace)
}

// compare names what differs after the plan.
func (c *change) compare(prior *object, after tftypes.Value, replace []*tftypes.AttributePath) error {
	var attributes map[string]tftypes.Value
	if err := after.As(&attributes); err != nil {
		return err
	}
	for name, value := range attributes {
		if !value.Equal(prior.attributes[name]) {
			c.attributes = append(c.attributes, name)
		}
	}
	for _, path := range replace {
		step, is := path.Steps()[0].(tftypes.AttributeName)
		for _, name := range c.attributes {
			c.replaces = c.replaces || is && name == string(step)
		}
	}
	return nil
}

// call calls one of the provider's functions, with texts.
func (e *engine) call(ctx context.Context, name string, arguments ...string) (tftypes.Value, error) {
	request := &tfprotov6.CallFunctionRequest{Name: name}
	for _, argument := range arguments {
		value, err := tfprotov6.NewDynamicValue(tftypes.String, tftypes.NewValue(tftypes.String, argument))
		if err != nil {
			return tftypes.Value{}, err
		}
		request.Arguments = append(request.Arguments, &value)
	}
	answer, err := e.Server.CallFunction(ctx, request)
	if err != nil {
		return tftypes.Value{}, err
	}
	if answer.Error != nil {
		return tftypes.Value{}, fmt.Errorf("function %s: %s", name, answer.Error.Text)
	}
	return answer.Result.Unmarshal(e.Schemas.Functions[name].Return.Type)
}
