package faultmatrix_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// player carries out commands of Terraform on one resource, and returns the summaries of what it reports, such as "Error: …".
type player interface {
	// apply applies a configuration, nil for one without the resource.
	apply(config map[string]any) []string
	// imports forgets the resource, and imports the object with an ID.
	imports(config map[string]any, id string) []string
	// state is the resource in the state, nil if there is none.
	state() (attributes any, tainted bool)
}

// playedByCore is the core that the fault matrix uses.
type playedByCore struct {
	t        *testing.T
	core     *core.Core
	instance *core.Instance
}

func (p *playedByCore) apply(config map[string]any) []string {
	return summaries(p.core.Apply(p.t.Context(), p.instance, config))
}

func (p *playedByCore) imports(_ map[string]any, id string) []string {
	*p.instance = core.Instance{Type: p.instance.Type}
	return summaries(p.core.Import(p.t.Context(), p.instance, id))
}

func (p *playedByCore) state() (any, bool) {
	return plain(p.t, p.instance.State), p.instance.Tainted
}

func summaries(diags core.Diagnostics) []string {
	var found []string
	for _, one := range diags {
		severity := one.Severity.String()
		found = append(found, severity[:1]+strings.ToLower(severity[1:])+": "+one.Summary)
	}
	return found
}

// plain is a value as JSON has it.
func plain(t *testing.T, value tftypes.Value) any {
	t.Helper()
	if value.Type() == nil || value.IsNull() {
		return nil
	}
	var members map[string]tftypes.Value
	var elements []tftypes.Value
	var text string
	var truth bool
	var number big.Float
	switch {
	case value.As(&members) == nil:
		object := map[string]any{}
		for name, member := range members {
			object[name] = plain(t, member)
		}
		return object
	case value.As(&elements) == nil:
		list := []any{}
		for _, element := range elements {
			list = append(list, plain(t, element))
		}
		if value.Type().Is(tftypes.Set{}) { // Terraform sorts them
			slices.SortFunc(list, func(a, b any) int { return strings.Compare(encoded(a), encoded(b)) })
		}
		return list
	case value.As(&text) == nil:
		return text
	case value.As(&truth) == nil:
		return truth
	}
	require.NoError(t, value.As(&number))
	return json.Number(number.Text('f', -1))
}

// playedByTerraform is a real Terraform that runs the provider's binary.
type playedByTerraform struct {
	t         *testing.T
	workspace *acctest.Workspace
	settings  map[string]any
	typeName  string
}

func (p *playedByTerraform) apply(config map[string]any) []string {
	p.write(config)
	return p.run("apply", "-auto-approve", "-no-color")
}

func (p *playedByTerraform) imports(config map[string]any, id string) []string {
	p.write(config)
	require.NoError(p.t, os.Remove(p.workspace.Path("terraform.tfstate")))
	return p.run("import", "-no-color", p.typeName+".this", id)
}

func (p *playedByTerraform) write(config map[string]any) {
	file := map[string]any{
		"terraform": map[string]any{"required_providers": map[string]any{"customerio": map[string]any{"source": "customerio-source/customerio"}}},
		"provider":  map[string]any{"customerio": p.settings},
	}
	if config != nil {
		file["resource"] = map[string]any{p.typeName: map[string]any{"this": config}}
	}
	p.workspace.Write("main.tf.json", encoded(file))
}

var summaryLine = regexp.MustCompile(`(?m)^(?:│ )?((?:Error|Warning): .+)$`)

// run runs Terraform. The warning that the provider is under development is not the provider's.
func (p *playedByTerraform) run(arguments ...string) []string {
	output, err := p.workspace.Try(arguments...)
	var found []string
	for _, match := range summaryLine.FindAllStringSubmatch(output, -1) {
		if match[1] != "Warning: Provider development overrides are in effect" {
			found = append(found, match[1])
		}
	}
	failed := slices.ContainsFunc(found, func(summary string) bool { return strings.HasPrefix(summary, "Error: ") })
	require.Equal(p.t, failed, err != nil, "%v\n%s", err, output)
	return found
}

