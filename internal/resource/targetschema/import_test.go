package targetschema_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// Adobe's own field groups are in another container, where the registry does not find them among the tenant's.
func TestImportOfASchemaThatUsesAdobesFieldGroups(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	require.NoError(t, world.Update(simulator.KindSchema, world.SchemaID, func(body map[string]any) {
		adobes := map[string]any{"$ref": "https://ns.adobe.com/xdm/context/experienceevent-web"}
		body["allOf"] = append([]any{adobes}, body["allOf"].([]any)...)
	}))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: world.Config(with(`title = "Customer.io events"`)), ResourceName: address, ImportState: true, ImportStateId: world.SchemaID,
			ImportStateCheck: func(states []*terraform.InstanceState) error {
				require.Len(t, states, 1)
				require.Contains(t, states[0].Attributes["field_group_id"], "https://ns.adobe.com/acme/mixins/")
				require.Equal(t, "7", states[0].Attributes["event_fields.#"])
				return nil
			},
		}},
	})
	require.Positive(t, world.CallsTo(http.MethodGet, "experienceevent-web"))
}

// What a schema has beside the fields that the resource holds is named once, at the import, and left alone.
func TestImportSaysWhatItLeavesOut(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	const adobes = "https://ns.adobe.com/xdm/context/experienceevent-web"
	require.NoError(t, world.Update(simulator.KindSchema, world.SchemaID, func(body map[string]any) {
		body["allOf"] = append([]any{map[string]any{"$ref": adobes}}, body["allOf"].([]any)...)
	}))
	groups := world.Objects()
	group := groups[slices.IndexFunc(groups, func(o simulator.Object) bool { return o.Kind == simulator.KindFieldGroup })].ID
	require.NoError(t, world.Update(simulator.KindFieldGroup, group, func(body map[string]any) {
		fields := body["definitions"].(map[string]any)["customFields"].(map[string]any)["properties"].(map[string]any)["_acme"].(map[string]any)["properties"].(map[string]any)
		fields["address"] = map[string]any{"title": "Address", "type": "object", "meta:xdmType": "object", "properties": map[string]any{"city": map[string]any{"type": "string"}}}
	}))
	terraform, i := world.Core(t), &core.Instance{Type: "customerio_target_schema"}
	found := terraform.Import(t.Context(), i, world.SchemaID)
	require.NoError(t, found.Err())
	require.Len(t, found, 1)
	require.Contains(t, found[0].Detail, "the field group "+adobes)
	require.Contains(t, found[0].Detail, "the field _acme.address, which holds other fields")
	require.Empty(t, terraform.Refresh(t.Context(), i))
}

func TestImportOfASchemaWithASecondaryIdentityOnly(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(with(`title = "Shop"`, `primary_identity = { field = "email", namespace = "Email" }`))},
			{
				PreConfig: acctest.Subject{World: world, Kind: simulator.KindDescriptor}.ChangeElsewhere(t, func(body map[string]any) {
					body["xdm:isPrimary"] = false
				}),
				ResourceName: address, ImportState: true,
				ImportStateCheck: func(states []*terraform.InstanceState) error {
					require.Len(t, states, 1)
					require.NotContains(t, states[0].Attributes, "primary_identity.field")
					require.NotContains(t, states[0].Attributes, "identity_descriptor_id")
					return nil
				},
			},
		},
	})
}
