package dataprep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// One read tells whether there is a later version, in whatever way the service says that there is none.
func TestNoConflictWithoutALaterVersion(t *testing.T) {
	t.Parallel()
	before := dataprep.MappingSet{ID: setID, Version: 3}
	for name, answer := range map[string]httpscript.Answer{
		"not found":                   httpscript.JSON(404, `{"type":"T","title":"T","status":404}`),
		"another refusal":             httpscript.JSON(400, `{}`),
		"the parameter is ignored":    httpscript.JSON(200, `{"id":"`+setID+`","version":3,"name":"Shop"}`),
		"the answer tells no version": httpscript.JSON(200, `{"id":"`+setID+`","name":"Shop"}`),
	} {
		service := httpscript.Serve(t, answer)
		require.NoError(t, client(service).Conflict(t.Context(), before, before), name)
		require.Equal(t, []string{"GET /mappingSets/" + setID + "?version=4"}, service.Calls(), name)
	}
}

func TestConflictWithALaterVersion(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `{"id":"`+setID+`","version":5,"name":"By hand","modifiedBy":"Ann","modifiedDate":1676627988129}`))
	err := client(service).Conflict(t.Context(), dataprep.MappingSet{ID: setID, Version: 3, Name: "Shop"}, dataprep.MappingSet{ID: setID, Name: "Outlet"})
	var conflict *objects.ConflictError
	require.ErrorAs(t, err, &conflict)
	require.EqualError(t, err, `its version was "3" when this change was planned, and is "5" now, last changed by Ann at 2023-02-17T09:59:48Z`)
}

// A set that cannot be read is not overwritten.
func TestConflictThatCannotBeLookedFor(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Reset())
	err := client(service).Conflict(t.Context(), dataprep.MappingSet{ID: setID}, dataprep.MappingSet{ID: setID})
	require.False(t, transport.HasStatus(err, 404))
	require.Error(t, err)
}
