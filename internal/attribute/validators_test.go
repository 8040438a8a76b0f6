package attribute_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func TestValidators(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		validator validator.String
		good, bad []string
		message   string
	}{
		"OneLine": {
			attribute.OneLine(), []string{"a", "Shop & Söhne", "x y", "日本"}, []string{"", " ", " a", "a ", "a\n", "\ta", "two\nlines", "a\tb", "a\x00b", "a\x7f", "a\u0085b"},
			"must not be empty, nor begin or end with white space, nor have line breaks or other control characters",
		},
		"UUID": {
			attribute.UUID(), []string{"4982698b-e6b3-48c2-8dcf-040e20121fd2", "4982698B-E6B3-48C2-8DCF-040E20121FD2"},
			[]string{"", "42", "4982698be6b348c28dcf040e20121fd2", "4982698b-e6b3-48c2-8dcf-040e20121fd", "x4982698b-e6b3-48c2-8dcf-040e20121fd2", "4982698b-e6b3-48c2-8dcf-040e20121fd2\n"},
			"must be a UUID such as",
		},
		"Hex24": {
			attribute.Hex24(), []string{"62a9a55a5b3b0d1949b6ba93", "62A9A55A5B3B0D1949B6BA93"},
			[]string{"", "..", "62a9a55a5b3b0d1949b6ba9", "62a9a55a5b3b0d1949b6ba93\n", "62a9a55a5b3b0d1949b6ba9g", "59c0e53a2dc84f7791ecc1b3d6e51d5e"},
			"must be 24 hexadecimal digits such as",
		},
		"Hex32": {
			attribute.Hex32(), []string{"59c0e53a2dc84f7791ecc1b3d6e51d5e", "59C0E53A2DC84F7791ECC1B3D6E51D5E"},
			[]string{"", "a/b", "%2e%2e", "62a9a55a5b3b0d1949b6ba93", " 59c0e53a2dc84f7791ecc1b3d6e51d5e", "59c0e53a2dc84f7791ecc1b3d6e51d5e\n"},
			"must be 32 hexadecimal digits such as",
		},
		"JSONObject": {
			attribute.JSONObject(), []string{`{}`, `{"a":{"b":[1]}}`, " {\n} "}, []string{"", "null", "[]", `"a"`, `{"a":}`, `{} {}`},
			"must be a JSON object",
		},
		"HTTPURL": {
			attribute.HTTPURL(), []string{"https://dcs.adobedc.net/collection/febc?x-adobe-flow-id=439b3fc4", "http://localhost:8080"},
			[]string{"", "example.com", "ftp://example.com", "https://", "https:///path", "http://:80", "://", "https://exa mple.com"},
			"must be an absolute http:// or https:// URL",
		},
		"Duration": {
			attribute.Duration(), []string{"30s", "10m", "1h30m", "1ns"}, []string{"", "soon", "10", "0.5", "0s", "0", "-1m", "-0.5h", "9223372036854775808s"},
			"must be a duration above zero",
		},
		"HTTPSURL": {
			attribute.HTTPSURL(), []string{"https://dcs.adobedc.net/collection/febc", "http://localhost:8080", "http://127.0.0.1/a", "http://[::1]:80/a"},
			[]string{"", "example.com", "ftp://example.com", "http://example.com", "http://localhost.example.com", "http://127.0.0.1.example.com"},
			"must be an absolute https:// URL",
		},
		"Number": {
			attribute.Number(), []string{"1", "42", "9007199254740993"}, []string{"", "0", "-1", "042", "4.2", "1e3", "four", "4 "},
			"must be a number such as 42",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, test.validator.Description(t.Context()), test.message)
			require.Contains(t, test.validator.MarkdownDescription(t.Context()), test.message)
			for _, value := range test.good {
				require.Empty(t, validate(t, test.validator, types.StringValue(value)), "%q", value)
			}
			for _, value := range []types.String{types.StringNull(), types.StringUnknown()} {
				require.Empty(t, validate(t, test.validator, value))
			}
			for _, value := range test.bad {
				require.Contains(t, validate(t, test.validator, types.StringValue(value)), test.message, "%q", value)
			}
		})
	}
}

// Each kind of object has IDs of a form of its own, which shows where one was taken for another.
func TestIDsOfOtherKindsAreTold(t *testing.T) {
	t.Parallel()
	for id, kind := range map[string]string{
		"62a9a55a5b3b0d1949b6ba93": "a dataset", "59c0e53a2dc84f7791ecc1b3d6e51d5e": "a mapping set", attribute.SampleUUID: "a connection or dataflow",
		"https://ns.adobe.com/acme/schemas/1234": "a schema",
	} {
		told := 0
		for _, form := range []validator.String{attribute.UUID(), attribute.Hex24(), attribute.Hex32()} {
			if found := validate(t, form, types.StringValue(id)); found != "" {
				require.Contains(t, found, "It has the form of the ID of "+kind)
				told++
			}
		}
		require.GreaterOrEqual(t, told, 2, id)
	}
	require.NotContains(t, validate(t, attribute.UUID(), types.StringValue("42")), "It has the form")
}

// Values that may be secret are not repeated.
func TestSecretsAreNotRepeated(t *testing.T) {
	t.Parallel()
	require.NotContains(t, validate(t, attribute.JSONObject(), types.StringValue(`{"password":"hunter22"`)), "hunter22")
	require.NotContains(t, validate(t, attribute.HTTPURL(), types.StringValue("ftp://user:hunter22@example.com")), "hunter22")
	require.NotContains(t, validate(t, attribute.HTTPURL(), types.StringValue("https://user:hunter22@exa mple.com")), "hunter22")
}

// validate is the one error's text; empty where there is none.
func validate(t *testing.T, check validator.String, value types.String) string {
	t.Helper()
	resp := validator.StringResponse{}
	check.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("attribute"), ConfigValue: value}, &resp)
	if len(resp.Diagnostics) == 0 {
		return ""
	}
	require.Len(t, resp.Diagnostics, 1)
	require.Contains(t, resp.Diagnostics[0].Detail(), "attribute")
	return resp.Diagnostics[0].Detail()
}
