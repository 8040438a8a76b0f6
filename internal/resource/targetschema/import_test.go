package targetschema_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
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
