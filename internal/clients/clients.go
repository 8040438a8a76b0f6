// Package clients holds the configured API clients for resources and data sources.
package clients

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Set is the API clients that the provider's configuration yields.
type Set struct {
	Platform
	CustomerIO Optional[customerio.Client]
	// Region is where Customer.io keeps the account, "us" or "eu".
	Region string
	// AppAPIKey tells one App API key from another, and reveals neither.
	AppAPIKey string
	// Secrets masks secrets in errors and logs. It learns those that are sent or received; a resource must tell it those that only the
	// state holds, because a service may quote them.
	Secrets *transport.Redactor
	// ForSandbox makes the clients of Adobe's services for a sandbox other than the provider's.
	ForSandbox func(name string) Platform

	mutex     sync.Mutex
	sandboxes map[string]*Set
	plans     *plans
}

// Platform is the API clients of Adobe's services in one sandbox.
type Platform struct {
	FlowService    Optional[flowservice.Client]
	DataPrep       Optional[dataprep.Client]
	SchemaRegistry Optional[schemaregistry.Client]
	Catalog        Optional[catalog.Client]
	// Adobe is what these clients have in common.
	Adobe Optional[ims.Credentials]
}

// OrgID is the organization of the credentials, "" while it is not known.
func (p *Platform) OrgID() string {
	if p.Adobe.Client == nil {
		return ""
	}
	return p.Adobe.Client.OrgID
}

// SandboxName is the sandbox that the clients call, "" while it is not known.
func (p *Platform) SandboxName() string {
	if p.Adobe.Client == nil {
		return ""
	}
	return p.Adobe.Client.SandboxName
}

// InSandbox is the set with the clients for a sandbox, "" for the provider's. What one of them knows of objects, no other does.
func (s *Set) InSandbox(name string) *Set {
	if s == nil || s.ForSandbox == nil || name == "" || name == s.SandboxName() {
		return s
	}
	plans := s.shared()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.sandboxes[name] == nil {
		if s.sandboxes == nil {
			s.sandboxes = map[string]*Set{}
		}
		s.sandboxes[name] = &Set{
			Platform: s.ForSandbox(name), CustomerIO: s.CustomerIO, Region: s.Region, AppAPIKey: s.AppAPIKey, Secrets: s.Secrets, plans: plans,
		}
	}
	return s.sandboxes[name]
}

// InUnknownSandbox is the set for a plan that does not know the sandbox yet: it has no clients of Adobe's services, so that nothing is looked
// up in another one.
func (s *Set) InUnknownSandbox() *Set {
	if s == nil {
		return nil
	}
	unknown := []string{"sandbox_name"}
	return &Set{
		Platform: Platform{
			FlowService: Optional[flowservice.Client]{Unknown: unknown}, DataPrep: Optional[dataprep.Client]{Unknown: unknown},
			SchemaRegistry: Optional[schemaregistry.Client]{Unknown: unknown}, Catalog: Optional[catalog.Client]{Unknown: unknown},
			Adobe: Optional[ims.Credentials]{Unknown: unknown},
		},
		CustomerIO: s.CustomerIO, Region: s.Region, AppAPIKey: s.AppAPIKey, Secrets: s.Secrets, plans: s.shared(),
	}
}

// Sandboxes are the sets for every sandbox that was asked for so far, the provider's first.
func (s *Set) Sandboxes() []*Set {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	sets := []*Set{s}
	for _, name := range slices.Sorted(maps.Keys(s.sandboxes)) {
		sets = append(sets, s.sandboxes[name])
	}
	return sets
}

// Optional is one client, or the reason why there is none. A configuration with only webhooks needs no Adobe credentials, so a missing
// setting is an error only when a resource asks for the client.
type Optional[T any] struct {
	Client *T
	// Missing names the settings that have no value, each with its environment variable.
	Missing []string
	// Unknown names the settings whose values other resources will only yield during the apply.
	Unknown []string
}

// Use returns the client, or nil with an error that names what is missing.
func (s Optional[T]) Use(diags *diag.Diagnostics) *T {
	switch {
	case len(s.Unknown) > 0:
		diags.AddError("Provider configuration not known yet", fmt.Sprintf(
			"The value of %s depends on a resource that is not applied yet. Apply that resource first (`terraform apply -target=…`), or "+
				"pass the value in a variable or in the environment.", strings.Join(s.Unknown, ", ")))
	case len(s.Missing) > 0:
		diags.AddError("Provider configuration incomplete", fmt.Sprintf(
			"Settings of the provider are missing:\n\n  - %s\n\nSet them in the provider block or in the environment.",
			strings.Join(s.Missing, "\n  - ")))
	}
	return s.Client
}

// UseForRead returns the client for a refresh. While the configuration is not known, it returns nil with a warning, and the
// caller leaves the state as it is: a plan must not fail because a credential is about to be replaced.
func (s Optional[T]) UseForRead(diags *diag.Diagnostics) *T {
	if len(s.Unknown) > 0 {
		diags.AddWarning("Not refreshed", fmt.Sprintf(
			"The state was not compared with the service, because the value of %s is not known before the apply.", strings.Join(s.Unknown, ", ")))
		return nil
	}
	return s.Use(diags)
}

// UseForPlan returns the client for what a plan looks up, nil while the configuration is not known. Settings that are missing are an error,
// since the apply that is planned needs them.
func (s Optional[T]) UseForPlan(diags *diag.Diagnostics) *T {
	if len(s.Unknown) > 0 {
		return nil
	}
	return s.Use(diags)
}

// From takes the clients from the provider's data, which is nil before the provider is configured, as in a validation.
func From(providerData any, diags *diag.Diagnostics) *Set {
	if providerData == nil {
		return nil
	}
	services, ok := providerData.(*Set)
	if !ok {
		diags.AddError("Unexpected provider data", fmt.Sprintf("The provider data is a %T. Report this as a bug in the provider.", providerData))
	}
	return services
}

// What follows choose a client, for what declares which one it needs.

// FlowService is the client of the Flow Service.
func FlowService(set *Set) Optional[flowservice.Client] { return set.FlowService }

// DataPrep is the client of Data Prep.
func DataPrep(set *Set) Optional[dataprep.Client] { return set.DataPrep }

// SchemaRegistry is the client of the Schema Registry.
func SchemaRegistry(set *Set) Optional[schemaregistry.Client] { return set.SchemaRegistry }

// Catalog is the client of Catalog Service.
func Catalog(set *Set) Optional[catalog.Client] { return set.Catalog }

// CustomerIO is the client of Customer.io's App API.
func CustomerIO(set *Set) Optional[customerio.Client] { return set.CustomerIO }
