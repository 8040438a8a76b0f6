package conformance

import (
	"context"
	"net/http"
	"strings"
)

// mappingProbes are about Data Prep.
var mappingProbes = []Probe{
	{
		ID: "mapping-validate", Question: "What does a validation say of a destination that the schema does not have?",
		Stated: "200 with an entry FAILED for a mapping that is not valid; not what is validated", Basis: Inferred, Sources: []string{"prep-api"},
		Simulator: "200, FAILED", Files: []string{"internal/api/dataprep/validate.go", "internal/simulator/prep/mapping.go"},
		account: adobe, observe: observeValidation("conformance.none", "ATTRIBUTE", "metric"),
	},
	{
		ID: "mapping-validate-expression", Question: "What does a validation say of an expression that cannot be read?",
		Stated: "200 with an entry FAILED", Basis: Documented, Sources: []string{"prep-api"},
		Simulator: "200, FAILED", Files: []string{"internal/api/dataprep/validate.go", "internal/simulator/prep/mapping.go"},
		account: adobe, observe: observeValidation("", "EXPRESSION", "concat(metric"),
	},
	{
		ID: "mapping-preview", Question: "What does a preview answer?",
		Stated: "200 with a list of rows (guide), or with one row (published description)", Basis: Documented, Sources: []string{"prep-mapping", "prep-api"},
		Simulator: "200, a list of rows", Also: []string{"200, one row"},
		Files:   []string{"internal/api/dataprep/preview.go", "internal/simulator/prep/preview.go"},
		account: adobe, observe: observePreview,
	},
	{
		ID: "mapping-create", Question: "What does the create of a mapping set answer?",
		Stated: "200, not 201, with a short form and version 0", Basis: Documented, Sources: []string{"prep-mapping"},
		Simulator: "200, version 0", Also: []string{"201, version 0"},
		Files:   []string{"internal/api/dataprep/mappingset.go", "internal/simulator/prep/sets.go"},
		account: adobe, observe: creating(mappingSet, versioned),
	},
	{
		ID: "mapping-first-read", Question: "Is a mapping set found right after its create?",
		Basis: Inferred, Simulator: atOnce, Also: []string{inSeconds},
		Files:   []string{"internal/api/objects/limits.go"},
		account: adobe, observe: on(mappingSet, firstRead),
	},
	{
		ID: "mapping-listed", Question: "How late does the list show a new mapping set?",
		Basis: Inferred, Simulator: atOnce, Also: []string{inSeconds, inAMinute},
		Files:   []string{"internal/api/objects/limits.go"},
		account: adobe, observe: on(mappingSet, firstListed),
	},
	{
		ID: "mapping-list-lacks", Question: "What does the list of mapping sets leave out that a read has?",
		Stated: "the fields of the target schema, without expandSchema", Basis: Documented, Sources: []string{"prep-api"},
		Simulator: "outputSchema.jsonSchema", Also: []string{"nothing"},
		Files:   []string{"internal/api/dataprep/list.go", "internal/simulator/prep/sets.go"},
		account: adobe, observe: on(mappingSet, listed),
	},
	{
		ID: "mapping-source-types", Question: "How does a read write the source types ATTRIBUTE and EXPRESSION?",
		Stated: "text/x.schema-path and text/x.aep-xl", Basis: Documented, Sources: []string{"prep-mapping"},
		Simulator: "text/x.schema-path, text/x.aep-xl", Also: []string{"ATTRIBUTE, EXPRESSION"},
		Files:   []string{"internal/api/dataprep/mappingset.go", "internal/simulator/prep/mapping.go"},
		account: adobe, observe: on(mappingSet, observeSourceTypes),
	},
	{
		ID: "mapping-old-syntax", Question: "Which names has a mapping in a read?",
		Stated: "the new and the old ones, side by side", Basis: Documented, Sources: []string{"prep-mapping"},
		Simulator: "new and old", Also: []string{"new", "old"},
		Files:   []string{"internal/api/dataprep/mappingset.go", "internal/simulator/prep/sets.go"},
		account: adobe, observe: on(mappingSet, observeSyntax),
	},
	{
		ID: "mapping-update", Question: "What does an update of a mapping set answer?",
		Stated: "200 with the set in its next version", Basis: Documented, Sources: []string{"prep-mapping"},
		Simulator: "200, version 1", Files: []string{"internal/api/dataprep/client.go", "internal/simulator/prep/sets.go"},
		account: adobe, observe: observeMappingUpdate,
	},
	{
		ID: "mapping-default-version", Question: "Which version does a read without a version answer?",
		Stated: "0 (published description), the newest (clients)", Basis: SeenInCode, Sources: []string{"prep-api"},
		Simulator: "200, version 1", Also: []string{"200, version 0"},
		Files:   []string{"internal/api/dataprep/client.go", "internal/simulator/options.go"},
		account: adobe, observe: observeVersion(""),
	},
	{
		ID: "mapping-old-version", Question: "Can an old version be read?",
		Stated: "yes, with the query parameter version", Basis: Documented, Sources: []string{"prep-mapping", "prep-api"},
		Simulator: "200, version 0", Files: []string{"internal/api/dataprep/client.go", "internal/simulator/prep/sets.go"},
		account: adobe, observe: observeVersion("0"),
	},
	{
		ID: "mapping-missing-version", Question: "What is the answer for a version that does not exist?",
		Stated: "400 among the statuses of the call, and no 404", Basis: Inferred, Sources: []string{"prep-api"},
		Simulator: "404, no code", Also: []string{"400, no code"},
		Files:   []string{"internal/api/dataprep/client.go", "internal/simulator/prep/sets.go"},
		account: adobe, observe: observeVersion("99"),
	},
	{
		ID: "mapping-unknown", Question: "What is the answer for a mapping set that does not exist?",
		Stated: "400 among the statuses of the call, and no 404", Basis: Inferred, Sources: []string{"prep-api"},
		Simulator: "404, no code", Files: []string{"internal/api/transport/missing.go", "internal/simulator/prep/prep.go"},
		account: adobe, observe: reading(get(mappingSetKind.collection+"/"+someHex), (*answer).outcome),
	},
}

