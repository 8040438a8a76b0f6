package xdm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/xdm"
)

const (
	full   = "application/vnd.adobe.xed-full+json;version=1"
	spaced = "application/vnd.adobe.xed-full+json; version=1"
)

func TestMediaTypes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		one, other        string
		same, sameVersion bool
	}{
		"equal":           {full, full, true, true},
		"a space":         {full, spaced, true, true},
		"another form":    {full, "application/vnd.adobe.xed+json;version=1", false, true},
		"1.0 is 1":        {full, "application/vnd.adobe.xed-full+json;version=1.0", false, true},
		"another version": {full, "application/vnd.adobe.xed-full+json;version=2", false, false},
		"a minor version": {full, "application/vnd.adobe.xed-full+json;version=1.1", false, false},
		"none is told":    {full, "", false, true},
	} {
		require.Equal(t, test.same, xdm.SameMediaType(test.one, test.other), name)
		require.Equal(t, test.sameVersion, xdm.SameVersion(test.one, test.other), name)
	}
	require.Equal(t, full, xdm.CompactMediaType(spaced))
}

func TestSchemaRefs(t *testing.T) {
	t.Parallel()
	ref := xdm.SchemaRef{ID: "https://ns.adobe.com/extconndev/schemas/945546", ContentType: full}
	require.True(t, ref.Agrees(xdm.SchemaRef{ID: ref.ID, ContentType: spaced}))
	require.True(t, ref.Agrees(xdm.SchemaRef{ID: ref.ID}))
	require.True(t, ref.Agrees(xdm.SchemaRef{ContentType: full}))
	require.False(t, ref.Agrees(xdm.SchemaRef{ID: ref.ID, ContentType: "application/vnd.adobe.xed-full+json;version=2"}))
	require.False(t, ref.Agrees(xdm.SchemaRef{ID: "https://ns.adobe.com/extconndev/schemas/1", ContentType: full}))
}
