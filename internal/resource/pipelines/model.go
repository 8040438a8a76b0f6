package pipelines

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/discovery"
)

type model struct {
	attribute.InSandbox
	Pipelines               map[string]pipelineModel `tfsdk:"pipelines"`
	PipelinesWithoutWebhook types.Set                `tfsdk:"pipelines_without_webhook"`
	UnusedSourceConnections []partModel              `tfsdk:"unused_source_connections"`
	UnusedTargetConnections []partModel              `tfsdk:"unused_target_connections"`
	StrayWebhooks           []strayModel             `tfsdk:"stray_webhooks"`
}

type pipelineModel struct {
	Dataflow         flowModel        `tfsdk:"dataflow"`
	SourceConnection partModel        `tfsdk:"source_connection"`
	TargetConnection *targetModel     `tfsdk:"target_connection"`
	MappingSet       *mappingSetModel `tfsdk:"mapping_set"`
	Dataset          *datasetModel    `tfsdk:"dataset"`
	Schema           *schemaModel     `tfsdk:"schema"`
	Webhooks         []webhookModel   `tfsdk:"webhooks"`
}

// partModel is an object of Flow Service.
type partModel struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
}

type targetModel struct {
	partModel
	Format types.String `tfsdk:"format"`
}

type flowModel struct {
	partModel
	State          types.String `tfsdk:"state"`
	CreatedAt      types.String `tfsdk:"created_at"`
	MappingVersion types.Int64  `tfsdk:"mapping_version"`
}

type mappingSetModel struct {
	ID types.String `tfsdk:"id"`
	mappingsModel
	Newest *newestModel `tfsdk:"newest"`
}

// mappingsModel is a version of a mapping set.
type mappingsModel struct {
	Name     types.String            `tfsdk:"name"`
	Mappings map[string]mappingModel `tfsdk:"mappings"`
}

type newestModel struct {
	Version types.Int64 `tfsdk:"version"`
	mappingsModel
}

type mappingModel struct {
	Source      types.String `tfsdk:"source"`
	SourceType  types.String `tfsdk:"source_type"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
}

type datasetModel struct {
	ID   types.String `tfsdk:"id"`
	Name types.String `tfsdk:"name"`
}

type schemaModel struct {
	ID    types.String `tfsdk:"id"`
	Title types.String `tfsdk:"title"`
}

type webhookModel struct {
	ID             types.String `tfsdk:"id"`
	Name           types.String `tfsdk:"name"`
	Events         types.Set    `tfsdk:"events"`
	Disabled       types.Bool   `tfsdk:"disabled"`
	FullResolution types.Bool   `tfsdk:"full_resolution"`
	WithContent    types.Bool   `tfsdk:"with_content"`
}

type strayModel struct {
	ID         types.String `tfsdk:"id"`
	Name       types.String `tfsdk:"name"`
	DataflowID types.String `tfsdk:"dataflow_id"`
}

// fromEstate takes what was found. Webhooks are null if they were not looked for.
func (m *model) fromEstate(estate *discovery.Estate, hasLookedForWebhooks bool) {
	m.Pipelines = map[string]pipelineModel{}
	without := []string{}
	for _, found := range estate.Pipelines {
		pipeline := newPipeline(found)
		if hasLookedForWebhooks {
			pipeline.Webhooks = each(found.Webhooks, newWebhook)
		}
		if len(found.Webhooks) == 0 {
			without = append(without, found.Key)
		}
		m.Pipelines[found.Key] = pipeline
	}
	m.UnusedSourceConnections = each(estate.Sources, func(one flowservice.SourceConnection) partModel {
		return newPart(one.ID, one.Name, one.Description)
	})
	m.UnusedTargetConnections = each(estate.Targets, func(one flowservice.TargetConnection) partModel {
		return newPart(one.ID, one.Name, one.Description)
	})
	m.PipelinesWithoutWebhook = types.SetNull(types.StringType)
	if hasLookedForWebhooks {
		m.PipelinesWithoutWebhook = texts(without)
		m.StrayWebhooks = each(estate.Webhooks, func(one discovery.StrayWebhook) strayModel {
			return strayModel{types.StringValue(one.ID), attribute.TextOrNull(one.Name), types.StringValue(one.FlowID)}
		})
	}
}

func newPipeline(p discovery.Pipeline) pipelineModel {
	m := pipelineModel{
		Dataflow:         newFlow(&p.Flow),
		SourceConnection: newPart(p.Source.ID, p.Source.Name, p.Source.Description),
	}
	if p.Target != nil {
		m.TargetConnection = &targetModel{newPart(p.Target.ID, p.Target.Name, p.Target.Description), attribute.TextOrNull(p.Target.Data.Format)}
	}
	if p.MappingSet != nil {
		m.MappingSet = &mappingSetModel{ID: types.StringValue(p.MappingSet.ID), mappingsModel: newMappings(p.MappingSet)}
		if p.Newest != nil {
			m.MappingSet.Newest = &newestModel{types.Int64Value(p.Newest.Version), newMappings(p.Newest)}
		}
	}
	if p.Dataset != nil {
		m.Dataset = &datasetModel{types.StringValue(p.Dataset.ID), attribute.TextOrNull(p.Dataset.Name)}
	}
	if p.Schema != nil {
		m.Schema = &schemaModel{types.StringValue(p.Schema.ID), attribute.TextOrNull(p.Schema.Title)}
	}
	return m
}

func newPart(id, name, description string) partModel {
	return partModel{types.StringValue(id), attribute.TextOrNull(name), attribute.TextOrNull(description)}
}

func newFlow(flow *flowservice.Flow) flowModel {
	m := flowModel{partModel: newPart(flow.ID, flow.Name, flow.Description), State: attribute.TextOrNull(flow.State)}
	if !flow.CreatedAt.IsZero() {
		m.CreatedAt = types.StringValue(flow.CreatedAt.UTC().Format(time.RFC3339))
	}
	if mapping, mapped := flow.Mapping(); mapped {
		m.MappingVersion = types.Int64Value(int64(mapping.MappingVersion))
	}
	return m
}

func newMappings(set *dataprep.MappingSet) mappingsModel {
	m := mappingsModel{Name: attribute.TextOrNull(set.Name), Mappings: map[string]mappingModel{}}
	for _, one := range set.Mappings {
		m.Mappings[one.Destination] = mappingModel{
			attribute.TextOrNull(one.Source), attribute.TextOrNull(one.SourceType), attribute.TextOrNull(one.Name), attribute.TextOrNull(one.Description),
		}
	}
	return m
}

func newWebhook(webhook customerio.ReportingWebhook) webhookModel {
	return webhookModel{
		ID: types.StringValue(webhook.ID), Name: attribute.TextOrNull(webhook.Name), Events: texts(webhook.Events), Disabled: types.BoolValue(webhook.Disabled),
		FullResolution: types.BoolValue(webhook.FullResolution), WithContent: types.BoolValue(webhook.WithContent),
	}
}

func texts(values []string) types.Set {
	return types.SetValueMust(types.StringType, attribute.TextValues(values))
}

// each is what becomes of each object: an empty list, not null, if there is none.
func each[O, M any](found []O, make func(O) M) []M {
	models := []M{}
	for _, one := range found {
		models = append(models, make(one))
	}
	return models
}
