package mappingset

import (
	"cmp"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/managed"
)

type model struct {
	managed.Base
	attribute.InSandbox
	attributes
}

// attributes are those that the data source has too.
type attributes struct {
	Version       types.Int64             `tfsdk:"version"`
	Name          types.String            `tfsdk:"name"`
	SchemaID      types.String            `tfsdk:"schema_id"`
	SchemaVersion types.String            `tfsdk:"schema_version"`
	Mappings      map[string]mappingModel `tfsdk:"mappings"`
}

type mappingModel struct {
	Source      types.String `tfsdk:"source"`
	SourceType  types.String `tfsdk:"source_type"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
}

func (m *model) toAPI() dataprep.MappingSet {
	set := dataprep.MappingSet{
		ID:          m.ID.ValueString(),
		Name:        m.Name.ValueString(),
		SchemaID:    m.SchemaID.ValueString(),
		ContentType: m.SchemaVersion.ValueString(),
	}
	for destination, mapping := range m.Mappings {
		set.Mappings = append(set.Mappings, mapping.toAPI(destination))
	}
	return set
}

func (m mappingModel) toAPI(destination string) dataprep.Mapping {
	return dataprep.Mapping{
		Destination: destination,
		Source:      m.Source.ValueString(),
		SourceType:  cmp.Or(m.SourceType.ValueString(), dataprep.SourceAttribute), // a data source has no defaults
		Name:        m.Name.ValueString(),
		Description: m.Description.ValueString(),
	}
}

// fromAPI takes what the service holds, and returns the destinations that it maps more than once, which the map cannot hold.
func (m *attributes) fromAPI(set *dataprep.MappingSet) (duplicates []string) {
	m.Version = types.Int64Value(set.Version)
	m.Name = attribute.Told(m.Name, set.Name)
	m.SchemaID = attribute.Told(m.SchemaID, set.SchemaID)
	m.SchemaVersion = attribute.ContentType(m.SchemaVersion, set.ContentType)
	m.Mappings, duplicates = mappingsFromAPI(m.Mappings, set.Mappings)
	return duplicates
}

// mappingsFromAPI takes an answer with any mapping to tell all of them, unless one does not tell its destination: it may be any of those that
// are known.
func mappingsFromAPI(known map[string]mappingModel, answered []dataprep.Mapping) (mappings map[string]mappingModel, duplicates []string) {
	mappings = make(map[string]mappingModel, len(answered))
	allTold := len(answered) > 0
	for _, mapping := range answered {
		if mapping.Destination == "" {
			allTold = false
			continue
		}
		if _, taken := mappings[mapping.Destination]; taken {
			duplicates = append(duplicates, fmt.Sprintf("%q", mapping.Destination))
		}
		mappings[mapping.Destination] = known[mapping.Destination].over(mapping)
	}
	for destination, mapping := range known {
		if _, told := mappings[destination]; !told && !allTold {
			mappings[destination] = mapping
		}
	}
	return mappings, duplicates
}

// over is what an answer tells, and for the rest what the model knows. A mapping that nobody knows has the default type.
func (m mappingModel) over(answered dataprep.Mapping) mappingModel {
	return mappingModel{
		Source:      attribute.Told(m.Source, answered.Source),
		SourceType:  types.StringValue(cmp.Or(answered.SourceType, m.SourceType.ValueString(), dataprep.SourceAttribute)),
		Name:        attribute.Told(m.Name, answered.Name),
		Description: attribute.Told(m.Description, answered.Description),
	}
}

// label is what the user knows the set by: its name, or its ID if it has none.
func (m *model) label() types.String {
	if m.Name.ValueString() == "" {
		return m.ID
	}
	return m.Name
}
