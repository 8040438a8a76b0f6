package objects

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// BenchmarkReadsFromPages reads each of a thousand objects once, from pages of a hundred that cost nothing, as many at a time as Terraform does: it
// is what the cache of pages costs.
func BenchmarkReadsFromPages(b *testing.B) {
	const objects, page, atOnce = 1000, 100, 10
	service := httptest.NewServer(http.NotFoundHandler())
	defer service.Close()
	client := transport.New(transport.Config{Service: "Things", BaseURL: service.URL, Timeout: time.Second})
	ids := make([]string, objects)
	for i := range ids {
		ids[i] = fmt.Sprintf("%032x", i)
	}
	pages := func(string) Reader[thing] {
		read := 0
		return func(context.Context) (items []thing, more bool, err error) {
			for _, id := range ids[read : read+page] {
				items = append(items, thing{ID: id})
			}
			read += page
			return items, read < objects, nil
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		c := &Collection[thing]{
			Transport: client, Register: NewRegister(), Path: thingsAt, Object: "thing", Reader: pages,
			Identify: func(one *thing) (string, time.Time) { return one.ID, time.Time{} },
		}
		c.roster().ask() // the read by ID that comes first
		work := make(chan string)
		done := make(chan int, atOnce)
		for range atOnce {
			go func() {
				listed := 0
				for id := range work {
					if c.Listed(FromLists(b.Context()), id, "") != nil {
						listed++
					}
				}
				done <- listed
			}()
		}
		for _, id := range ids {
			work <- id
		}
		close(work)
		listed := 0
		for range atOnce {
			listed += <-done
		}
		require.Equal(b, objects, listed)
	}
}
