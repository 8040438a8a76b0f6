package targetdataset

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func resourceSchema() schema.Schema {
	replace := stringplanmodifier.RequiresReplace()
	return schema.Schema{
		MarkdownDescription: "A dataset of Catalog Service. It stores the events, in the form that its XDM schema defines.\n\n" +
			"Deleting a dataset deletes its data. While `deletion_protection` is true, the provider refuses a plan that deletes or replaces the dataset: " +
			"`terraform destroy`, also of the schema that the dataset depends on; its removal from the configuration; `-replace` and `replace_triggered_by`; and a change of `schema_id` or " +
			"`schema_version`. Terraform then changes nothing, so the webhook and the dataflow keep running.\n\n" +
			"To delete the dataset too, apply `deletion_protection = false` first, then destroy. To keep it and destroy the rest, remove the dataset and its schema " +
			"from the state first, with `terraform state rm` or with a `removed` block that has `destroy = false`.\n\n" +
			"A provider cannot see that an object is tainted, and before Terraform 1.3 it does not see the plan of a delete. In both cases, the apply deletes or replaces the objects that " +
			"depend on the dataset, and only then fails with `Dataset is protected`. Add Terraform's own protection, which also covers a " +
			"tainted dataset, but not one that was removed from the configuration:\n\n" +
			"```terraform\nlifecycle {\n  prevent_destroy = true\n}\n```\n\n" +
			"The name, description, tags, `profile_enabled` and `error_diagnostics` are updated in place. A different schema forces a new dataset.",
		Attributes: map[string]schema.Attribute{
			"name":        attribute.Name(),
			"description": attribute.Description(),
			"schema_id": attribute.Required("`$id` of the XDM schema, a URI (`schemaRef.id`). Changing this forces a new resource.",
				attribute.HTTPURL(), replace),
			"schema_version": attribute.SchemaVersion("schemaRef.contentType", "that of the schema", "Changing this forces a new resource.", replace),
			"profile_enabled": attribute.Flag("Whether the dataset is enabled for Real-Time Customer Profile (tags `unifiedProfile` and `unifiedIdentity`). "+
				"The schema must be enabled too; the provider does not check this. Default: `false`. Updated in place. Data already in Real-Time Customer Profile stays.", false),
			"tags": schema.MapAttribute{
				MarkdownDescription: "Tags to manage (`tags`), each with a list of values. Default: none. Tags that are not listed are left alone, because the service and " +
					"other tools add their own. `unifiedProfile` and `unifiedIdentity` are refused: `profile_enabled` writes them. Updated in place.",
				ElementType: types.ListType{ElemType: types.StringType},
				Optional:    true,
				Validators: []validator.Map{
					mapvalidator.SizeAtLeast(1),
					mapvalidator.KeysAre(attribute.OneLine()),
					ownTags{"must not have the tags that profile_enabled writes"},
					mapvalidator.ValueListsAre(listvalidator.SizeAtLeast(1)),
				},
			},
			"error_diagnostics": attribute.Flag("Whether the service keeps diagnostics of rejected records (`enableErrorDiagnostics`). Default: "+
				"`false`. Updated in place.", false),
			"deletion_protection": attribute.Flag("Whether the provider refuses to delete or replace the dataset, in the plan if possible. Known only to this provider, not to Adobe. Default: `true`, also after an import. Updated in place.", true),
		},
	}
}

// ownTags refuses the tags that enable a dataset for the profile, in any capitals. Two attributes that write one tag would undo each other's change.
type ownTags struct{ attribute.Wants }

func (ownTags) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	for _, key := range slices.Sorted(maps.Keys(req.ConfigValue.Elements())) {
		if strings.EqualFold(key, profileTag) || strings.EqualFold(key, identityTag) {
			resp.Diagnostics.AddAttributeError(req.Path.AtMapKey(key), "Tag of Real-Time Customer Profile", fmt.Sprintf(
				"The tag %q enables a dataset for Real-Time Customer Profile, and `profile_enabled` writes it. Remove the tag, and set `profile_enabled = true` to enable "+
					"the dataset, or `false` to disable it.", key))
		}
	}
}
