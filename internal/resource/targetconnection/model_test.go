package targetconnection

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
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
	require.Equal(t, "Orders", read.Description.ValueString(), "not told")
	require.Equal(t, "json", read.Format.ValueString())
}
