package dataprep

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Invalid is a mapping that the service would refuse.
type Invalid struct {
	// Destination is the mapping's.
	Destination string
	// Reason is what the service says, "" where it says nothing.
	Reason string
}

type validation struct {
	// Responses has one element for each mapping, in order (documented: prep-api).
	Responses []struct {
		Status string `json:"status"`
		Errors []struct {
			Exception string `json:"exception"`
		} `json:"errors"`
	} `json:"validationResponse"`
}

// ValidateMappingSet asks which mappings of a set the service would refuse, without storing anything. A service that does not
// offer the call finds none. A process asks once about equal mappings into the same schema: pipelines may share
// them, and an apply plans once more before it writes.
func (c *Client) ValidateMappingSet(ctx context.Context, set MappingSet) ([]Invalid, error) {
	set.ID, set.Name = "", "" // on which the answer does not depend
	body := set.request()
	content, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return objects.Ask(ctx, c.MappingSets.Register, mappingSets+"/validate "+string(content), func(ctx context.Context) ([]Invalid, error) {
		return c.validate(ctx, body)
	})
}

func (c *Client) validate(ctx context.Context, body mappingSetRequest) ([]Invalid, error) {
	var answer validation
	err := c.transport.Do(ctx, transport.Request{
		Method: http.MethodPost, Path: mappingSets + "/validate", Body: body, Repeatable: true,
	}, &answer)
	if transport.HasStatus(err, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var invalid []Invalid
	for i, response := range answer.Responses {
		if !strings.EqualFold(response.Status, "FAILED") || i >= len(body.Mappings) {
			continue
		}
		found := Invalid{Destination: body.Mappings[i].Destination}
		var reasons []string
		for _, problem := range response.Errors {
			reasons = append(reasons, problem.Exception)
		}
		found.Reason = c.transport.Redact(strings.Join(reasons, "; "))
		invalid = append(invalid, found)
	}
	return invalid, nil
}
