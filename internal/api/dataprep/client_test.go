package dataprep_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	setID       = "59c0e53a2dc84f7791ecc1b3d6e51d5e"
	schemaID    = "https://ns.adobe.com/extconndev/schemas/945546112b746524bfd9f1264b26c2b7d8e7f5b7fadb953a"
	contentType = "application/vnd.adobe.xed-full+json;version=1"
)

func client(service *httpscript.Service) *dataprep.Client {
	return dataprep.New(transport.New(transport.Config{Service: dataprep.Service, BaseURL: service.URL, Timeout: 10 * time.Second}), objects.NewRegister())
}

// gone is the answer about a mapping set that does not exist.
var gone = httpscript.JSON(404, `{"type":"/placeholder/type/uri","status":404,"title":"NotFoundError","detail":"The mapping set does not exist."}`)

func example() dataprep.MappingSet {
	return dataprep.MappingSet{
		Name: "Customer.io", SchemaID: schemaID, ContentType: contentType,
		Mappings: []dataprep.Mapping{
			{Destination: "_extconndev.timestampx", Source: "timestamp*1000", SourceType: dataprep.SourceExpression},
			{Destination: "_extconndev.email", Source: "data.identifiers.email", SourceType: dataprep.SourceAttribute, Name: "Email", Description: "As known to Customer.io"},
		},
	}
}

const exampleRequest = `{"name":"Customer.io","outputSchema":{"schemaRef":{"id":"` + schemaID + `","contentType":"` + contentType + `"}},"mappings":[
	{"source":"data.identifiers.email","destination":"_extconndev.email","sourceType":"ATTRIBUTE","name":"Email","description":"As known to Customer.io"},
	{"source":"timestamp*1000","destination":"_extconndev.timestampx","sourceType":"EXPRESSION"}]}`

func TestCreate(t *testing.T) {
	t.Parallel()
	for _, version := range []string{`0`, `"0"`} {
		service := httpscript.Serve(t, httpscript.NothingListed(), httpscript.JSON(200, `{"id":"`+setID+`","version":`+version+`,"createdDate":1676627988129,"createdBy":"x"}`))
		set, err := client(service).MappingSets.CreateWithReceipt(t.Context(), example())
		require.NoError(t, err)
		require.Equal(t, setID, set.ID)
		require.Zero(t, set.Version)
		require.Equal(t, []string{"GET /mappingSets?limit=100&name=Customer.io&orderBy=-createdDate&start=0", "POST /mappingSets"}, service.Calls())
		require.JSONEq(t, exampleRequest, service.Requests()[1].Body, "ordered by destination")
	}
}

func TestCreateAnsweredWithoutID(t *testing.T) {
	t.Parallel()
	_, err := client(httpscript.Serve(t, httpscript.NothingListed(), httpscript.JSON(200, `{}`), httpscript.Answer{Status: 403})).MappingSets.Create(t.Context(), example())
	require.ErrorContains(t, err, "it has no ID")
}

func TestUpdateIsANewVersion(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `{"id":"`+setID+`","version":"3","mappings":[]}`))
	set := example()
	set.ID = setID
	number, err := client(service).UpdateMappingSet(t.Context(), set)
	require.NoError(t, err)
	require.EqualValues(t, 3, number)
	require.Equal(t, []string{"PUT /mappingSets/" + setID}, service.Calls())
	require.JSONEq(t, strings.Replace(exampleRequest, "{", `{"id":"`+setID+`",`, 1), service.Requests()[0].Body)
}

