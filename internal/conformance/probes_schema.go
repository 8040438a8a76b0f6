package conformance

import (
	"context"
	"net/url"
)

// registryProbes are about Schema Registry.
var registryProbes = []Probe{
	{
		ID: "registry-tenant", Question: "Where is the namespace of custom fields?",
		Stated: "in tenantId of /stats", Basis: Documented, Sources: []string{"xdm-api"},
		Simulator: "200, tenantId", Files: []string{"internal/api/schemaregistry/client.go", "internal/simulator/registry/registry.go"},
		account: adobe, observe: reading(get(schemaRegistry+"/stats"), func(received *answer) string {
			if received.isSuccess() && text(received.value, "tenantId") != "" {
				return "200, tenantId"
			}
			return received.outcome()
		}),
	},
	{
		ID: "field-group-create", Question: "What does the create of a field group answer?",
		Stated: "201 with the whole resource", Basis: Documented, Sources: []string{"xdm-api", "xdm-field-groups"},
		Simulator: "201, $id and version 1.0",
		Files:     []string{"internal/api/schemaregistry/fieldgroup.go", "internal/simulator/registry/registry.go"},
		account:   adobe, observe: creating(fieldGroup, registered),
	},
	{
		ID: "field-group-title", Question: "What is the answer to a second field group with the same title?",
		Stated: "400 with XDM-1521-400: titles are unique", Basis: Documented, Sources: []string{"xdm-api"},
		Simulator: "400, XDM-1521-400",
		Files:     []string{"internal/resource/targetschema/title.go", "internal/advice/platform.go", "internal/simulator/registry/checks.go"},
		account:   adobe, observe: refusing(fieldGroupKind, "field group", sameFieldGroup),
	},
	{
		ID: "schema-create", Question: "What does the create of a schema answer?",
		Stated: "201 with the whole resource", Basis: Documented, Sources: []string{"xdm-api"},
		Simulator: "201, $id and version 1.0", Files: []string{"internal/api/schemaregistry/schema.go", "internal/simulator/registry/registry.go"},
		account: adobe, observe: creating(schema, registered),
	},
	{
		ID: "schema-first-read", Question: "Is a schema found right after its create?",
		Basis: Inferred, Simulator: atOnce, Also: []string{inSeconds},
		Files:   []string{"internal/api/objects/limits.go"},
		account: adobe, observe: on(schema, firstRead),
	},
	{
		ID: "schema-listed", Question: "How late does the list show a new schema?",
		Basis: Inferred, Simulator: atOnce, Also: []string{inSeconds, inAMinute},
		Files:   []string{"internal/api/objects/limits.go"},
		account: adobe, observe: on(schema, firstListed),
	},
	{
		ID: "schema-list-lacks", Question: "What does the list of schemas leave out that a read has?",
		Stated: "nothing, for the media type xed", Basis: Documented, Sources: []string{"xdm-api"},
		Simulator: "nothing", Files: []string{"internal/api/schemaregistry/client.go", "internal/simulator/registry/pages.go"},
		account: adobe, observe: on(schema, listed),
	},
	{
		ID: "schema-unknown", Question: "What is the answer for a schema that does not exist?",
		Stated: "404 with XDM-1010 to 1017", Basis: Documented, Sources: []string{"xdm-api"},
		Simulator: "404, XDM-1012-404", Also: []string{"404, XDM-1010-404", "404, XDM-1011-404", "404, XDM-1013-404"},
		Files:   []string{"internal/api/transport/missing.go", "internal/simulator/registry/registry.go"},
		account: adobe, observe: observeUnknownSchema,
	},
}

func registered(created *answer) string {
	if text(created.value, "$id") == "" {
		return created.outcome()
	}
	return created.outcome() + ", $id and version " + text(created.value, "version")
}

func sameFieldGroup(ctx context.Context, s *session) (object, error) {
	first, err := fieldGroup(ctx, s)
	if err != nil {
		return nil, err
	}
	body := object{}
	for _, name := range []string{"type", "title", "description", "meta:intendedToExtend", "definitions", "allOf"} {
		body[name] = first.created.at(name)
	}
	return body, nil
}

func observeUnknownSchema(ctx context.Context, s *session) (string, error) {
	tenant, err := s.tenant(ctx)
	if err != nil {
		return "", err
	}
	id := url.PathEscape("https://ns.adobe.com/" + tenant[1:] + "/schemas/" + someHex + someHex[:16])
	received, err := s.adobe(ctx, call{method: "GET", path: schemaKind.collection + "/" + id, header: schemaKind.readHeader})
	if err != nil {
		return "", err
	}
	return received.outcome(), nil
}

// catalogProbes are about datasets.
var catalogProbes = []Probe{
	{
		ID: "dataset-create", Question: "What does the create of a dataset answer?",
		Stated: `201 with ["@/dataSets/ID"]`, Basis: Documented, Sources: []string{"catalog-create"},
		Simulator: "201, a list with a reference", Files: []string{"internal/api/catalog/dataset.go", "internal/simulator/catalog/catalog.go"},
		account: adobe, observe: creating(dataset, func(created *answer) string {
			if text(created.at("0")) != "" {
				return created.outcome() + ", a list with a reference"
			}
			return created.outcome()
		}),
	},
	{
		ID: "dataset-first-read", Question: "Is a dataset found right after its create?",
		Basis: Inferred, Simulator: atOnce, Also: []string{inSeconds},
		Files:   []string{"internal/api/objects/limits.go"},
		account: adobe, observe: on(dataset, firstRead),
	},
	{
		ID: "dataset-read", Question: "Under what is the dataset in the answer to a read?",
		Stated: "under its ID", Basis: Documented, Sources: []string{"catalog-api"},
		Simulator: "under its ID", Files: []string{"internal/api/catalog/dataset.go", "internal/simulator/catalog/catalog.go"},
		account: adobe, observe: on(dataset, func(ctx context.Context, s *session, made *thing) (string, error) {
			received, err := s.known(ctx, made)
			if err != nil {
				return "", err
			}
			if received.at(made.id) != nil {
				return "under its ID", nil
			}
			return received.withMembers(), nil
		}),
	},
	{
		ID: "dataset-listed", Question: "How late does the list show a new dataset?",
		Basis: Inferred, Simulator: atOnce, Also: []string{inSeconds, inAMinute},
		Files:   []string{"internal/api/objects/limits.go"},
		account: adobe, observe: on(dataset, firstListed),
	},
	{
		ID: "dataset-list-lacks", Question: "What does the list of datasets leave out that a read has?",
		Basis: Inferred, Sources: []string{"catalog-api"},
		Simulator: "nothing", Files: []string{"internal/api/catalog/list.go", "internal/simulator/catalog/catalog.go"},
		account: adobe, observe: on(dataset, listed),
	},
	{
		ID: "dataset-unknown", Question: "What is the answer for a dataset that does not exist?",
		Stated: "404", Basis: Documented, Sources: []string{"catalog-api"},
		Simulator: "404, no code", Files: []string{"internal/api/transport/missing.go", "internal/simulator/catalog/catalog.go"},
		account: adobe, observe: reading(get(datasetKind.collection+"/"+someHex[:24]), (*answer).outcome),
	},
}
