package flowservice_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	sourceID = "133bb51f-f310-4b4a-b8b2-731aef1e223c"
	targetID = "da8b75ad-f6ee-4991-95df-291e62936e98"
	receipt  = `{"id":"` + sourceID + `","etag":"\"4c012103-0000-0200-0000-63ef57db0000\""}`
)

func client(service *httpscript.Service) *flowservice.Client {
	return flowservice.New(transport.New(transport.Config{Service: flowservice.Service, BaseURL: service.URL, Timeout: 10 * time.Second}), objects.NewRegister())
}

// items is the envelope that every read answers with.
func items(objects ...string) httpscript.Answer {
	return httpscript.JSON(200, `{"items":[`+strings.Join(objects, ",")+`],"_links":{}}`)
}

func refused(code, message string) httpscript.Answer {
	var status int
	_, _ = fmt.Sscanf(code[5:], "%d", &status)
	return httpscript.JSON(status, fmt.Sprintf(`{"type":"https://ns.adobe.com/aep/errors/FLOW-%s","report":{"detailed-message":%q}}`, code, message))
}

// text is a new text in the place of none.
func text(value string) *objects.Text { return &objects.Text{To: value} }

func TestCreateSourceConnection(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.NothingListed(), httpscript.JSON(201, receipt))
	id, err := client(service).SourceConnections.Create(t.Context(), flowservice.SourceConnection{
		Name: "Streaming Source Connection for Customer.io", ProviderID: flowservice.StreamingProvider,
		ConnectionSpec: flowservice.SpecRef{ID: flowservice.CustomerIOConnectionSpec, Version: flowservice.SpecVersion},
		Data:           flowservice.SourceData{Format: "json"},
	})
	require.NoError(t, err)
	require.Equal(t, sourceID, id)
	require.Equal(t, []string{"GET /sourceConnections?limit=100&property=name%3D%3DStreaming%20Source%20Connection%20for%20Customer.io", "POST /sourceConnections"}, service.Calls())
	require.JSONEq(t, `{"name":"Streaming Source Connection for Customer.io","providerId":"521eee4d-8cbe-4906-bb48-fb6bd4450033",
		"connectionSpec":{"id":"96479064-7b8a-4d69-b9ed-21c5683837ea","version":"1.0"},"data":{"format":"json"}}`, service.Requests()[1].Body)
}

func TestCreateTargetConnection(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.NothingListed(), httpscript.JSON(201, receipt))
	_, err := client(service).TargetConnections.Create(t.Context(), flowservice.TargetConnection{
		Name:           "Data lake",
		ConnectionSpec: flowservice.SpecRef{ID: flowservice.DataLakeConnectionSpec, Version: flowservice.SpecVersion},
		Data: flowservice.TargetData{Format: "json", Schema: flowservice.SchemaRef{
			ID: "https://ns.adobe.com/extconndev/schemas/945546", Version: "application/vnd.adobe.xed-full+json;version=1",
		}},
		Params: flowservice.TargetParams{DataSetID: "63ec807d3f5ce91bd2d06c65"},
	})
	require.NoError(t, err)
	require.JSONEq(t, `{"name":"Data lake","connectionSpec":{"id":"c604ff05-7f1a-43c0-8e18-33bf874cb11c","version":"1.0"},
		"data":{"format":"json","schema":{"id":"https://ns.adobe.com/extconndev/schemas/945546","version":"application/vnd.adobe.xed-full+json;version=1"}},
		"params":{"dataSetId":"63ec807d3f5ce91bd2d06c65"}}`, service.Requests()[1].Body)
}