// A receipt that does not tell the version is no version 0: every replacement makes a new one.
func TestReplacementWithoutAVersion(t *testing.T) {
	t.Parallel()
	receipt, none := httpscript.JSON(200, `{"id":"`+setID+`","version":null}`), httpscript.JSON(400, `{}`)
	for name, test := range map[string]struct {
		reads []httpscript.Answer
		want  int64
	}{
		"reads tell it": {[]httpscript.Answer{httpscript.JSON(200, `{"id":"`+setID+`","version":9}`)}, 9},
		"nothing does":  {[]httpscript.Answer{receipt, receipt, none}, 4},
	} {
		service := httpscript.Serve(t, append([]httpscript.Answer{receipt}, test.reads...)...)
		number, err := client(service).UpdateMappingSet(t.Context(), dataprep.MappingSet{ID: setID, Version: 3})
		require.NoError(t, err, name)
		require.Equal(t, test.want, number, name)
	}
}

// An empty set of mappings is sent as a list, not as null.
func TestNoMappings(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.NothingListed(), httpscript.JSON(200, `{"id":"`+setID+`"}`))
	_, err := client(service).MappingSets.Create(t.Context(), dataprep.MappingSet{})
	require.NoError(t, err)
	require.Contains(t, service.Requests()[1].Body, `"mappings":[]`)
}

// What a read answers differs from what was written: other names, media types, added members.
func TestReadUnderstandsAllSyntaxes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body string
		want dataprep.Mapping
	}{
		"new": {
			`{"sourceType":"ATTRIBUTE","source":"data.identifiers.email","destination":"_t.email","name":"Email","description":"d"}`,
			dataprep.Mapping{Destination: "_t.email", Source: "data.identifiers.email", SourceType: "ATTRIBUTE", Name: "Email", Description: "d"},
		},
		"answered, attribute": {
			`{"id":"m1","version":0,"createdDate":1614901255000,"sourceType":"text/x.schema-path","source":"firstName","destination":"person.name.firstName",
				"sourceAttribute":"firstName","destinationXdmPath":"person.name.firstName","identity":false,"primaryIdentity":false,"matchScore":0.0,"functionVersion":1}`,
			dataprep.Mapping{Destination: "person.name.firstName", Source: "firstName", SourceType: "ATTRIBUTE"},
		},
		"answered, expression": {
			`{"sourceType":"text/x.aep-xl","source":"concat(first,\" \",last)","destination":"person.name.fullName","sourceExpression":"concat(first,\" \",last)","name":null}`,
			dataprep.Mapping{Destination: "person.name.fullName", Source: `concat(first," ",last)`, SourceType: "EXPRESSION"},
		},
		"answered, literal": {
			`{"sourceType":"text/plain","source":"customerio","destination":"_t.origin"}`,
			dataprep.Mapping{Destination: "_t.origin", Source: "customerio", SourceType: "STATIC"},
		},
		"old, attribute": {
			`{"destinationXdmPath":"_t.metricx","sourceAttribute":"metric","identity":false,"version":0}`,
			dataprep.Mapping{Destination: "_t.metricx", Source: "metric", SourceType: "ATTRIBUTE"},
		},
		"old, expression": {
			`{"destinationXdmPath":"_t.at","sourceType":"EXPRESSION","sourceExpression":"timestamp*1000"}`,
			dataprep.Mapping{Destination: "_t.at", Source: "timestamp*1000", SourceType: "EXPRESSION"},
		},
		"old, expression without a type": {
			`{"destinationXdmPath":"_t.at","sourceExpression":"timestamp*1000"}`,
			dataprep.Mapping{Destination: "_t.at", Source: "timestamp*1000", SourceType: "EXPRESSION"},
		},
		"lower case":   {`{"sourceType":"attribute","source":"a","destination":"b"}`, dataprep.Mapping{Destination: "b", Source: "a", SourceType: "ATTRIBUTE"}},
		"type of 2030": {`{"sourceType":"text/x.new","source":"a","destination":"b"}`, dataprep.Mapping{Destination: "b", Source: "a", SourceType: "TEXT/X.NEW"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, httpscript.JSON(200, `{"id":"`+setID+`","version":1,"mappings":[`+test.body+`]}`))
			set, err := client(service).NewestMappingSet(t.Context(), setID, "", 1)
			require.NoError(t, err)
			require.Equal(t, []dataprep.Mapping{test.want}, set.Mappings)
		})
	}
}

