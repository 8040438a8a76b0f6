package managed

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// Base is what the state of every resource holds. Every model embeds it.
type Base struct {
	ID       types.String   `tfsdk:"id"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (b *Base) base() *Base { return b }

// addBase adds the attributes of Base to those of a resource.
func addBase(ctx context.Context, attributes map[string]schema.Attribute, idDescription string, waits Waits) {
	attributes["id"] = attribute.ID(idDescription)
	attributes["timeouts"] = waits.attribute(ctx)
}

// Assign takes the ID that a service assigned, "" for none, as a client returns it.
func (b *Base) Assign(id string, err error) error {
	b.ID = attribute.TextOrNull(id)
	return err
}

// Waits are the operations that wait for the service.
type Waits struct{ Create, Update, Delete Wait }

// Wait is how long an operation may take, and Until what it waits for: "until the connection is gone". The zero value is an
// operation that does not wait.
type Wait struct {
	Default time.Duration
	Until   string
}

func (w Wait) description() string {
	length := strings.Replace(w.Default.String(), "m0s", "m", 1) // "10m", not "10m0s"
	return "How long to wait " + w.Until + ", as a duration such as `30s` or `10m`. Default: `" + length + "`."
}

// attribute is the attribute "timeouts".
func (w Waits) attribute(ctx context.Context) schema.Attribute {
	object, _ := timeouts.Attributes(ctx, timeouts.Opts{
		Create: w.Create.Default > 0, CreateDescription: w.Create.description(),
		Update: w.Update.Default > 0, UpdateDescription: w.Update.description(),
		Delete: w.Delete.Default > 0, DeleteDescription: w.Delete.description(),
	}).(schema.SingleNestedAttribute) // the documented type
	object.MarkdownDescription = "Time limits for operations that wait for the service. Changing one does not change the object."
	for name, one := range object.Attributes {
		timeout, _ := one.(schema.StringAttribute) // documented too
		timeout.Validators = []validator.String{attribute.Duration()}
		object.Attributes[name] = timeout
	}
	return object
}
