package simulator

import (
	"errors"
	"net/http"
	"strings"
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
	ServiceCustomerIO     Service = "customerio"
	// ServiceUnknown is what calls to paths of none of the services are logged under.
	ServiceUnknown Service = "unknown"

	serviceControl Service = "control"
)

const (
	flowServiceBase    = "/data/foundation/flowservice"
	dataPrepBase       = "/data/foundation/conversion"
	catalogBase        = "/data/foundation/catalog"
	schemaRegistryBase = "/data/foundation/schemaregistry"
	inletBase          = "/collection"
	controlBase        = "/_simulator"
)

var servicePrefixes = []struct {
	prefix  string
	service Service
}{
	{controlBase + "/", serviceControl},
	{"/ims/", ServiceIMS},
	{flowServiceBase + "/", ServiceFlow},
	{dataPrepBase + "/", ServiceDataPrep},
	{catalogBase + "/", ServiceCatalog},
	{schemaRegistryBase + "/", ServiceSchemaRegistry},
	{inletBase + "/", ServiceInlet},
	{"/v1/", ServiceCustomerIO},
}

func serviceOf(path string) Service {
	for _, known := range servicePrefixes {
		if strings.HasPrefix(path, known.prefix) {
			return known.service
		}
	}
	return ServiceUnknown
}

// isAdobe tells whether Adobe's gateway is in front of the service.
func (service Service) isAdobe() bool {
	switch service {
	case serviceControl, ServiceCustomerIO, ServiceUnknown:
		return false
	default:
		return true
	}
}

func (service Service) bodyProblem(err error) *problem {
	status := http.StatusBadRequest
	if errors.Is(err, errBodyTooLarge) {
		status = http.StatusRequestEntityTooLarge
	}
	return service.plainProblem(status, err.Error())
}

func (service Service) routeProblem(status int, r *http.Request) *problem {
	if status == http.StatusMethodNotAllowed {
		return service.plainProblem(status, "The method "+r.Method+" is not allowed on "+r.URL.Path+".")
	}
	return service.plainProblem(http.StatusNotFound, "There is no resource at "+r.URL.Path+".")
}

// plainProblem is an error that no service gives a code to, in the form of that service.
func (service Service) plainProblem(status int, message string) *problem {
	if service == ServiceCustomerIO {
		return customerioProblem(status, message)
	}
	return placeholderProblem(status, message)
}
