package mappingset_test

import (
	"fmt"
	"maps"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest"
	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/core"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator"
)

// form is fields of every kind, beside those of the world's schema.
func form(properties map[string]any) {
	text := map[string]any{"type": "string"}
	device := map[string]any{"type": "object", "properties": map[string]any{"id": text}}
	maps.Copy(properties, map[string]any{
		"count": map[string]any{"type": "integer"}, "score": map[string]any{"type": "number"}, "machine": map[string]any{"type": "boolean"},
		"at": map[string]any{"type": "string", "format": "date-time"}, "device": device,
		"devices": map[string]any{"type": "array", "items": device},
		"labels":  map[string]any{"type": "object", "additionalProperties": text},
		"any":     map[string]any{"type": "object"},
		"channel": map[string]any{"type": "string", "enum": []any{"email", "push"}},
	})
}

// planOf is what the plan of a create with these mappings reports. It wants no write.
func planOf(t *testing.T, mappings map[string]any) core.Diagnostics {
	t.Helper()
	world := acctest.New(t, simulator.Options{})
	world.GiveFields(t, form)
	_, found := world.Core(t).Plan(t.Context(), instance(), attributes{"schema_id": world.SchemaID, "mappings": mappings})
	require.Zero(t, world.CallsTo(http.MethodPost, collection))
	return found
}

func from(source string) map[string]any { return attributes{"source": source} }

func literal(source string) map[string]any {
	return attributes{"source": source, "source_type": "STATIC"}
}

func computed(source string) map[string]any {
	return attributes{"source": source, "source_type": "EXPRESSION"}
}

func TestRightMappingsGiveNoNoise(t *testing.T) {
	t.Parallel()
	require.Empty(t, planOf(t, attributes{
		"_id": from("event_id"), "eventType": from("metric"), "timestamp": computed("${timestamp} * 1000"), "_acme.email": from("data.identifiers.email"),
		"_acme.timestamp": from("timestamp"), "_acme.id": from("data.campaign_id"), "_acme.count": from("data.identifiers.id"),
		"_acme.score": from("data.action_id"), "_acme.machine": from("data.machine"), "_acme.at": literal("2026-01-02"),
		"_acme.device": from("data.identifiers"), "_acme.devices[0].id": from("data.recipients[0].device_id"), "_acme.devices[*].id": from("data.recipients[*].device_id"),
		"_acme.labels.spring": from("data.subject"), "_acme.any.deeply.nested": from("data.subject"), "_acme.metric": from("data.headers.Reply-To"),
		"_acme.event_id": from("data.content.aps.alert"), "_acme.cio_id": literal("anything"),
	}))
	require.Empty(t, planOf(t, attributes{
		"_acme.count": literal("12"), "_acme.score": literal("1.5"), "_acme.machine": literal("yes"), "_acme.at": literal("20260102"),
		"_acme.metric":  computed(`iif(is_empty(data.subject), concat(data.identifiers.email, ' data.nothing "', "data.\"nothing"), data.headers.x)`),
		"_acme.email":   computed("x.data.nothing + data.${to} + data.content.aps + data.identifiers.id"),
		"_acme.devices": from("data.recipients"), "_acme.any": from("data.headers"),
	}))
}

func TestSourcesThatEventsDoNotHave(t *testing.T) {
	t.Parallel()
	expression := computed(`concat("data.emial", data.identifiers.emial, upper(data.identifiers.emial))`)
	found := planOf(t, attributes{"_acme.email": expression})
	require.Len(t, found, 1)
	require.Contains(t, found[0].Detail, `No documented event of Customer.io has "data.identifiers.emial". The nearest known path is "data.identifiers.email".`)
	for source, wanted := range map[string]string{
		"data.identifiers.emial": `"data.identifiers.email"`, "email": `"data.identifiers.email"`, "campaign_id": `"data.campaign_id"`,
		"data.metric": `"metric"`, "data.subjct": `"data.subject"`, "data.identifiers.email.domain": `"data.identifiers.email"`, "recipients[0].device_id": `"data.recipients[0].device_id"`, "nonsense": "",
	} {
		found := planOf(t, attributes{"_acme.email": from(source)})
		require.Len(t, found, 1, source)
		require.NoError(t, found.Err())
		require.Equal(t, `AttributeName("mappings").ElementKeyString("_acme.email").AttributeName("source")`, found[0].Attribute.String())
		require.Contains(t, found[0].Detail, `No documented event of Customer.io has "`+source+`".`)
		if wanted == "" {
			require.NotContains(t, found[0].Detail, "nearest", source)
		} else {
			require.Contains(t, found[0].Detail, "The nearest known path is "+wanted, source)
		}
	}
}

