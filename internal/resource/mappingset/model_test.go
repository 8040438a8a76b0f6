package mappingset

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

// answer is a set as the service returns it.
func answer() dataprep.MappingSet {
	return dataprep.MappingSet{
		ID: "59c0e53a2dc84f7791ecc1b3d6e51d5e", Version: 3, Name: "Shop",
		SchemaID: "https://ns.adobe.com/acme/schemas/1", ContentType: "application/vnd.adobe.xed-full+json; version=1",
		Mappings: []dataprep.Mapping{
			{Destination: "_acme.email", Source: "data.identifiers.email", SourceType: "ATTRIBUTE", Name: "Email", Description: "As known"},
			{Destination: "_acme.at", Source: "timestamp*1000", SourceType: "EXPRESSION"},
		},
	}
}

func TestWhatIsReadIsWhatWouldBeSent(t *testing.T) {
	t.Parallel()
	held := answer()
	read := model{Base: managed.Base{ID: types.StringValue(held.ID)}}
	require.Empty(t, read.fromAPI(&held))
	require.EqualValues(t, 3, read.Version.ValueInt64())
	sent := read.toAPI()
	require.ElementsMatch(t, held.Mappings, sent.Mappings)
	sent.Mappings = nil
	require.Equal(t, dataprep.MappingSet{ID: held.ID, Name: "Shop", SchemaID: held.SchemaID, ContentType: "application/vnd.adobe.xed-full+json;version=1"}, sent,
		"the version is the service's to number, and the space goes")
}

// A name that an answer leaves out is as it is known. The texts of a mapping are as the service has them.
func TestTextsThatAreAbsent(t *testing.T) {
	t.Parallel()
	held := answer()
	held.Name = ""
	read := attributes{Name: types.StringValue("Shop")}
	read.fromAPI(&held)
	require.Equal(t, "Shop", read.Name.ValueString())
	require.True(t, read.Mappings["_acme.at"].Name.IsNull())
	require.True(t, read.Mappings["_acme.at"].Description.IsNull())
}

// A map cannot hold two mappings into one field. The Experience Platform UI may allow them.
func TestAFieldThatIsMappedTwice(t *testing.T) {
	t.Parallel()
	held := answer()
	held.Mappings = append(held.Mappings, dataprep.Mapping{Destination: "_acme.email", Source: "email", SourceType: "ATTRIBUTE"})
	var read model
	require.Equal(t, []string{`"_acme.email"`}, read.fromAPI(&held))
	require.Len(t, read.Mappings, 2)
	require.Equal(t, "email", read.Mappings["_acme.email"].Source.ValueString())
}

func TestLabel(t *testing.T) {
	t.Parallel()
	set := model{Base: managed.Base{ID: types.StringValue("59c0e53a2dc84f7791ecc1b3d6e51d5e")}}
	require.Equal(t, "59c0e53a2dc84f7791ecc1b3d6e51d5e", set.label().ValueString())
	set.Name = types.StringValue("Shop")
	require.Equal(t, "Shop", set.label().ValueString())
}

// onService is the resource with a Data Prep that gives these answers, and a state with the set in it.
func onService(t *testing.T, replies ...httpscript.Answer) (resource.Resource, tfsdk.State) {
	t.Helper()
	service := httpscript.Serve(t, replies...)
	client := dataprep.New(transport.New(transport.Config{Service: dataprep.Service, BaseURL: service.URL, Timeout: 10 * time.Second}), objects.NewRegister())
	set := New()
	set.(resource.ResourceWithConfigure).Configure(t.Context(), resource.ConfigureRequest{
		ProviderData: &clients.Set{Platform: clients.Platform{DataPrep: clients.Optional[dataprep.Client]{Client: client}}},
	}, &resource.ConfigureResponse{})
	var described resource.SchemaResponse
	set.Schema(t.Context(), resource.SchemaRequest{}, &described)
	held := answer()
	known := model{Base: managed.Base{
		ID:       types.StringValue(held.ID),
		Timeouts: timeouts.Value{Object: types.ObjectNull(map[string]attr.Type{"delete": types.StringType})},
	}}
	known.fromAPI(&held)
	state := tfsdk.State{Schema: described.Schema, Raw: tftypes.NewValue(described.Schema.Type().TerraformType(t.Context()), nil)}
	require.Empty(t, state.Set(t.Context(), known))
	return set, state
}

// The test harness of Terraform cannot read warnings.
func TestDestroyWarnsOfWhatItLeaves(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 403, 405, 501} {
		set, state := onService(t, httpscript.Answer{Status: status})
		response := resource.DeleteResponse{State: state}
		set.Delete(t.Context(), resource.DeleteRequest{State: state}, &response)
		require.Len(t, response.Diagnostics, 1)
		require.Equal(t, diag.SeverityWarning, response.Diagnostics[0].Severity())
		require.Equal(t, "Mapping set not deleted", response.Diagnostics[0].Summary())
		require.Contains(t, response.Diagnostics[0].Detail(), "59c0e53a2dc84f7791ecc1b3d6e51d5e")
		require.Contains(t, response.Diagnostics[0].Detail(), "It stays in the sandbox")
	}
}

func TestDestroyOfWhatIsGoneIsSilent(t *testing.T) {
	t.Parallel()
	gone := httpscript.JSON(404, `{"type":"/placeholder/type/uri","status":404,"title":"NotFoundError","detail":"The mapping set does not exist."}`)
	for _, answer := range []httpscript.Answer{{Status: 200}, {Status: 202}, {Status: 204}, gone} {
		set, state := onService(t, answer, gone)
		response := resource.DeleteResponse{State: state}
		set.Delete(t.Context(), resource.DeleteRequest{State: state}, &response)
		require.Empty(t, response.Diagnostics)
	}
}