func TestCreateBaseConnection(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.NothingListed(), httpscript.JSON(201, receipt))
	_, err := client(service).BaseConnections.Create(t.Context(), flowservice.BaseConnection{
		Name: "Base", ConnectionSpec: flowservice.SpecRef{ID: "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb", Version: "1.0"},
		Auth: &flowservice.Auth{SpecName: "Streaming Connection", Params: json.RawMessage(`{"dataType":"raw"}`)},
	})
	require.NoError(t, err)
	require.JSONEq(t, `{"name":"Base","connectionSpec":{"id":"bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb","version":"1.0"},
		"auth":{"specName":"Streaming Connection","params":{"dataType":"raw"}}}`, service.Requests()[1].Body)
}

func TestCreateAnsweredWithoutID(t *testing.T) {
	t.Parallel()
	for _, body := range []string{``, `{}`, `{"etag":"x"}`} {
		service := httpscript.Serve(t, httpscript.NothingListed(), httpscript.JSON(201, body), httpscript.Answer{Status: 403})
		_, err := client(service).SourceConnections.Create(t.Context(), flowservice.SourceConnection{})
		require.ErrorContains(t, err, "it has no ID", body)
	}
}

// The documented answer to a read, with all that the service adds.
func TestReadSourceConnection(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, items(`{"id":"`+sourceID+`","createdAt":1729634331185,"sandboxName":"prod","name":"n","description":"d",
		"baseConnectionId":"fd9f7455","state":"draft","data":{"format":"tabular","schema":null,"properties":null},
		"connectionSpec":{"id":"s","version":"1.0"},"params":{"columns":[],"tableName":"Activity"},"etag":"\"21\"",
		"inheritedAttributes":{"baseConnection":{"id":"b"}},"lastOperation":{"started":1,"updated":0,"operation":"draft_create"}}`))
	got, err := client(service).SourceConnections.Get(t.Context(), sourceID)
	require.NoError(t, err)
	require.Equal(t, &flowservice.SourceConnection{
		ID: sourceID, Name: "n", Description: "d", BaseConnectionID: "fd9f7455", ConnectionSpec: flowservice.SpecRef{ID: "s", Version: "1.0"},
		Data: flowservice.SourceData{Format: "tabular"}, Params: json.RawMessage(`{"columns":[],"tableName":"Activity"}`),
		CreatedAt: jsonvalue.Time{Time: time.UnixMilli(1729634331185).UTC()},
	}, got)
	require.Equal(t, []string{"GET /sourceConnections/" + sourceID}, service.Calls())
}

func TestReadTargetConnectionUnderstandsBothNamesOfTheSchema(t *testing.T) {
	t.Parallel()
	for _, member := range []string{"id", "schemaId"} {
		service := httpscript.Serve(t, items(`{"id":"`+targetID+`","data":{"format":"json","schema":{"`+member+`":"https://ns.adobe.com/x","version":"v1"},"properties":null}}`))
		got, err := client(service).TargetConnections.Get(t.Context(), targetID)
		require.NoError(t, err)
		require.Equal(t, flowservice.SchemaRef{ID: "https://ns.adobe.com/x", Version: "v1"}, got.Data.Schema)
	}
}

func TestNullMembersAreTolerated(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, items(`{"id":"`+targetID+`","name":null,"description":null,"data":{"schema":null},"params":null,"connectionSpec":null}`))
	got, err := client(service).TargetConnections.Get(t.Context(), targetID)
	require.NoError(t, err)
	require.Equal(t, targetID, got.ID)
}

func TestEmptyListMeansGone(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"items":[]}`, `{"items":null}`} {
		service := httpscript.Serve(t, httpscript.JSON(200, body))
		_, err := client(service).BaseConnections.Get(t.Context(), sourceID)
		require.True(t, transport.IsNotFound(err), body)
		require.Len(t, service.Calls(), 3, "one look is not enough to take an object for gone")
	}
}

// An answer that is none of the service's says nothing of the object.
func TestAnswerWithoutAListIsUnreadable(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{}`, `{"items":{}}`, `{"message":"signed out"}`} {
		_, err := client(httpscript.Serve(t, httpscript.JSON(200, body))).BaseConnections.Get(t.Context(), sourceID)
		var unreadable *transport.UnreadableError
		require.ErrorAs(t, err, &unreadable, body)
	}
}