func versioned(received *answer) string {
	if version := text(received.value, "version"); received.isSuccess() && version != "" {
		return received.outcome() + ", version " + version
	}
	return received.outcome()
}

// observeValidation validates one mapping. Without a destination it is a field of the schema.
func observeValidation(destination, sourceType, source string) observation {
	return func(ctx context.Context, s *session) (string, error) {
		tenant, err := s.tenant(ctx)
		if err != nil {
			return "", err
		}
		wanted := destination
		if wanted == "" {
			wanted = tenant + ".metric"
		}
		body, err := s.mappings(ctx, object{
			"name": "", "mappings": []object{{"sourceType": sourceType, "source": source, "destination": wanted}},
		})
		if err != nil {
			return "", err
		}
		received, err := s.adobe(ctx, call{method: http.MethodPost, path: mappingSetKind.collection + "/validate", body: body})
		if err != nil {
			return "", err
		}
		if status := text(received.value, "validationResponse", "0", "status"); status != "" {
			return received.outcome() + ", " + strings.ToUpper(status), nil
		}
		return received.outcome(), nil
	}
}

func observePreview(ctx context.Context, s *session) (string, error) {
	set, err := s.mappings(ctx)
	if err != nil {
		return "", err
	}
	event := object{"metric": "sent", "timestamp": 1613063089, "data": object{"identifiers": object{"email": "someone@example.com"}}}
	received, err := s.adobe(ctx, call{
		method: http.MethodPost, path: mappingSetKind.collection + "/preview", body: object{"data": []object{event}, "mappingSet": set},
	})
	switch {
	case err != nil:
		return "", err
	case received.at("0", "data") != nil:
		return received.outcome() + ", a list of rows", nil
	case received.at("data") != nil:
		return received.outcome() + ", one row", nil
	}
	return received.outcome(), nil
}

func observeSourceTypes(ctx context.Context, s *session, set *thing) (string, error) {
	received, err := s.known(ctx, set)
	if err != nil {
		return "", err
	}
	types := map[string]string{}
	mappings, _ := received.at("mappings").([]any)
	for _, one := range mappings {
		destination := text(one, "destination")
		types[destination[strings.LastIndex(destination, ".")+1:]] = text(one, "sourceType")
	}
	if len(types) == 0 {
		return received.outcome() + ", no mappings", nil
	}
	return types["email"] + ", " + types["metric"], nil
}

func observeSyntax(ctx context.Context, s *session, set *thing) (string, error) {
	received, err := s.known(ctx, set)
	if err != nil {
		return "", err
	}
	isNew := text(received.at("mappings", "0"), "destination") != ""
	isOld := text(received.at("mappings", "0"), "destinationXdmPath") != ""
	switch {
	case isNew && isOld:
		return "new and old", nil
	case isNew:
		return "new", nil
	case isOld:
		return "old", nil
	}
	return received.outcome() + ", neither", nil
}

func observeMappingUpdate(ctx context.Context, s *session) (string, error) {
	set, err := mappingSet(ctx, s)
	if err != nil {
		return "", err
	}
	body, err := s.mappings(ctx, object{"id": set.id})
	if err != nil {
		return "", err
	}
	received, err := s.adobe(ctx, call{method: http.MethodPut, path: set.path(), body: body})
	if err != nil {
		return "", err
	}
	return versioned(received), nil
}

// observeVersion reads a version, or none in particular.
func observeVersion(version string) observation {
	return on(mappingSet, func(ctx context.Context, s *session, set *thing) (string, error) {
		one := get(set.path())
		if version != "" {
			one = withParameters(set.path(), "version="+version)
		}
		received, err := s.adobe(ctx, one)
		if err != nil {
			return "", err
		}
		return versioned(received), nil
	})
}