// Data Prep takes an expression in the place of a path for the name of a member that no event has.
func TestExpressionsInPlaceOfPaths(t *testing.T) {
	t.Parallel()
	const expression, literal = `set source_type = "EXPRESSION".`, `set source_type = "STATIC" and write it without quotes.`
	for source, wanted := range map[string]string{
		`concat(metric, " ", object_type)`: expression, "upper (metric)": expression, "timestamp*1000": expression, "timestamp * 1000": expression,
		"data.campaign_id + 1": expression, "data.campaign_id - 1": expression, `metric == "sent"`: expression, "a || b": expression, "data.machine && true": expression,
		`"shop"`: literal, "'shop'": literal, "5": literal, "-1.5": literal,
	} {
		found := planOf(t, attributes{"_acme.email": from(source)})
		require.Len(t, found, 1, source)
		require.NoError(t, found.Err(), source)
		require.Equal(t, `AttributeName("mappings").ElementKeyString("_acme.email").AttributeName("source")`, found[0].Attribute.String())
		require.Contains(t, found[0].Detail, fmt.Sprintf("%q", source))
		require.Contains(t, found[0].Detail, wanted)
	}
	for _, source := range []string{"data.headers.Reply-To", "data.headers.${a (b)}", `data.headers.a\*b`, "data.headers.o'clock"} {
		require.Empty(t, planOf(t, attributes{"_acme.email": from(source)}), source)
	}
}

// Data Prep would take the field for its function of the same name.
func TestFieldsWithTheNameOfAFunction(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	world.AddFault(simulator.Fault{Path: "*/validate", Do: simulator.FaultAnswer, Status: http.StatusNotFound})
	terraform := world.Core(t)
	plan := func(source string) core.Diagnostics {
		_, found := terraform.Plan(t.Context(), instance(), attributes{"schema_id": world.SchemaID, "mappings": attributes{"_acme.email": computed(source)}})
		return found
	}
	for _, source := range []string{"timestamp*1000", "dformat(timestamp * 1000, \"yyyy\")", "timestamp", "concat(metric, timestamp)", "-timestamp + 1", "1 + timestamp "} {
		found := plan(source)
		require.Len(t, found, 1, source)
		require.NoError(t, found.Err())
		require.Contains(t, found[0].Detail, "write $${timestamp} in place of timestamp")
	}
	for _, source := range []string{"${timestamp} * 1000", "timestamp()", "timestamp ( ) + 1", `concat("timestamp", metric)`, "data.headers.timestamp", "timestamps + my_timestamp"} {
		require.Empty(t, plan(source), source)
	}
}

func TestIndexesOfWhatIsNoList(t *testing.T) {
	t.Parallel()
	for source, wanted := range map[string]string{
		"data.customer_id[0]": "data.customer_id", "metric[0]": "metric", "data.identifiers[0]": "data.identifiers", "data.subject[*]": "data.subject",
	} {
		found := planOf(t, attributes{"_acme.any": from(source)})
		require.NotEmpty(t, found, source)
		require.NoError(t, found.Err(), source)
		require.Contains(t, found[0].Detail, fmt.Sprintf("has %q, because %q is no list. Remove the index.", source, wanted))
	}
	found := planOf(t, attributes{"_acme.email": computed("upper(data.identifiers.email[0])")})
	require.Len(t, found, 1)
	require.Contains(t, found[0].Detail, `because "data.identifiers.email" is no list`)
	for _, destination := range []string{"_acme.email[0]", "_acme.count[*]", "_acme.devices[0].id[1]"} {
		found := planOf(t, attributes{destination: from("data.subject")})
		require.Len(t, found, 1, destination)
		require.ErrorContains(t, found.Err(), fmt.Sprintf("has no field %q, because %q is no array. Remove the index.", destination, destination[:len(destination)-3]))
	}
}