// The etag is read right before each PATCH, and has its double quotes exactly once.
func TestPatch(t *testing.T) {
	t.Parallel()
	for name, etag := range map[string]string{"as documented": `\"4c01\"`, "without quotes": `4c01`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, items(`{"id":"`+sourceID+`","etag":"`+etag+`"}`), httpscript.JSON(200, receipt))
			err := client(service).SourceConnections.Update(t.Context(), sourceID, flowservice.Change{Name: text("new"), Description: &objects.Text{From: "old"}})
			require.NoError(t, err)
			require.Equal(t, []string{"GET /sourceConnections/" + sourceID, "PATCH /sourceConnections/" + sourceID}, service.Calls())
			patch := service.Requests()[1]
			require.Equal(t, `"4c01"`, patch.Header.Get("If-Match"))
			require.JSONEq(t, `[{"op":"replace","path":"/name","value":"new"},{"op":"add","path":"/description","value":""}]`, patch.Body)
		})
	}
}

func TestNothingToChangeSendsNothing(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Status: 500})
	require.NoError(t, client(service).TargetConnections.Update(t.Context(), targetID, flowservice.Change{}))
	require.Empty(t, service.Calls())
}

func TestNewAuthParamsReplaceAllOldOnes(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, items(`{"id":"1","etag":"\"4c01\""}`), httpscript.JSON(200, receipt))
	err := client(service).BaseConnections.Update(t.Context(), "1", flowservice.Change{AuthParams: json.RawMessage(`{"password":"x"}`)})
	require.NoError(t, err)
	require.JSONEq(t, `[{"op":"add","path":"/auth/params","value":{"password":"x"}}]`, service.Requests()[1].Body)
}

// contended is an object that others change between our read and our PATCH, some times.
type contended struct{ conflicts, version int }

func (c *contended) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		c.version++
		_, _ = fmt.Fprintf(w, `{"items":[{"id":"1","etag":"\"v%d\""}]}`, c.version)
		return
	}
	if c.version <= c.conflicts {
		w.WriteHeader(http.StatusPreconditionFailed)
		_, _ = fmt.Fprint(w, `{"type":"https://ns.adobe.com/aep/errors/FLOW-1404-412","report":{"detailed-message":"version mismatch"}}`)
		return
	}
	_, _ = fmt.Fprint(w, receipt)
}

func TestPatchIsTriedAgainWithTheNewEtag(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Handler: (&contended{conflicts: 4}).ServeHTTP})
	require.NoError(t, client(service).TargetConnections.Update(t.Context(), "1", flowservice.Change{Name: text("n")}))
	require.Len(t, service.Calls(), 10)
	require.Equal(t, `"v1"`, service.Requests()[1].Header.Get("If-Match"))
	require.Equal(t, `"v5"`, service.Requests()[9].Header.Get("If-Match"))
}

func TestPatchGivesUpOnEndlessConflict(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Answer{Handler: (&contended{conflicts: 1000}).ServeHTTP})
	err := client(service).TargetConnections.Update(t.Context(), "1", flowservice.Change{Name: text("n")})
	require.True(t, transport.HasCode(err, "1404-412"), "%v", err)
	require.Len(t, service.Calls(), 10)
}

