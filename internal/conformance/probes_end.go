package conformance

import (
	"context"
	"fmt"
	"net/http"
	"slices"
)

// endProbes remove the pipeline.
var endProbes = []Probe{
	{
		ID: "source-delete", Question: "What does the delete of a source connection answer?",
		Stated: "204 (description) or 202 (destinations), without a body", Basis: Documented, Sources: []string{"flow-api", "flow-destinations"},
		Simulator: "204, empty body", Also: []string{"202, empty body", "200, empty body"},
		Files:   []string{"internal/api/objects/removal.go", "internal/simulator/options.go"},
		account: adobe, observe: deleting(sourceConnection),
	},
	{
		ID: "target-delete", Question: "What does the delete of a target connection answer?",
		Stated: "204 (description) or 202 (destinations), without a body", Basis: Documented, Sources: []string{"flow-api", "flow-destinations"},
		Simulator: "204, empty body", Also: []string{"202, empty body", "200, empty body"},
		Files:   []string{"internal/api/objects/removal.go", "internal/simulator/options.go"},
		account: adobe, observe: deleting(targetConnection),
	},
	{
		ID: "mapping-delete", Question: "What does the delete of a mapping set answer?",
		Stated: "the call is not described; a public client makes it", Basis: SeenInCode, Sources: []string{"prep-api"},
		Simulator: "204, empty body",
		Also: []string{"200", "200, empty body", "202, empty body", "400, refused", "403, refused", "405, refused",
			"501, refused"},
		Files:   []string{"internal/api/dataprep/client.go", "internal/simulator/options.go"},
		account: adobe, observe: on(mappingSet, observeMappingDelete),
	},
	{
		ID: "schema-delete-in-use", Question: "What is the answer to the delete of a schema that a dataset follows?",
		Stated: "it cannot be deleted; not with which status", Basis: Inferred, Sources: []string{"xdm-composition"},
		Simulator: "400, no code", Files: []string{"internal/api/schemaregistry/client.go", "internal/simulator/registry/checks.go"},
		account: adobe, observe: on(dataset, func(ctx context.Context, s *session, _ *thing) (string, error) { return deleting(schema)(ctx, s) }),
	},
	{
		ID: "dataset-delete", Question: "What does the delete of a dataset answer?",
		Stated: "200 with a list of one reference", Basis: Documented, Sources: []string{"catalog-delete"},
		Simulator: "200, 1 reference", Also: []string{"204, empty body"},
		Files:   []string{"internal/api/objects/removal.go", "internal/simulator/catalog/catalog.go"},
		account: adobe, observe: observeDatasetDelete,
	},
	{
		ID: "dataset-delete-again", Question: "What does the delete of a dataset answer that is gone?",
		Stated: "200 with an empty list", Basis: Documented, Sources: []string{"catalog-delete"},
		Simulator: "200, 0 references", Also: []string{"404, no code"},
		Files:   []string{"internal/api/objects/removal.go", "internal/simulator/catalog/catalog.go"},
		account: adobe, observe: observeDatasetDelete,
	},
	{
		ID: "schema-delete", Question: "What does the delete of a schema answer?",
		Stated: "204", Basis: Documented, Sources: []string{"xdm-api"},
		Simulator: "204, empty body", Also: []string{"200, empty body"},
		Files:   []string{"internal/api/objects/removal.go", "internal/simulator/registry/registry.go"},
		account: adobe, observe: deleting(schema),
	},
	{
		ID: "field-group-delete", Question: "What does the delete of a field group answer?",
		Stated: "204", Basis: Documented, Sources: []string{"xdm-api"},
		Simulator: "204, empty body", Also: []string{"200, empty body"},
		Files:   []string{"internal/api/objects/removal.go", "internal/simulator/registry/registry.go"},
		account: adobe, observe: deleting(fieldGroup),
	},
}

// observeMappingDelete does not tell codes: the provider goes by the status.
func observeMappingDelete(ctx context.Context, s *session, set *thing) (string, error) {
	received, err := s.remove(ctx, set)
	if err != nil {
		return "", err
	}
	if slices.Contains([]int{http.StatusBadRequest, http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusNotImplemented}, received.status) {
		return fmt.Sprintf("%d, refused", received.status), nil
	}
	return received.outcome(), nil
}

func observeDatasetDelete(ctx context.Context, s *session) (string, error) {
	made, err := dataset(ctx, s)
	if err != nil {
		return "", err
	}
	received, err := s.remove(ctx, made)
	if err != nil {
		return "", err
	}
	references, isList := received.value.([]any)
	switch {
	case !isList || !received.isSuccess():
		return received.outcome(), nil
	case len(references) == 1:
		return fmt.Sprintf("%d, 1 reference", received.status), nil
	}
	return fmt.Sprintf("%d, %d references", received.status, len(references)), nil
}
