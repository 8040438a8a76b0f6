package targetconnection

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

func TestWhatIsReadIsWhatWouldBeSent(t *testing.T) {
	t.Parallel()
	answer := flowservice.TargetConnection{
		Name: "Lake", Description: "Orders",
		ConnectionSpec: flowservice.SpecRef{ID: flowservice.DataLakeConnectionSpec, Version: "1.0"},
		Data: flowservice.TargetData{Format: "parquet_xdm", Schema: flowservice.SchemaRef{
			ID: "https://ns.adobe.com/acme/schemas/1", Version: "application/vnd.adobe.xed-full+json;version=1",
		}},
		Params: flowservice.TargetParams{DataSetID: "62a9a55a5b3b0d1949b6ba93"},
	}
	var read model
	read.fromAPI(&answer)
	require.Equal(t, answer, read.toAPI())
}

// The service answers with null or "" where there is nothing.
func TestWhatIsAbsent(t *testing.T) {
	t.Parallel()
	read := model{attributes: attributes{Description: types.StringValue("Orders")}}
	read.fromAPI(&flowservice.TargetConnection{Name: "Lake"})
	require.True(t, read.Description.IsNull())
	require.Equal(t, "json", read.Format.ValueString())
}

func TestAttributesAtFault(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]path.Path{
		"FLOW-1307-400": path.Root("connection_spec"),
		"FLOW-1325-400": path.Root("dataset_id"),
		"FLOW-1413-400": path.Root("connection_spec").AtName("id"),
		"FLOW-1414-400": path.Root("connection_spec"),
		"FLOW-1425-400": path.Root("schema_id"),
	} {
		var diags diag.Diagnostics
		operation("create", types.StringValue("Lake")).Report(&diags, &transport.Error{Status: 400, Code: code})
		require.Len(t, diags, 1)
		require.Equal(t, want, diags[0].(diag.DiagnosticWithPath).Path(), code)
	}
}
