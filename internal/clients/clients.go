// Package clients is the configured API clients, as resources and data sources take them.
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
	// Secrets are masked in errors and logs. What a run of the provider sends or receives it knows; what only the state holds it is
	// to be told, because a service may quote it.
	Secrets *transport.Redactor
}

// Optional is one client, or the reason why there is none. A configuration with only webhooks needs no Adobe credentials, so
// what is missing is an error only when a resource asks for the client.
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
			"This needs %s, whose value depends on a resource that is not applied yet. Apply that resource first "+
				"(terraform apply -target=…), or pass the value in a variable or the environment.", strings.Join(s.Unknown, ", ")))
	case len(s.Missing) > 0:
		diags.AddError("Provider configuration incomplete", fmt.Sprintf(
			"This needs settings that the provider does not have:\n\n  - %s\n\nSet them in the provider block or in the environment.",
			strings.Join(s.Missing, "\n  - ")))
	}
	return s.Client
}

// UseForRead returns the client for a refresh. While the configuration is not known, it returns nil with a warning, and the
// caller leaves the state as it is: a plan must not fail because a credential is about to be replaced.
func (s Optional[T]) UseForRead(diags *diag.Diagnostics) *T {
	if len(s.Unknown) > 0 {
		diags.AddWarning("Not refreshed", fmt.Sprintf(
			"The state was not compared with the service, because %s will only be known during the apply.", strings.Join(s.Unknown, ", ")))
		return nil
	}
	return s.Use(diags)
}

// From takes the clients from the provider's data. It is nil before the provider is configured, as in a validation.
func From(providerData any, diags *diag.Diagnostics) *Set {
	if providerData == nil {
		return nil
	}
	services, ok := providerData.(*Set)
	if !ok {
		diags.AddError("Internal error of the provider", fmt.Sprintf("The provider's data is a %T. Please report this.", providerData))
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
