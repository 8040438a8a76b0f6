package dataprep_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// BenchmarkListOfMappingSets reads a page of 99 mapping sets with ten mappings each, and so the largest pages that a plan reads. With one set
// more, the page would be full, and another one would follow.
func BenchmarkListOfMappingSets(b *testing.B) {
	var mappings, sets []string
	for i := range 10 {
		mappings = append(mappings, fmt.Sprintf(`{"id":"%032x","version":0,"createdDate":1614901255000,"modifiedDate":1614901255000,"createdBy":"user@AdobeID",
			"modifiedBy":"user@AdobeID","sourceType":"text/x.schema-path","source":"data.field_%[1]d","destination":"_acme.field_%[1]d","identity":false,
			"primaryIdentity":false,"matchScore":0.0,"sourceAttribute":"data.field_%[1]d","destinationXdmPath":"_acme.field_%[1]d","functionVersion":1}`, i))
	}
	for i := range 99 {
		sets = append(sets, fmt.Sprintf(`{"id":"%032x","version":0,"createdDate":1614901255000,"modifiedDate":1614901255000,"createdBy":"user@AdobeID",
			"name":"Mappings %[1]d","status":"DRAFT","strictMapping":false,"allowNullValues":false,"outputSchema":{"schemaRef":{
			"id":"https://ns.adobe.com/acme/schemas/945546","contentType":"application/vnd.adobe.xed-full+json; version=1"}},"mappings":[%[2]s]}`,
			i, strings.Join(mappings, ",")))
	}
	body := `{"data":[` + strings.Join(sets, ",") + `],"_page":{"count":0,"limit":100},"_links":{}}`
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}))
	defer service.Close()
	client := dataprep.New(transport.New(transport.Config{Service: dataprep.Service, BaseURL: service.URL, Timeout: 10 * time.Second}), objects.NewRegister())
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		listed, err := client.MappingSets.List(b.Context(), "")
		require.NoError(b, err)
		require.Len(b, listed, 99)
	}
}
