package conformance

import (
	"net/http"
	"net/url"
	"strings"
)

// Media types of Schema Registry (documented: xdm-api).
const (
	asWritten     = "application/vnd.adobe.xed+json; version=1"
	listAsWritten = "application/vnd.adobe.xed+json"
	asResolved    = "application/vnd.adobe.xed-full+json;version=1"
)

// The kinds of objects that a run creates, with the queries by which the provider lists them.
var (
	fieldGroupKind = registryKind("field group", "/tenant/fieldgroups", "Schemas > Field groups")
	schemaKind     = registryKind("schema", "/tenant/schemas", "Schemas > Browse")
	datasetKind    = &kind{
		name: "dataset", account: adobe, collection: catalog + "/dataSets", where: "Datasets > Browse",
		id: func(created *answer) string {
			reference := text(created.at("0"))
			return reference[strings.LastIndex(reference, "/")+1:]
		},
		list: func(name string) url.Values {
			return url.Values{"name": {name}, "limit": {"100"}, "orderBy": {"asc:created"}, "start": {"0"}}
		},
	}
	mappingSetKind = &kind{
		name: "mapping set", account: adobe, collection: dataPrep + "/mappingSets",
		where: "no page of the user interface; without a dataflow it does nothing", id: idMember("id"),
		list: func(name string) url.Values {
			return url.Values{"name": {name}, "limit": {"100"}, "orderBy": {"-createdDate"}, "start": {"0"}}
		},
	}
	sourceConnectionKind = flowServiceKind("source connection", "/sourceConnections", false, "no page of the user interface; Flow Service API")
	targetConnectionKind = flowServiceKind("target connection", "/targetConnections", false, "no page of the user interface; Flow Service API")
	dataflowKind         = flowServiceKind("dataflow", "/flows", true, "Sources > Dataflows")
	webhookKind          = &kind{
		name: "reporting webhook", account: customerIO, collection: "/v1/reporting_webhooks",
		where: "Customer.io, Data & Integrations > Integrations > Reporting Webhooks", id: idMember("id"),
		list: func(string) url.Values { return nil },
	}
)

func idMember(name string) func(*answer) string {
	return func(created *answer) string { return text(created.value, name) }
}

func registryKind(name, path, where string) *kind {
	return &kind{
		name: name, account: adobe, collection: schemaRegistry + path, where: where, id: idMember("$id"),
		list:       func(title string) url.Values { return url.Values{"property": {"title==" + title}} },
		readHeader: http.Header{"Accept": {asWritten}}, listHeader: http.Header{"Accept": {listAsWritten}},
	}
}

func flowServiceKind(name, path string, slow bool, where string) *kind {
	return &kind{
		name: name, account: adobe, collection: flowService + path, where: where, slow: slow, id: idMember("id"),
		list: func(name string) url.Values { return url.Values{"limit": {"100"}, "property": {"name==" + name}} },
	}
}
