package api_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// bothAtOnce creates what two POSTs ask for. If they come at the same time, both have acted before either answer is lost.
func bothAtOnce() func(s *service, sent object) {
	var mutex sync.Mutex
	both, count := make(chan struct{}), 0
	return func(s *service, sent object) {
		s.add(sent)
		mutex.Lock()
		if count++; count == 2 {
			close(both)
		}
		mutex.Unlock()
		select {
		case <-both:
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Two equal creates at the same time whose answers are both lost end in one object each, whatever the kind: the second one is not
// sent before the first one has found its object.
func TestEqualCreatesWithBothAnswersLost(t *testing.T) {
	t.Parallel()
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range 3 {
				s, client := kind.serve(t, bothAtOnce())
				var ids [2]string
				var errs [2]error
				var group sync.WaitGroup
				for i := range ids {
					group.Go(func() { ids[i], errs[i] = client.create(t.Context()) })
				}
				group.Wait()
				require.NoError(t, errs[0])
				require.NoError(t, errs[1])
				require.ElementsMatch(t, []string{"1", "2"}, ids[:])
				require.Len(t, s.objects, 2)
			}
		})
	}
}
