package expression

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/cio"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/document"
)

// The moment of the examples in Adobe's list of functions.
var documentedNow = time.Date(2021, 10, 26, 10, 10, 24, 0, time.UTC)

func decodedSample(t *testing.T, event string) map[string]any {
	t.Helper()
	sample, err := cio.SampleEvent(event)
	require.NoError(t, err)
	return document.Clone(sample)
}

func TestExpressions(t *testing.T) {
	record := decodedSample(t, "push_sent")
	record["First Name"] = "Jane"
	record["a.b"] = "dotted"
	record["new"] = "reserved"
	for expression, want := range map[string]any{
		// Arithmetic.
		"1 + 2 * 3":          7.0,
		"(1 + 2) * 3":        9.0,
		"10 - 4 - 3":         3.0,
		"7 / 2":              3.5,
		"7 % 4":              3.0,
		"7 mod 4":            3.0,
		"-${timestamp} + 1":  -1613063088.0,
		"${timestamp}*1000":  1613063089000.0,
		`"3" * 4`:            12.0,
		"${timestamp} div 1": 1613063089.0,

		// Literals and attributes.
		`"a" + 'b'`:                          "ab",
		`"say \"hi\""`:                       `say "hi"`,
		"true":                               true,
		"null":                               nil,
		"data.identifiers.email":             "test@example.com",
		"data.nowhere.email":                 nil,
		"data.recipients[0].device_platform": "android",
		"data.recipients[1].device_platform": nil,
		"${First Name}":                      "Jane",
		"${a.b}":                             "dotted",
		`a\.b`:                               "dotted",
		"${new}":                             "reserved",
		"data.${identifiers}.id":             "42",

		// Strings.
		`concat("Hi, ", "there", "!")`:                            "Hi, there!",
		`concat(object_type, "_", metric)`:                        "push_sent",
		`object_type || "_" || metric`:                            "push_sent",
		`"id " + data.action_id`:                                  "id 96",
		`concat("x", null, 5)`:                                    "x5",
		`lower("HeLLo")`:                                          "hello",
		`ucase("HeLLo")`:                                          "HELLO",
		`lower(data.email_address)`:                               nil,
		`trim(" hello ")`:                                         "hello",
		`substr("This is a substring test", 7, 8)`:                " a subst",
		`replacestr("This is a string re test", "re", "replace")`: "This is a string replace test",
		`split("Hello world", " ")`:                               []any{"Hello", "world"},
		`join(" ", split("Hello-world", "-"))`:                    "Hello world",
		`sha256("my text")`:                                       "7330d2b39ca35eaf4cb95fc846c21ee6a39af698154a83a586ee270a0d372104",
		`sha256("my text", "UTF-8")`:                              "7330d2b39ca35eaf4cb95fc846c21ee6a39af698154a83a586ee270a0d372104",
		`sha256(data.nowhere, "UTF-8")`:                           nil,

		// Logic.
		`metric == "sent"`:                                    true,
		`metric eq "clicked"`:                                 false,
		`metric != "sent"`:                                    false,
		`${timestamp} > 1613063088 && metric == "sent"`:       true,
		`${timestamp} le 1613063088 or metric == "sent"`:      true,
		`not (metric == "sent")`:                              false,
		`!is_empty(data.nowhere)`:                             false,
		`data.nowhere == null`:                                true,
		`iif(metric == "sent", "yes", "no")`:                  "yes",
		`iif(equalsIgnoreCase("s", "S"), "True", "False")`:    "True",
		`equals(metric, "sent")`:                              true,
		`iif(data.nowhere == null, null, data.nowhere * 2)`:   nil,
		`coalesce(null, null, null, "first", null, "second")`: "first",
		`iif(metric == "sent", nullify(), 1 / 0)`:             nil,

		// Conversions.
		`to_integer("12")`:    12.0,
		`to_integer("12.7")`:  12.0,
		`to_decimal("20.5")`:  20.5,
		`to_float("12.3456")`: 12.3456,

		// Dates.
		`now()`:       "2021-10-26T10:10:24Z",
		`timestamp()`: 1635243024000.0,
		`dformat(1571829875000, "yyyy-MM-dd'T'HH:mm:ss.SSSX")`:                 "2019-10-23T11:24:35.000Z",
		`dformat(${timestamp}*1000, "yyyy-MM-dd'T'HH:mm:ss.SSSX")`:             "2021-02-11T17:04:49.000Z",
		`dformat(${timestamp}*1000, "yyyy-MM-dd HH:mm:ssXXX", "Europe/Paris")`: "2021-02-11 18:04:49+01:00",
		`dformat(${timestamp}*1000, "EEE, d MMM yyyy h:mm a Z")`:               "Thu, 11 Feb 2021 5:04 PM +0000",
		`dformat(null, "yyyy")`: nil,
		`concat("list: ", data.recipients[0].device_platform, data.identifiers)`: `list: android{"cio_id":"d9c106000001","email":"test@example.com","id":"42"}`,
		`${timestamp} >= 1613063089`: true,
		`true && false`:              false,
		`false || true`:              true,
		`"a\tb"`:                     "a\tb",
	} {
		t.Run(expression, func(t *testing.T) {
			got, err := Evaluate(expression, record, documentedNow)
			require.NoError(t, err)
			require.Equal(t, want, got)
			require.NoError(t, Check(expression))
		})
	}
}