func TestReadFindsTheSchema(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"outputSchema": `"outputSchema":{"id":"o","version":0,"schemaRef":{"id":"` + schemaID + `","contentType":"` + contentType + `"},"jsonSchema":{"big":1}}`,
		"schemaRef":    `"outputSchema":null,"schemaRef":{"id":"` + schemaID + `","contentType":"` + contentType + `"}`,
		"old":          `"xdmSchema":"` + schemaID + `","xdmVersion":"` + contentType + `"`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, httpscript.JSON(200, `{"id":"`+setID+`","version":2,"name":"n","mappings":null,`+body+`}`))
			set, err := client(service).NewestMappingSet(t.Context(), setID, "", 2)
			require.NoError(t, err)
			require.Equal(t, &dataprep.MappingSet{ID: setID, Version: 2, Name: "n", SchemaID: schemaID, ContentType: contentType}, set)
		})
	}
}

// versions is a Data Prep with a mapping set of some versions. fallback is what it takes a read without a version to mean.
type versions struct {
	newest, fallback int
	// heedless services ignore the parameter.
	heedless bool
	// missing is the status for a version that does not exist.
	missing int
}

func (v versions) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	asked := v.fallback
	if text := r.URL.Query().Get("version"); text != "" && !v.heedless {
		_, _ = fmt.Sscan(text, &asked)
	}
	if asked > v.newest {
		w.WriteHeader(v.missing)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"id": setID, "version": asked})
}

// The documents contradict each other on which version a read without one returns: 0, or the newest.
func TestNewestVersionIsFoundUnderBothReadings(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		service versions
		known   int64
		want    int64
		calls   int
	}{
		"newest is the default":               {versions{newest: 3, fallback: 3, missing: 404}, 3, 3, 1},
		"newest, changed behind our back":     {versions{newest: 5, fallback: 5, missing: 404}, 3, 5, 1},
		"newest, never changed":               {versions{newest: 0, fallback: 0, missing: 404}, 0, 0, 2},
		"0 is the default":                    {versions{newest: 3, fallback: 0, missing: 404}, 3, 3, 3},
		"0, refused with 400":                 {versions{newest: 3, fallback: 0, missing: 400}, 3, 3, 3},
		"0, refused with 500":                 {versions{newest: 3, fallback: 0, missing: 500}, 3, 3, 3},
		"0, changed behind our back":          {versions{newest: 5, fallback: 0, missing: 404}, 3, 5, 5},
		"0, imported":                         {versions{newest: 2, fallback: 0, missing: 404}, 0, 2, 4},
		"the parameter is not heeded":         {versions{newest: 4, fallback: 0, heedless: true}, 0, 0, 2},
		"the parameter is not heeded, newest": {versions{newest: 4, fallback: 4, heedless: true}, 2, 4, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httpscript.Serve(t, httpscript.Answer{Handler: test.service.ServeHTTP})
			set, err := client(service).NewestMappingSet(t.Context(), setID, "", test.known)
			require.NoError(t, err)
			require.Equal(t, test.want, set.Version)
			require.Len(t, service.Calls(), test.calls, "%v", service.Calls())
		})
	}
}

func TestTroubleOnTheReadOfTheKnownVersionIsAnError(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(200, `{"id":"`+setID+`","version":0}`), httpscript.JSON(503, `{"message":"down"}`))
	_, err := client(service).NewestMappingSet(t.Context(), setID, "", 3)
	require.True(t, transport.HasStatus(err, 503), "%v", err)
}

func TestReadOfWhatIsGone(t *testing.T) {
	t.Parallel()
	_, err := client(httpscript.Serve(t, gone)).NewestMappingSet(t.Context(), setID, "", 2)
	require.True(t, transport.IsNotFound(err))
}