// Others change the object between our read and our PATCH: what they change beside us stays, and what both change is a conflict.
func TestPatchAmongOthers(t *testing.T) {
	t.Parallel()
	stale := refused("1404-412", "version mismatch")
	stale.Status = http.StatusPreconditionFailed
	before := items(`{"id":"1","etag":"\"v1\"","name":"old","description":"text"}`)
	rename := flowservice.Change{Name: &objects.Text{From: "old", To: "new"}}
	const by = `,"updatedBy":"J@acme.com","updatedClient":"exc_app","updatedAt":1732396675000`
	for name, test := range map[string]struct{ theirs, message string }{
		"beside": {`"name":"old","description":"theirs"`, ""},
		"to the same, as by a proxy's repetition": {`"name":"new","description":"text"`, ""},
		"not told": {`"name":null,"description":"text"`, ""},
		"the same": {`"name":"theirs","description":"text"`, `its name was "old" when this change to "new" was planned, and is "theirs" now, ` +
			`last changed by J@acme.com with the client exc_app at 2024-11-23T21:17:55Z`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, before, stale, items(`{"id":"1","etag":"\"v2\"",`+test.theirs+by+`}`), httpscript.JSON(200, receipt))
			err := client(service).TargetConnections.Update(t.Context(), "1", rename)
			if test.message != "" {
				require.EqualError(t, err, test.message)
				require.Len(t, service.Calls(), 3, "theirs must not be overwritten")
				return
			}
			require.NoError(t, err)
			if strings.Contains(test.theirs, `"new"`) {
				require.Len(t, service.Calls(), 3, "nothing is left to do")
				return
			}
			require.Equal(t, `"v2"`, service.Requests()[3].Header.Get("If-Match"))
			require.JSONEq(t, `[{"op":"replace","path":"/name","value":"new"}]`, service.Requests()[3].Body)
		})
	}
}

func TestPatchOfWhatIsGone(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, refused("1439-404", "not found"))
	err := client(service).TargetConnections.Update(t.Context(), "1", flowservice.Change{Name: text("n")})
	require.True(t, transport.IsNotFound(err))
	require.Len(t, service.Calls(), 3)
}

// A delete is done when a read no longer finds the object.
func TestDelete(t *testing.T) {
	t.Parallel()
	gone := refused("1439-404", "not found")
	finalizing := items(`{"id":"1","state":"delete-finalizing"}`)
	del, get := "DELETE /connections/1", "GET /connections/1"
	for name, test := range map[string]struct {
		answers []httpscript.Answer
		calls   []string
	}{
		"at once":               {[]httpscript.Answer{{Status: 204}, gone}, []string{del, get}},
		"in the background":     {[]httpscript.Answer{{Status: 202}, finalizing, finalizing, gone}, []string{del, get, get, get}},
		"empty list":            {[]httpscript.Answer{{Status: 200}, items()}, []string{del, get}},
		"gone already":          {[]httpscript.Answer{gone, gone, gone, gone}, []string{del, get, get, get}},
		"deleted by another":    {[]httpscript.Answer{refused("1458-400", "in delete-finalizing"), finalizing, gone}, []string{del, get, get}},
		"still used, 1447":      {[]httpscript.Answer{refused("1447-400", "active flows"), refused("1447-400", "active flows"), {Status: 204}, gone}, []string{del, del, del, get}},
		"still used, base 1418": {[]httpscript.Answer{refused("1418-400", "being used"), {Status: 204}, gone}, []string{del, del, get}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, test.answers...)
			require.NoError(t, client(service).BaseConnections.Remove(t.Context(), "1"))
			require.Equal(t, test.calls, service.Calls())
		})
	}
}

func TestDeleteOfWhatStaysUsed(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, refused("1447-400", "Found active flows containing id 1"))
	err := client(service).SourceConnections.Remove(t.Context(), "1")
	require.True(t, transport.HasCode(err, "1447-400"), "%v", err)
	require.Len(t, service.Calls(), 5)
}

// A missing sandbox says nothing of the object.
func TestDeleteInMissingSandbox(t *testing.T) {
	t.Parallel()
	for name, answers := range map[string][]httpscript.Answer{
		"on the delete": {refused("2103-404", "The sandbox dev is not found.")},
		"on the read":   {{Status: 204}, refused("2103-404", "The sandbox dev is not found.")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, answers...)
			err := client(service).TargetConnections.Remove(t.Context(), "1")
			require.True(t, transport.HasCode(err, "2103-404"), "%v", err)
			require.Len(t, service.Calls(), len(answers))
		})
	}
}
