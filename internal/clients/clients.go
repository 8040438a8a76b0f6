// Package clients holds the configured API clients for resources and data sources.
package clients

import (
	"fmt"
	"strings"

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
	FlowService    Optional[flowservice.Client]
	DataPrep       Optional[dataprep.Client]
	SchemaRegistry Optional[schemaregistry.Client]
	Catalog        Optional[catalog.Client]
	CustomerIO     Optional[customerio.Client]
	// Adobe is what the clients of Adobe's services have in common.
	Adobe Optional[ims.Credentials]
	// Secrets masks secrets in errors and logs. It learns those that are sent or received; a resource must tell it those that only the
	// state holds, because a service may quote them.
	Secrets *transport.Redactor
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
