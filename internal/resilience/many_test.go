package resilience_test

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// mostMemory is the most memory that the provider may use, in MiB.
const mostMemory = 150

// pipelines is how many are created. Fewer do for the race detector, and where not everything is played.
func pipelines() int {
	if acctest.RaceDetector || !*all {
		return 15
	}
	return 200
}

const manyPipelines = `
variable "pipelines" { type = number }

resource "customerio_source_connection" "this" {
  count = var.pipelines
  name  = "Source ${count.index}"
}

resource "customerio_target_connection" "this" {
  count      = var.pipelines
  name       = "Target ${count.index}"
  schema_id  = "SCHEMA_ID"
  dataset_id = "DATASET_ID"
}

resource "customerio_mapping_set" "this" {
  count     = var.pipelines
  name      = "Mappings ${count.index}"
  schema_id = "SCHEMA_ID"
  mappings  = provider::customerio::event_mappings("_acme", "event_id", "object_type", "metric", "timestamp", "id", "email", "cio_id")
}

resource "customerio_dataflow" "this" {
  count                = var.pipelines
  name                 = "Dataflow ${count.index}"
  source_connection_id = customerio_source_connection.this[count.index].id
  target_connection_id = customerio_target_connection.this[count.index].id
  mapping_set_id       = customerio_mapping_set.this[count.index].id
  mapping_version      = customerio_mapping_set.this[count.index].version
}

resource "customerio_reporting_webhook" "this" {
  count    = var.pipelines
  name     = "Webhook ${count.index}"
  endpoint = customerio_dataflow.this[count.index].webhook_url
  events   = provider::customerio::events("email")
}
`

// TestManyPipelines creates many pipelines, fifty resources at a time.
func TestManyPipelines(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	// The memory is that of users, whose programs collect garbage as often as Go does by default.
	w := acctest.NewWorkspace(t, append(world.Credentials(), "GOGC=100", fmt.Sprintf("TF_VAR_pipelines=%d", pipelines()))...)
	w.Observe()
	w.Write("main.tf", acctest.Required+world.Config(manyPipelines))
	var most int
	for _, arguments := range [][]string{
		{"apply", "-auto-approve", "-no-color", "-parallelism=50"},
		{"plan", "-detailed-exitcode", "-no-color", "-parallelism=50"}, // reads them all
	} {
		began := time.Now()
		running := w.Start(arguments...)
		peak := watchMemory(running)
		output, err := running.Wait()
		require.NoError(t, err, output)
		reached := peak()
		t.Logf("terraform %s: %s, at most %d MiB", arguments[0], time.Since(began).Round(time.Second/10), reached)
		most = max(most, reached)
	}
	requireOneOfEach(t, world)
	if runtime.GOOS == "linux" && !acctest.RaceDetector { // which needs several times the memory
		require.Positive(t, most)
		require.Less(t, most, mostMemory)
	}
}

// requireOneOfEach wants one object per resource, and none twice.
func requireOneOfEach(t *testing.T, world *acctest.World) {
	t.Helper()
	names := map[string]int{}
	for _, object := range world.Objects() {
		names[object.Kind+" "+object.Name]++
	}
	for i := range pipelines() {
		for _, name := range []string{
			"sourceConnection Source %d", "targetConnection Target %d", "mappingSet Mappings %d", "flow Dataflow %d", "reportingWebhook Webhook %d",
		} {
			require.Equal(t, 1, names[fmt.Sprintf(name, i)], name, i)
		}
	}
	require.Len(t, names, 5*pipelines()+3, "and the schema, its field group and the dataset")
}

var highWaterMark = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// watchMemory watches the provider's processes, which only Linux allows. The function that it returns waits for the end of Terraform and
// returns the most memory that any of them used, in MiB.
func watchMemory(running *acctest.Running) func() int {
	var watching sync.WaitGroup
	most := 0
	done := make(chan struct{})
	watching.Go(func() {
		for {
			for _, number := range running.Providers() {
				status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", number)) // it may have ended
				if mark := highWaterMark.FindSubmatch(status); mark != nil {
					kilobytes, _ := strconv.Atoi(string(mark[1]))
					most = max(most, kilobytes>>10)
				}
			}
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
	return func() int {
		close(done)
		watching.Wait()
		return most
	}
}
