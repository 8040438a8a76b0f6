package attribute_test

import (
	"net/url"
	"path"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

// FuzzIDs: an ID that an import or a data source takes is one part of a path, and leads nowhere else.
func FuzzIDs(f *testing.F) {
	for _, id := range []string{
		"59c0e53a2dc84f7791ecc1b3d6e51d5e", "4982698b-e6b3-48c2-8dcf-040e20121fd2", "42", "..", ".", "../schemas", "a%2f..", "https://ns.adobe.com/acme/schemas/1",
		"http://..", "https://a/..", "\n", "42\n", "",
	} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		for _, form := range []validator.String{attribute.UUID(), attribute.HTTPURL(), attribute.Number(), attribute.Hex24(), attribute.Hex32()} {
			if validate(t, form, types.StringValue(id)) != "" {
				continue
			}
			target, err := url.Parse("https://platform.adobe.io/data/things/" + url.PathEscape(id))
			require.NoError(t, err, "%q", id)
			require.Equal(t, "/data/things", path.Dir(path.Clean(target.EscapedPath())), "%q", id)
			require.Empty(t, target.RawQuery)
		}
	})
}

// FuzzContentTypes: how a media type is spelled makes no difference, and the same is the same.
func FuzzContentTypes(f *testing.F) {
	f.Add("application/vnd.adobe.xed-full+json; version=1", "application/vnd.adobe.xed-full+json;version=1.0")
	f.Add("version=1", "version=10")
	f.Add("", ";")
	f.Fuzz(func(t *testing.T, one, other string) {
		require.True(t, xdm.SameVersion(one, one))
		require.Equal(t, xdm.SameVersion(one, other), xdm.SameVersion(other, one))
		if xdm.SameMediaType(one, other) {
			require.Equal(t, one, attribute.ContentType(types.StringValue(one), other).ValueString())
			require.True(t, xdm.SameVersion(one, other))
		}
	})
}
