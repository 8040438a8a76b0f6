package mappingset_test

import (
	"testing"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

func TestSchemaIsLookedForInThePlan(t *testing.T) {
	t.Parallel()
	subject(acctest.New(t, simulator.Options{})).RefersToASchema(t)
}
