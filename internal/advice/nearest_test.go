package advice

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNearestNames(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		known, want []string
	}{
		"the most alike first": {
			[]string{"email_clickx", "email_clixxxd", "email_clicked"}, []string{"email_clicked", "email_clickx", "email_clixxxd"},
		},
		"three at most": {
			[]string{"email_clicke1", "email_clicke2", "email_clicke3", "email_clicke4"}, []string{"email_clicke1", "email_clicke2", "email_clicke3"},
		},
		"with three of thirteen letters changed, but not with four": {[]string{"email_clic123", "email_cli1234"}, []string{"email_clic123"}},
		"none": {[]string{"push_sent"}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, Nearest("email_clicked", test.known))
		})
	}
}

func TestNearestOfShortNames(t *testing.T) {
	t.Parallel()
	known := []string{"id", "to", "email", "href", "push", "slack", "sms"}
	for name, want := range map[string][]string{
		"emial": {"email"}, "psuh": {"push"}, "EMAIL": {"email"}, "Push": {"push"}, "slcka": {"slack"}, "mail": {"email"},
		"x": {}, "": {}, "fax": {}, "i": {}, "ot": {}, "elami": {},
	} {
		require.Equal(t, want, Nearest(name, known), name)
	}
}

func TestNearestPath(t *testing.T) {
	t.Parallel()
	known := []string{"_acme", "_acme.email", "_acme.event_id", "_acme.old.email", "timestamp"}
	for path, want := range map[string]string{
		"_acme.emial": "_acme.email", "email": "_acme.email", "_other.event_id": "_acme.event_id", "_acme.odl.email": "_acme.old.email",
		"timestmp": "timestamp", "person.name": "",
	} {
		require.Equal(t, want, NearestPath(path, known), path)
	}
}
