package targetdataset_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// An outage right after the dataset was made: nobody knows of it. It is found by the next apply, and not deleted, because it is
// protected; the way out is the one that the error names.
func TestProtectedAfterAnOutage(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	configure := func(attributes string) {
		w.Write("main.tf", acctest.Required+world.ProviderConfig("max_retries = 0")+strings.Replace(protected("schema_id = \"SCHEMA_ID\"\n"+attributes), "SCHEMA_ID", world.SchemaID, 1))
	}
	configure("")
	world.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + collection, Do: simulator.FaultResetAfter})
	world.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*" + collection, Do: simulator.FaultResetBefore})
	fails := func(message string) {
		t.Helper()
		output, err := w.Try("apply", "-auto-approve", "-no-color")
		require.Error(t, err)
		require.Contains(t, strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " "), message)
	}
	fails("It is not known whether the dataset was created. Apply again")
	require.Contains(t, w.Read("terraform.tfstate"), `"id": "pending:`)
	ids := world.Alive(simulator.KindDataSet)
	require.Len(t, ids, 1)

	world.ClearFaults()
	fails(`Take it over: terraform state rm for this resource, then terraform import with the id ` + ids[0])
	w.Run("state", "rm", address)
	w.Run("import", "-no-color", address, ids[0])
	w.Run("apply", "-auto-approve", "-no-color")
	w.NothingToChange()
	require.Equal(t, ids, world.Alive(simulator.KindDataSet))
	configure("deletion_protection = false")
	w.Run("apply", "-auto-approve", "-no-color")
	w.Run("destroy", "-auto-approve", "-no-color")
	require.NoError(t, world.NothingLeft(nil))
}