func (p *playedByTerraform) state() (any, bool) {
	var shown struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Values  map[string]any
					Tainted bool
				}
			} `json:"root_module"`
		}
	}
	require.NoError(p.t, json.Unmarshal([]byte(p.workspace.Show()), &shown))
	resources := shown.Values.RootModule.Resources
	if len(resources) == 0 {
		return nil, false
	}
	return resources[0].Values, resources[0].Tainted
}

// outcome is what is left of an operation.
type outcome struct {
	Summaries []string
	// State is encoded as JSON, with placeholders for what differs from run to run.
	State   string
	Tainted bool
	// Objects are what exists, by kind and name, and Calls how often the services were called, by method and path.
	Objects []string
	Calls   map[string]int
}

// varying are IDs and times.
var varying = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24,}|\d{4}-\d\d-\d\dT[\d:.]+Z`)

func (c *cell) outcome(by player, summaries []string) outcome {
	state, tainted := by.state()
	end := outcome{
		Summaries: slices.Sorted(slices.Values(summaries)), State: varying.ReplaceAllString(encoded(state), "…"), Tainted: tainted, Calls: map[string]int{},
	}
	for _, object := range c.world.Objects() {
		if !slices.Contains(c.aside, object.ID) {
			end.Objects = append(end.Objects, object.Kind+" "+object.Name)
		}
	}
	slices.Sort(end.Objects)
	for _, one := range c.world.Calls() {
		// How often a new object is looked for depends on how long it is new, which is shorter in this process.
		name := one.Method + " " + pathPattern(one.Path)
		end.Calls[name] = min(end.Calls[name]+1, objects.ReadsUntilGone)
	}
	c.world.ResetCalls()
	return end
}

// sample is a cell of the matrix that a real Terraform plays too.
type sample struct {
	name, typeName string
	// operation is create, refresh, delete, import or one of the lifecycle's changes.
	operation string
	faults    []simulator.Fault
	// elsewhere removes the object behind Terraform's back first.
	elsewhere bool
	// want is part of what has to come of it, so that agreement on nothing does not pass.
	want string
	// tainted is whether the operation leaves the resource tainted.
	tainted bool
	// recovers is whether the same is applied once more, without faults.
	recovers bool
}

func samples() []sample {
	at := func(method, path string, fault simulator.Fault) []simulator.Fault {
		fault.Method, fault.Path = method, path
		return []simulator.Fault{fault}
	}
	later := func(faults []simulator.Fault) []simulator.Fault { // than the list before the create
		faults[0].After = 1
		return faults
	}
	const (
		source, sources = "*/sourceConnections/*", "*/sourceConnections"
		target          = "*/targetConnections/*"
	)
	refused := flowProblem("2120-403", 403, "You do not have sufficient permissions")
	broken := flowProblem("1400-500", 500, "Internal error")
	lost := simulator.Fault{Do: simulator.FaultResetAfter}
	return []sample{
		{name: "create, answer lost", typeName: "source_connection", operation: "create", faults: at(http.MethodPost, sources, times(lost, 1)), recovers: true},
		{name: "create refused", typeName: "source_connection", operation: "create", faults: at(http.MethodPost, sources, refused), want: "Unable to create", recovers: true},
		{
			name: "create with an unknown outcome", typeName: "source_connection", operation: "create",
			faults: append(at(http.MethodPost, sources, lost), later(at(http.MethodGet, sources, broken))...),
			want:   "Unable to create", tainted: true, recovers: true,
		},
		{name: "create unfinished", typeName: "target_schema", operation: "create", faults: at(http.MethodPost, "*/descriptors", refused), want: "Unable to create", tainted: true, recovers: true},
		{name: "create with a plan that asks the service", typeName: "mapping_set", operation: "create", recovers: true},
		{name: "update", typeName: "mapping_set", operation: "remap"},
		{name: "update refused", typeName: "target_connection", operation: "rename", faults: at(http.MethodPatch, target, refused), want: "Unable to update", recovers: true},
		{name: "update refused half-way", typeName: "target_schema", operation: "grow", faults: at(http.MethodPatch, "*/fieldgroups/*", refused), want: "Unable to update"},
		{name: "replace, create refused", typeName: "source_connection", operation: "replace", faults: at(http.MethodPost, sources, refused), want: "Unable to create", recovers: true},
		{name: "delete with 5xx", typeName: "source_connection", operation: "delete", faults: at(http.MethodDelete, source, broken), want: "Unable to delete", recovers: true},
		{name: "delete that the service lacks", typeName: "mapping_set", operation: "delete", faults: at(http.MethodDelete, "*/mappingSets/*", answer(405, "", nil)), want: "Warning: "},
		{name: "read refused", typeName: "reporting_webhook", operation: "refresh", faults: at(http.MethodGet, "/v1/reporting_webhooks/*", answer(403, `{"meta":{"error":"no"}}`, nil)), want: "Unable to read"},
		{name: "404 on read", typeName: "base_connection", operation: "refresh", elsewhere: true},
		{name: "404 on read before a delete", typeName: "target_dataset", operation: "delete", elsewhere: true},
		{name: "import", typeName: "target_dataset", operation: "import"},
		{name: "import refused", typeName: "target_connection", operation: "import", faults: at(http.MethodGet, target, refused), want: "Unable to read"},
		{name: "import of what is gone", typeName: "source_connection", operation: "import", elsewhere: true, want: "Cannot import non-existent remote object"},
	}
}

// TestCoreAgreesWithTerraform plays some cells with the core and with a real Terraform, each on services of its own. Both report the
// same, leave the same in the state and in the services, and make the same calls.
func TestCoreAgreesWithTerraform(t *testing.T) {
	acctest.CountsReads(t)
	for _, one := range samples() {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			var byCore, byTerraform []outcome
			require.True(t, t.Run("played", func(t *testing.T) { // at the same time: some wait for long
				t.Run("by the core", func(t *testing.T) {
					t.Parallel()
					byCore = one.play(t, func(cell *cell, settings map[string]any) player {
						return &playedByCore{t: t, core: core.New(t, settings), instance: cell.Instance}
					})
				})
				t.Run("by Terraform", func(t *testing.T) {
					t.Parallel()
					byTerraform = one.play(t, func(cell *cell, settings map[string]any) player {
						return &playedByTerraform{t: t, workspace: acctest.NewWorkspace(t), settings: settings, typeName: cell.typeName}
					})
				})
			}))
			require.Equal(t, byTerraform, byCore, "Terraform's outcomes, then the core's")
			require.Contains(t, fmt.Sprint(byCore[0].Summaries), one.want)
			require.Equal(t, one.tainted, byCore[0].Tainted)
		})
	}
}

// patience is longer than any wait in a sample, so that none ends differently on a busy machine.
const patience = time.Minute

// play carries out a sample, and returns the outcome of each of its commands.
func (s sample) play(t *testing.T, start func(cell *cell, settings map[string]any) player) []outcome {
	t.Helper()
	lives := lifecycles()
	cell := lives[slices.IndexFunc(lives, func(life lifecycle) bool { return life.typeName == "customerio_"+s.typeName })].newCell(t)
	limits := map[string]any{}
	for name := range cell.config["timeouts"].(map[string]any) {
		limits[name] = patience.String()
	}
	cell.config["timeouts"] = limits
	by := start(cell, settings(cell.world.URL, patience))
	config := cell.config
	if s.operation != "create" {
		require.Empty(t, by.apply(config))
	}
	switch {
	case s.operation == "delete":
		config = nil
	case cell.changes[s.operation] != nil:
		config = cell.changed(s.operation)
	}
	return s.commands(t, cell, by, config)
}

func (s sample) commands(t *testing.T, cell *cell, by player, config map[string]any) []outcome {
	t.Helper()
	object := cell.objects(cell.kinds[0])
	if s.elsewhere {
		require.NoError(t, cell.world.Delete(cell.kinds[0], object[0]))
	}
	for _, fault := range s.faults {
		cell.world.AddFault(fault)
	}
	cell.world.ResetCalls()
	command := func() []string { return by.apply(config) }
	if s.operation == "import" {
		command = func() []string { return by.imports(config, object[0]) }
	}
	outcomes := []outcome{cell.outcome(by, command())}
	if s.recovers {
		cell.world.ClearFaults()
		outcomes = append(outcomes, cell.outcome(by, command()))
	}
	return outcomes
}