func TestDestinationsThatTheSchemaDoesNotHave(t *testing.T) {
	t.Parallel()
	const next = "Correct the key, or add the field to the schema."
	for destination, wanted := range map[string]string{
		"_acme.emial": `The nearest is "_acme.email". ` + next, "email": `The nearest is "_acme.email". ` + next,
		"_acne.cio_id": `The nearest is "_acme.cio_id". ` + next, "_acme.email.domain": next, "_acme.devices[0].serial": next, "person.name.lastName": next,
	} {
		found := planOf(t, attributes{destination: from("data.subject"), "_acme.metric": from("metric")})
		require.Len(t, found, 1, destination)
		require.Error(t, found.Err(), destination)
		require.Equal(t, `AttributeName("mappings").ElementKeyString("`+destination+`")`, found[0].Attribute.String())
		require.Contains(t, found[0].Detail, fmt.Sprintf("has no field %q. %s", destination, wanted))
	}
}

func TestSourcesThatDoNotFitTheField(t *testing.T) {
	t.Parallel()
	for destination, mapping := range map[string]struct {
		mapping map[string]any
		wanted  string
	}{
		"timestamp":       {from("timestamp"), `"timestamp" is a whole number, and the field "timestamp" takes a date. It counts seconds since 1970.`},
		"_acme.at":        {from("event_id"), `"event_id" is a text such as "01E4C4CT6YDC7Y5M7FE1GWWPQJ", and the field "_acme.at" takes a date.`},
		"_acme.count":     {from("data.identifiers.email"), `"data.identifiers.email" is a text such as "test@example.com", and the field "_acme.count" takes a whole number.`},
		"_acme.score":     {from("data.machine"), `"data.machine" is true or false, and the field "_acme.score" takes a number.`},
		"_acme.machine":   {from("metric"), `and the field "_acme.machine" takes true or false`},
		"_acme.device":    {from("data.subject"), `and the field "_acme.device" takes an object`},
		"_acme.metric":    {from("data.identifiers"), `"data.identifiers" is an object, and the field "_acme.metric" takes a text.`},
		"_acme.timestamp": {literal("now"), `The literal is "now", and the field "_acme.timestamp" takes a whole number.`},
		"_acme.devices":   {from("data.subject"), `and the field "_acme.devices" takes an array`},
	} {
		found := planOf(t, attributes{destination: mapping.mapping})
		require.Len(t, found, 1, destination)
		require.NoError(t, found.Err())
		require.Equal(t, `AttributeName("mappings").ElementKeyString("`+destination+`").AttributeName("source")`, found[0].Attribute.String())
		require.Contains(t, found[0].Detail, mapping.wanted)
	}
}

