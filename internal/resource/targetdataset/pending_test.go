package targetdataset_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// After an outage during its create, no state knows the dataset. The next apply finds it and does not delete it, since it is
// protected. The error names the way out.
func TestProtectedAfterAnOutage(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	w := acctest.NewWorkspace(t, world.Credentials()...)
	configure := func(attributes ...string) {
		dataset := config(append(attributes, `name = "Events"`, `schema_id = "SCHEMA_ID"`)...)
		w.Write("main.tf", acctest.Required+world.ConfigWith("max_retries = 0", dataset))
	}
	configure()
	world.AddFault(simulator.Fault{Method: http.MethodPost, Path: "*" + collection, Do: simulator.FaultResetAfter})
	world.AddFault(simulator.Fault{Method: http.MethodGet, Path: "*" + collection, Do: simulator.FaultResetBefore, After: 1})
	fails := func(message string, options ...string) {
		t.Helper()
		output, err := w.Try(append([]string{"apply", "-auto-approve", "-no-color"}, options...)...) // with -destroy, it is a destroy
		require.Error(t, err)
		require.Contains(t, strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " "), message)
	}
	fails("It is not known whether the dataset was created. Apply again")
	require.Contains(t, w.Read("terraform.tfstate"), `"id": "pending:`)
	ids := world.Alive(simulator.KindDataSet)
	require.Len(t, ids, 1)

	world.ClearFaults()
	fails("Run `terraform state rm` for this resource, then `terraform import` with the ID "+ids[0], "-refresh=false")
	fails("An earlier apply seems to have created the dataset", "-refresh=false", "-destroy") // the plan does not know whether it did
	fails("If Terraform replaces it only because an earlier apply failed (it is tainted), run `terraform untaint`.")
	w.Run("untaint", address)
	w.Run("apply", "-auto-approve", "-no-color")
	w.NothingToChange()
	require.Equal(t, ids, world.Alive(simulator.KindDataSet))
	configure(`deletion_protection = false`)
	w.Run("apply", "-auto-approve", "-no-color")
	w.Run("destroy", "-auto-approve", "-no-color")
	require.NoError(t, world.NothingLeft(nil))
}
