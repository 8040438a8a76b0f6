package discovery_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
)

func TestKey(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]string{
		"Customer.io events": "customer_io_events", "Événements d’e-mail": "evenements_d_e_mail", "Größe & Maße": "grosse_masse", "2024 Q3": "pipeline_2024_q3",
		"  (sms)  ": "sms", "События": "pipeline", "": "pipeline", "ﬁrst": "first",
	} {
		require.Equal(t, key, discovery.Key(name))
	}
}