// A literal is one in an expression too.
func TestLiteralsThatDoNotFitTheField(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		destination string
		mapping     map[string]any
		wanted      string
	}{
		{"_acme.count", computed(`"many"`), `The literal is "many", and the field "_acme.count" takes a whole number.`},
		{"_acme.count", computed("1.5"), `The literal is 1.5, and the field "_acme.count" takes a whole number.`},
		{"_acme.count", literal("1.5"), `The literal is "1.5", and the field "_acme.count" takes a whole number.`},
		{"_acme.count", computed("true"), `The literal is true, and the field "_acme.count" takes a whole number.`},
		{"_acme.score", computed("'high'"), `The literal is "high", and the field "_acme.score" takes a number.`},
		{"_acme.machine", computed("5"), `The literal is 5, and the field "_acme.machine" takes true or false.`},
		{"_acme.machine", literal("Perhaps"), `The literal is "Perhaps", and the field "_acme.machine" takes true or false.`},
		{"_acme.at", computed("5"), `The literal is 5, and the field "_acme.at" takes a date.`},
		{"_acme.at", computed(`"2026-02-30"`), `The literal is "2026-02-30", and the field "_acme.at" takes a date.`},
		{"_acme.at", literal("2026-13-01T00:00:00Z"), `The literal is "2026-13-01T00:00:00Z", and the field "_acme.at" takes a date.`},
		{"_acme.device", computed(`"phone"`), `The literal is "phone", and the field "_acme.device" takes an object.`},
		{"_acme.devices", computed("-5"), `The literal is -5, and the field "_acme.devices" takes an array.`},
		{"_acme.channel", literal("e-mail"), `The literal is "e-mail", and the field "_acme.channel" takes one of "email", "push".`},
		{"_acme.channel", computed(`"sms"`), `The literal is "sms", and the field "_acme.channel" takes one of "email", "push".`},
	} {
		found := planOf(t, attributes{test.destination: test.mapping})
		require.Len(t, found, 1, test.wanted)
		require.NoError(t, found.Err())
		require.Equal(t, `AttributeName("mappings").ElementKeyString("`+test.destination+`").AttributeName("source")`, found[0].Attribute.String())
		require.Contains(t, found[0].Detail, test.wanted)
		require.Contains(t, found[0].Detail, "Correct the literal.")
	}
	require.Empty(t, planOf(t, attributes{
		"_acme.count": computed(`"12"`), "_acme.score": computed("1.5"), "_acme.machine": computed("false"), "_acme.at": computed(`"2026-01-02T03:04:05.000Z"`),
		"_acme.email": computed("5"), "_acme.metric": computed(`"a" + "b"`), "_acme.device": computed("null"), "_acme.channel": literal("push"), "_acme.cio_id": computed("'it\\'s'"),
	}))
}

// Adobe's documentation of Data Prep lists the formats in which it finds a date.
func TestDatesThatFit(t *testing.T) {
	t.Parallel()
	for _, date := range []string{
		"2026-01-02T03:04:05Z", "2026-01-02T03:04:05+01:00", "2026-01-02 03:04:05-0700", "2026-01-02 03:04:05.678-0700", "2026-01-02 03:04:05.678",
		"2026-01-02T03:04:05.678+01", "2026-01-02", "2026/01/02", "2026.01.02", "2026-Jan-02", "20260102", "01-02-2026", "01022026", "1/02/2026", "02.1.2026",
		"1/02/2026 03:04:05 PM", "02.1.2026 03:04:05 AM", "02.Jan.2026", "02-Jan-2026",
	} {
		require.Empty(t, planOf(t, attributes{"_acme.at": literal(date)}), date)
	}
}

// A warning that was accepted does not come back, and a plan without a change of a mapping makes no call.
func TestOnlyWhatChangesIsLookedAt(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	terraform, i := world.Core(t), instance()
	arguments := set(world, attributes{"_acme.metric": from("data.unheard_of")}, nil)
	require.NoError(t, terraform.Apply(t.Context(), i, arguments).Err())
	silent := func(arguments map[string]any) {
		t.Helper()
		world.ResetCalls()
		_, found := terraform.Plan(t.Context(), i, arguments)
		require.Empty(t, found)
		require.Zero(t, world.CallsTo(http.MethodGet, "/schemaregistry/"))
		require.Zero(t, world.CallsTo(http.MethodPost, "/validate"))
	}
	silent(arguments)
	silent(set(world, attributes{"_acme.metric": from("data.unheard_of")}, attributes{"name": "Shop", "timeouts": attributes{"delete": "1m"}}))
	silent(set(world, attributes{"_acme.metric": attributes{"source": "data.unheard_of", "description": "Accepted"}}, nil))
	silent(set(world, nil, nil))

	world.ResetCalls()
	_, found := terraform.Plan(t.Context(), i, set(world, attributes{"_acme.metric": from("data.unheard_of"), "_acme.id": from("data.subject")}, nil))
	require.Empty(t, found)
	require.Equal(t, 1, world.CallsTo(http.MethodGet, "/tenant/schemas/"))
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/validate"))
}