func TestDelete(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 202, 204} {
		service := httpscript.Serve(t, httpscript.Answer{Status: status}, gone)
		require.NoError(t, client(service).MappingSets.Remove(t.Context(), setID))
		require.Equal(t, []string{"DELETE /mappingSets/" + setID, "GET /mappingSets/" + setID}, service.Calls(), "a read has the last word")
	}
}

// The published description has no delete: a refusal of the call itself is a warning, everything else an error.
func TestCannotDelete(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer httpscript.Answer
		want   bool
	}{
		"no such method": {httpscript.Answer{Status: 405}, true},
		"not offered":    {httpscript.Answer{Status: 501}, true},
		"bad request":    {httpscript.JSON(400, `{"message":"not supported"}`), true},
		"forbidden":      {httpscript.JSON(403, `{"message":"forbidden"}`), true},
		"bad API key":    {httpscript.JSON(403, `{"error_code":"403003","message":"Api Key is invalid"}`), false},
		"expired token":  {httpscript.JSON(401, `{"error_code":"401013","message":"Oauth token is not valid"}`), false},
		"rate limit":     {httpscript.JSON(429, `{}`), false},
		"trouble":        {httpscript.Answer{Status: 503}, false},
		"no sandbox":     {httpscript.JSON(404, `{"type":"https://ns.adobe.com/aep/errors/FLOW-2103-404"}`), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := client(httpscript.Serve(t, test.answer)).MappingSets.Remove(t.Context(), setID)
			require.Error(t, err)
			require.Equal(t, test.want, dataprep.CannotDelete(err))
		})
	}
}

// A service that does not offer the validation finds no invalid mapping.
func TestValidate(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer  httpscript.Answer
		invalid []dataprep.Invalid
		refused bool
	}{
		"not found":      {httpscript.Answer{Status: 404}, nil, false},
		"no such method": {httpscript.Answer{Status: 405}, nil, false},
		"not offered":    {httpscript.Answer{Status: 501}, nil, false},
		"forbidden":      {httpscript.Answer{Status: 403}, nil, true},
		"valid":          {httpscript.JSON(200, `{"validationResponse":[{"status":"SUCCESS"},{"status":"SUCCESS"}]}`), nil, false},
		"one invalid": {
			httpscript.JSON(200, `{"validationResponse":[{"status":"SUCCESS"},{"status":"FAILED","errors":[{"exception":"no such field"},{"exception":"and no other"}]}]}`),
			[]dataprep.Invalid{{Destination: "_extconndev.timestampx", Reason: "no such field; and no other"}}, false,
		},
	} {
		service := httpscript.Serve(t, test.answer)
		invalid, err := client(service).ValidateMappingSet(t.Context(), example())
		require.Equal(t, test.refused, err != nil, name)
		require.Equal(t, test.invalid, invalid, name)
		require.Equal(t, []string{"POST /mappingSets/validate"}, service.Calls(), name)
		require.Contains(t, service.Requests()[0].Body, `"_extconndev.timestampx"`, name)
	}
}

// Something between here and the service may have answered in its place. One version too many does no harm.
func TestUpdateAnsweredWithoutID(t *testing.T) {
	t.Parallel()
	good := httpscript.JSON(200, `{"id":"`+setID+`","version":3}`)
	service := httpscript.Serve(t, httpscript.JSON(200, `{"version":9}`), good)
	number, err := client(service).UpdateMappingSet(t.Context(), dataprep.MappingSet{ID: setID})
	require.NoError(t, err)
	require.EqualValues(t, 3, number)
	service = httpscript.Serve(t, httpscript.JSON(200, `{}`))
	_, err = client(service).UpdateMappingSet(t.Context(), dataprep.MappingSet{ID: setID})
	require.ErrorContains(t, err, "it has no ID")
	require.Len(t, service.Calls(), 2)
}
