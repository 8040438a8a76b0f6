package dataprep_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const event = `{"event_id":"01E4","the key":{"n":1},"big":9007199254740993,"data":{"subject":"<b>"}}`

// The guide shows a list as the answer, the published description its only element.
func TestPreview(t *testing.T) {
	t.Parallel()
	row := `{"data": {"_id":"01E4", "_t":{"big":9007199254740993, "html":"<b>", "flag":false, "a.b":"dot", "none":null, "items":[{"n":1},{"n":"two"},{}]}},
		"errors":[{"destination":"_t.x","exception":"no"},{"destination":"_t.x","exception":"number"},{"source":"data.y","exception":"late"},{"exception":"lost"},{"destination":"_t.z"}]}`
	set := dataprep.MappingSet{ID: setID, SchemaID: schemaID, ContentType: contentType, Mappings: []dataprep.Mapping{
		{Source: "data.y", Destination: "_t.y", SourceType: "ATTRIBUTE"},
	}}
	for _, answer := range []string{row, "[" + row + "]", " [ " + row + " ]\n"} {
		service := httpscript.Serve(t, httpscript.JSON(200, answer))
		preview, err := client(service).PreviewMappingSet(t.Context(), set, event)
		require.NoError(t, err)
		require.Equal(t, []string{"POST /mappingSets/preview"}, service.Calls())
		require.JSONEq(t, `{"data":[`+event+`],"mappingSet":{"outputSchema":{"schemaRef":{"id":"`+schemaID+`","contentType":"`+contentType+`"}},
			"mappings":[{"source":"data.y","destination":"_t.y","sourceType":"ATTRIBUTE"}]}}`, service.Requests()[0].Body)
		require.Contains(t, service.Requests()[0].Body, "9007199254740993")
		require.True(t, strings.HasPrefix(preview.Row, `{"_id":"01E4","_t":{"big":9007199254740993,"html":"<b>",`), preview.Row)
		require.Equal(t, map[string]string{"_t.x": "no; number", "_t.y": "late", "": "lost", "_t.z": "Data Prep gives no reason."}, preview.Errors)
		for destination, want := range map[string]string{
			"_id": "01E4", "_t.big": "9007199254740993", "_t.html": "<b>", "_t.flag": "false", `_t.a\.b`: "dot", "_t.${a.b}": "dot",
			"_t.items[0].n": "1", "_t.items[*].n": `[1,"two"]`, "_t.items[1]": `{"n":"two"}`,
		} {
			value, found := preview.Value(destination)
			require.True(t, found, destination)
			require.Equal(t, want, value)
		}
		for _, destination := range []string{"_t.none", "_t.x", "_t.items[2].n", "_t.items[3]", "_t.items.n", "_id.part", ""} {
			_, found := preview.Value(destination)
			require.False(t, found, destination)
		}
		require.True(t, preview.HasSource("data.subject"))
		require.True(t, preview.HasSource("${the key}.n"))
		require.False(t, preview.HasSource("data.y"))
	}
}

// A row that was not made is an empty one, if the answer says why.
func TestPreviewWithoutARow(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `[{"data":null,"errors":[{"destination":"_id","exception":"required"}]}]`))
	preview, err := client(service).PreviewMappingSet(t.Context(), example(), event)
	require.NoError(t, err)
	require.Equal(t, "{}", preview.Row)
	require.Equal(t, map[string]string{"_id": "required"}, preview.Errors)
	for answer, want := range map[string]string{
		`[]`: "it has 0 rows for one event", `[{"data":{}},{"data":{}}]`: "it has 2 rows for one event", `{}`: "it has no row", `[{"data":"text"}]`: "it has no row",
		`"text"`: "unexpected form",
	} {
		_, err := client(httpscript.Serve(t, httpscript.JSON(200, answer))).PreviewMappingSet(t.Context(), example(), event)
		require.ErrorContains(t, err, want, answer)
	}
}

// A preview changes nothing, so it is sent again after an answer that something on the way may have given.
func TestPreviewIsRepeated(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Status: 502}, httpscript.Answer{Status: 200}, httpscript.JSON(200, `[{"data":{}}]`))
	config := transport.Config{Service: dataprep.Service, BaseURL: service.URL, Timeout: 10 * time.Second, MaxRetries: 1}
	_, err := dataprep.New(transport.New(config), objects.NewRegister()).PreviewMappingSet(t.Context(), example(), event)
	require.NoError(t, err)
	require.Len(t, service.Calls(), 3)
}