// What cannot be read or asked is left to the apply.
func TestWhatThePlanCannotAskIsLeftToTheApply(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simulator.Fault{
		"forbidden": {Do: simulator.FaultAnswer, Status: http.StatusForbidden}, "broken": {Do: simulator.FaultAnswer, Status: http.StatusInternalServerError},
		"silent": {Do: simulator.FaultResetBefore}, "nonsense": {Do: simulator.FaultAnswer, Status: http.StatusOK, Body: `[]`},
	} {
		world := acctest.New(t, simulator.Options{})
		for _, path := range []string{"*/tenant/schemas/*", "*/validate"} {
			fault.Path = path
			world.AddFault(fault)
		}
		terraform, i := world.CoreWithoutRetries(t), instance()
		planned, found := terraform.Plan(t.Context(), i, attributes{"schema_id": world.SchemaID, "mappings": attributes{"_acme.nothing": computed("nosuchfunction(metric)")}})
		require.Empty(t, found, name)
		require.Equal(t, core.Create, planned.Action)
		world.ClearFaults()
		require.ErrorContains(t, terraform.ApplyPlan(t.Context(), i, planned).Err(), `has no field "_acme.nothing"`)
		require.Zero(t, world.CallsTo(http.MethodPost, collection))
	}
}

// The service is asked only where the plan found nothing, and its refusals are errors on the mappings.
func TestTheServiceIsAskedAtPlan(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	terraform, i := world.Core(t), instance()
	_, found := terraform.Plan(t.Context(), i, set(world, attributes{"_acme.metric": computed("nosuchfunction(metric)")}, nil))
	require.Len(t, found, 1)
	require.ErrorContains(t, found.Err(), `Data Prep does not accept the mapping into "_acme.metric"`)
	require.Equal(t, 1, world.CallsTo(http.MethodPost, "/validate"))

	world.ResetCalls()
	_, found = terraform.Plan(t.Context(), i, set(world, attributes{"_acme.nothing": computed("nosuchfunction(metric)")}, nil))
	require.Len(t, found, 1)
	require.Zero(t, world.CallsTo(http.MethodPost, "/validate"))

	world.ResetCalls()
	planned, found := terraform.Plan(t.Context(), i, set(world, nil, nil))
	require.Empty(t, found)
	require.Empty(t, terraform.ApplyPlan(t.Context(), i, planned))
	require.Equal(t, 2, world.CallsTo(http.MethodPost, "/validate"), "once for the plan, once for the apply")
	require.Equal(t, 2, world.CallsTo(http.MethodGet, "/tenant/schemas/"), "once for the plan, once for the apply")
}

func TestASchemaThatDoesNotExist(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	_, found := world.Core(t).Plan(t.Context(), instance(), set(world, nil, attributes{"schema_id": world.SchemaID + "0"}))
	require.Len(t, found, 1)
	require.ErrorContains(t, found.Err(), "There is no schema with the ID "+world.SchemaID+"0")
	require.Equal(t, `AttributeName("schema_id")`, found[0].Attribute.String())
}

// growing is a schema with fields, and a mapping set that maps one of them.
func growing(fields, mapped string) string {
	return `
resource "customerio_target_schema" "this" {
  title        = "Events"
  event_fields = ` + fields + `
}
resource "customerio_mapping_set" "this" {
  schema_id = customerio_target_schema.this.id
  mappings  = { "${customerio_target_schema.this.tenant_namespace}.` + mapped + `" = { source = "data.subject" } }
}`
}

// The registry does not have the fields yet that the same plan adds.
func TestFieldsThatTheSamePlanAdds(t *testing.T) {
	t.Parallel()
	world := acctest.New(t, simulator.Options{})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             world.NothingLeft,
		Steps: []resource.TestStep{
			{Config: world.Config(growing(`["email"]`, "email"))},
			{
				Config:      world.Config(growing(`["email", "subject"]`, "subjct")),
				ExpectError: acctest.Message("Field not in the schema", `has no field "_acme.subjct"`, `The nearest is "_acme.subject"`),
			},
			{
				Config:           world.Config(growing(`["email", "subject"]`, "subject")),
				ConfigPlanChecks: acctest.Planned(address, plancheck.ResourceActionUpdate),
			},
		},
	})
}
