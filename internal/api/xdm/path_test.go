package xdm

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSteps(t *testing.T) {
	t.Parallel()
	name := func(text string) Step { return Step{Text: text} }
	in := func(text string) Step { return Step{Text: text, InArray: true} }
	for path, want := range map[string][]Step{
		"":                        nil,
		"_id":                     {name("_id")},
		"_acme.email":             {name("_acme"), name("email")},
		"_acme.devices[0].id":     {name("_acme"), name("devices"), in("0"), name("id")},
		"a[*].b[*]":               {name("a"), in("*"), name("b"), in("*")},
		"a[0][1]":                 {name("a"), in("0"), in("1")},
		`a\.b.c`:                  {name("a.b"), name("c")},
		"${a.b}.c":                {name("a.b"), name("c")},
		"data.${to}":              {name("data"), name("to")},
		"a.${unclosed":            {name("a"), name("${unclosed")},
		`a\`:                      {name(`a\`)},
		"identityMap.Email[0].id": {name("identityMap"), name("Email"), in("0"), name("id")},
	} {
		require.Equal(t, want, Steps(path), path)
	}
}
