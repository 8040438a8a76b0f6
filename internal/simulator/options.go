package simulator

import (
	"cmp"
	"net/http"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/cio"
)

// The credentials and names that a Simulator made from a zero Options knows.
const (
	DefaultOrgID        = "0A1B2C3D4E5F60718293A4B5@AdobeOrg"
	DefaultClientID     = "6f1d0b7c5e2a4938b1c7d5e9f0a3b264"
	DefaultClientSecret = "p8e-simulated-client-secret" //nolint:gosec // made up
	DefaultSandbox      = "dev"
	DefaultTenantID     = "acme"
	// DefaultAppAPIKey belongs to a workspace in the United States.
	DefaultAppAPIKey = "1d7c93a05be84f26b0a96d41c8f2e735" //nolint:gosec // made up
	// DefaultEUAppAPIKey belongs to a workspace in the European Union.
	DefaultEUAppAPIKey = "e4a2067bd9c14d38a5f0b7e2c61938fd" //nolint:gosec // made up
)

// MappingSetVersion says what a GET of a mapping set without a version answers. Adobe's published description
// declares version 0 as the default, working clients rely on the newest one.
type MappingSetVersion string

// The two contradicting statements about a mapping set without a version.
const (
	MappingSetLatest MappingSetVersion = "latest"
	MappingSetZero   MappingSetVersion = "zero"
)

// MappingSetDelete says what DELETE of a mapping set does. The call is not documented, one public client makes it.
type MappingSetDelete string

// The two plausible answers to the undocumented DELETE.
const (
	MappingSetDeleteWorks   MappingSetDelete = "works"
	MappingSetDeleteRefused MappingSetDelete = "refused"
)

// Options choose the account that is simulated. The zero value is a good account to test with.
type Options struct {
	// OrgID, ClientID and ClientSecret are the only Adobe credentials that are accepted.
	OrgID, ClientID, ClientSecret string
	// AccessToken, when set, is accepted on every Adobe call without having been issued here.
	AccessToken string
	// Sandboxes of the organization: prod, dev and stage by default.
	Sandboxes []string
	// TenantID is the namespace of custom XDM fields, without the leading underscore.
	TenantID string
	// AppAPIKeys are Customer.io App API keys of Region, each of one workspace. By default DefaultAppAPIKey and
	// DefaultEUAppAPIKey are known, each in its own region.
	AppAPIKeys []string
	// Region is the Customer.io region this host stands for, RegionUS by default.
	Region string
	// Provisioning is how long asynchronous work takes: 20ms by default, negative for none at all.
	Provisioning time.Duration
	// Latency is how long every answer is on its way: not at all by default. The services go on with other calls meanwhile.
	Latency time.Duration
	// RequestsPerSecond is the limit of the Customer.io App API: 10 by default, negative for none.
	RequestsPerSecond int
	// PageSize is how many items a list returns when the client names no limit: 20 by default.
	PageSize int
	// MappingSetDefaultVersion is MappingSetLatest by default.
	MappingSetDefaultVersion MappingSetVersion
	// MappingSetDelete is MappingSetDeleteWorks by default.
	MappingSetDelete MappingSetDelete
	// DeleteStatus is the answer to a DELETE in Flow Service, documented as 204 (default) and as 202.
	DeleteStatus int
}

func (o Options) withDefaults() Options {
	o.OrgID = cmp.Or(o.OrgID, DefaultOrgID)
	o.ClientID = cmp.Or(o.ClientID, DefaultClientID)
	o.ClientSecret = cmp.Or(o.ClientSecret, DefaultClientSecret)
	o.TenantID = cmp.Or(o.TenantID, DefaultTenantID)
	o.Region = cmp.Or(o.Region, RegionUS)
	o.Provisioning = cmp.Or(o.Provisioning, 20*time.Millisecond)
	o.RequestsPerSecond = cmp.Or(o.RequestsPerSecond, 10)
	o.PageSize = cmp.Or(o.PageSize, 20)
	o.MappingSetDefaultVersion = cmp.Or(o.MappingSetDefaultVersion, MappingSetLatest)
	o.MappingSetDelete = cmp.Or(o.MappingSetDelete, MappingSetDeleteWorks)
	o.DeleteStatus = cmp.Or(o.DeleteStatus, http.StatusNoContent)
	if len(o.Sandboxes) == 0 {
		o.Sandboxes = []string{"prod", DefaultSandbox, "stage"}
	}
	return o
}

// keys are the App API keys with their regions.
func (o Options) keys() []cio.Key {
	if len(o.AppAPIKeys) == 0 {
		return []cio.Key{{Text: DefaultAppAPIKey, Region: RegionUS}, {Text: DefaultEUAppAPIKey, Region: RegionEU}}
	}
	var keys []cio.Key
	for _, text := range o.AppAPIKeys {
		keys = append(keys, cio.Key{Text: text, Region: o.Region})
	}
	return keys
}
