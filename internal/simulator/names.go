package simulator

import (
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/cio"
	"github.com/customerio-source/terraform-provider-customerio/internal/simulator/store"
)

// Service names one of the simulated services.
type Service string

// The simulated services.
const (
	ServiceIMS            Service = "ims"
	ServiceFlow           Service = "flowservice"
	ServiceDataPrep       Service = "dataprep"
	ServiceCatalog        Service = "catalog"
	ServiceSchemaRegistry Service = "schemaregistry"
	ServiceInlet          Service = "inlet"
	ServiceSandboxes      Service = "sandboxes"
	ServiceCustomerIO     Service = "customerio"
	// ServiceUnknown is what calls to paths of none of the services are logged under.
	ServiceUnknown Service = "unknown"
)

// The kinds of objects, as Objects, Update and Delete name them.
const (
	KindConnection       = store.KindConnection
	KindSourceConnection = store.KindSourceConnection
	KindTargetConnection = store.KindTargetConnection
	KindFlow             = store.KindFlow
	KindMappingSet       = store.KindMappingSet
	KindDataSet          = store.KindDataSet
	KindSchema           = store.KindSchema
	KindFieldGroup       = store.KindFieldGroup
	KindDescriptor       = store.KindDescriptor
	KindReportingWebhook = store.KindReportingWebhook
)

// SigningKey signs all deliveries. Customer.io shows the key in its UI only, never over the API.
const SigningKey = cio.SigningKey

// The two places where Customer.io keeps workspaces.
const (
	RegionUS = cio.RegionUS
	RegionEU = cio.RegionEU
)

type (
	// Delivery is what came of one POST of an event to a webhook's endpoint.
	Delivery = cio.Delivery
	// EventCategory is a group of Customer.io's reporting events.
	EventCategory = cio.EventCategory
)

// Events names every event that a reporting webhook can subscribe to.
func Events() []string { return cio.Events() }

// EventCategories lists Customer.io's reporting events by category.
func EventCategories() []EventCategory { return cio.EventCategories() }

// SampleEvent makes the payload that Customer.io posts for an event, with every field that is documented for it.
func SampleEvent(event string) (map[string]any, error) { return cio.SampleEvent(event) }
