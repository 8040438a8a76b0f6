package attribute

import (
	"errors"
	"regexp"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// SandboxName is the attribute that says in which sandbox an object of Adobe Experience Platform is.
const SandboxName = "sandbox_name"

// InSandbox is what the model of everything that is in a sandbox embeds.
type InSandbox struct {
	SandboxName types.String `tfsdk:"sandbox_name"`
}

// Sandbox is the sandbox, for those who know that a model has one, and not which model it is.
func (s *InSandbox) Sandbox() *types.String { return &s.SandboxName }

var sandboxName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// CheckSandbox checks the form of a sandbox's name.
func CheckSandbox(name string) error {
	if !sandboxName.MatchString(name) {
		return errors.New("only lower-case letters, digits and hyphens are allowed; the title of a sandbox is not its name")
	}
	return nil
}

// Sandbox is a validator of sandboxes' names.
func Sandbox() validator.String {
	return Checked{Wants: "must be the name of a sandbox, in lower case", Check: CheckSandbox, Quote: true}
}

// SandboxOfResource is the attribute for a resource.
func SandboxOfResource() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Name of the sandbox that the object is in (header `x-sandbox-name`). Default: `adobe.sandbox_name` of the provider, when the object is " +
			"created. Changing this forces a new resource. Objects that refer to it must move with it, or the plan fails. A changed default alone replaces nothing: the plan fails and says what to do.",
		Optional: true, Computed: true, Validators: []validator.String{Sandbox()},
	}
}

// SandboxOfDataSource is the attribute for a data source.
func SandboxOfDataSource() datasource.StringAttribute {
	return datasource.StringAttribute{
		MarkdownDescription: "Name of the sandbox to look in (header `x-sandbox-name`). Default: `adobe.sandbox_name` of the provider.",
		Optional:            true, Computed: true, Validators: []validator.String{Sandbox()},
	}
}