func TestExpressionsThatDoNotParseNamePositionAndFunction(t *testing.T) {
	for expression, message := range map[string]string{
		"":                           "position 0: the expression is empty",
		"1 +":                        "position 3: unexpected the end",
		"(1 + 2":                     `position 6: expected ")", found the end`,
		"1 2":                        "position 2: unexpected 2",
		`"open`:                      "position 0: the string is not closed",
		"a # b":                      `position 2: unexpected character '#'`,
		"${open":                     "position 0: ${ is not closed",
		"1.2.3":                      `position 0: "1.2.3" is not a number`,
		`"s".equals("S")`:            "position 3: the simulator has functions only, no methods",
		`metric.equals("S")`:         "position 0: metric.equals: the simulator has no such function",
		"timestamp * 1000":           "position 0: timestamp is a reserved word, write ${timestamp} for the field",
		"1 + size":                   "position 4: size is a reserved word, write ${size} for the field",
		"new":                        "position 0: new is a reserved word, write ${new} for the field",
		`1 + lowercase("x")`:         "position 4: lowercase: the simulator has no such function",
		`iif(true, 1)`:               "position 0: iif: takes 3 arguments, got 2",
		`dformat(${timestamp}*1000)`: "position 0: dformat: takes at least 2 arguments, got 1",
		`dformat(1, "y", "z", 4)`:    "position 0: dformat: takes at most 3 arguments, got 4",
		`concat("a", )`:              "position 12: unexpected )",
	} {
		t.Run(expression, func(t *testing.T) {
			require.EqualError(t, Check(expression), message)
		})
	}
}

func TestExpressionsThatFailOnDataNamePositionAndFunction(t *testing.T) {
	record := decodedSample(t, "email_sent")
	for expression, message := range map[string]string{
		"data.nowhere * 1000":                "position 13: operator *: null is not a number",
		"metric - 1":                         `position 7: operator -: "sent" is not a number`,
		"1 / 0":                              "position 2: operator /: division by zero",
		"!metric":                            `position 0: operator !: "sent" is not a boolean`,
		`1 + dformat(metric, "yyyy")`:        `position 4: dformat: "sent" is not a number`,
		`dformat(0, "GGGG")`:                 `position 0: dformat: the date pattern "GGGG" has "GGGG", which is not supported`,
		`dformat(0, "yyyy 'PM'")`:            `position 0: dformat: the date pattern "yyyy 'PM'" has the text 'PM', which Go takes for a part of a date`,
		`dformat(0, "yyyy", "Mars/Olympus")`: `position 0: dformat: "Mars/Olympus" is not a time zone`,
		`sha256("x", "UTF-16")`:              `position 0: sha256: the simulator has no character set "UTF-16"`,
		`iif("x", 1, 2)`:                     `position 0: iif: the condition is "x", not a boolean`,
		`concat("a", lower(1 / 0))`:          "position 20: operator /: division by zero",
	} {
		t.Run(expression, func(t *testing.T) {
			require.NoError(t, Check(expression))
			_, err := Evaluate(expression, record, documentedNow)
			require.EqualError(t, err, message)
		})
	}
}

func TestMillisecondsStayExactInJSON(t *testing.T) {
	value, err := Evaluate("${timestamp}*1000", decodedSample(t, "email_sent"), documentedNow)
	require.NoError(t, err)
	encoded, err := json.Marshal(value)
	require.NoError(t, err)
	require.Equal(t, "1613063089000", string(encoded))
}

func TestPathsAreTakenApartAtDotsThatAreNotEscaped(t *testing.T) {
	for path, parts := range map[string][]string{
		"data.identifiers.cio_id":      {"data", "identifiers", "cio_id"},
		`_acme.web\.page`:              {"_acme", "web.page"},
		"data.${first.name}.x":         {"data", "first.name", "x"},
		"data.recipients[0].device_id": {"data", "recipients", "0", "device_id"},
	} {
		require.Equal(t, parts, Texts(ParsePath(path)), path)
	}
}

func TestPutBuildsTheObjectsOnTheWay(t *testing.T) {
	row := map[string]any{}
	Put(row, ParsePath("_acme.cio_id"), "d9c106000001")
	Put(row, ParsePath("_acme.email"), "test@example.com")
	require.Equal(t, map[string]any{"_acme": map[string]any{"cio_id": "d9c106000001", "email": "test@example.com"}}, row)
}
