package mappingset

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type dataModel struct {
	lookup.Base
	attribute.InSandbox
	attributes
}

// NewDataSource returns the data source customerio_mapping_set.
func NewDataSource() datasource.DataSource {
	return lookup.New(lookup.Lookup[dataModel, dataprep.Client, dataprep.MappingSet]{
		TypeName:            "mapping_set",
		ID:                  "ID of the mapping set, 32 hexadecimal digits.",
		IDForm:              attribute.Hex32(),
		Name:                "Name of the mapping set, in its newest version.",
		MarkdownDescription: "An existing mapping set of Data Prep, found by ID or name. Reads the newest version, unless `version` selects another one.",
		Attributes: map[string]schema.Attribute{
			"version": schema.Int64Attribute{
				MarkdownDescription: "Version to read, starting at `0`. Default: the newest.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.Int64{int64validator.AtLeast(0)},
			},
			"schema_id":      attribute.ComputedText("`$id` of the target XDM schema, a URI (`outputSchema.schemaRef.id`)."),
			"schema_version": attribute.ComputedText("Media type that pins the version of the schema (`outputSchema.schemaRef.contentType`), without spaces."),
			"mappings": schema.MapNestedAttribute{
				MarkdownDescription: "Mappings by target field. The key is the dotted XDM path (`destination`), for example `_acme.email`.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"source": attribute.ComputedText("Source of the value (`source`), depending on `source_type`: a dotted path in the event, " +
						"an expression or a literal."),
					"source_type": attribute.ComputedText("Type of `source` (`sourceType`): `ATTRIBUTE` (a path), `EXPRESSION` or `STATIC` (a literal)."),
					"name":        attribute.ComputedText("Name of the mapping, shown in the Experience Platform UI."),
					"description": attribute.ComputedText("Description of the mapping, shown in the Experience Platform UI."),
				}},
			},
		},
		Client: clients.DataPrep,
		List: func(client *dataprep.Client, ctx context.Context, name string) ([]dataprep.MappingSet, error) {
			return client.MappingSets.List(ctx, name)
		},
		Get: func(client *dataprep.Client, ctx context.Context, id string) (*dataprep.MappingSet, error) {
			return client.NewestMappingSet(ctx, id, "", 0)
		},
		Match:   match,
		FromAPI: fillVersion,
	})
}

func match(set *dataprep.MappingSet) lookup.Match {
	return lookup.Match{ID: set.ID, Name: set.Name, Created: set.CreatedAt, Traits: []string{
		fmt.Sprintf("version %d", set.Version), fmt.Sprintf("%d mappings", len(set.Mappings)), "schema " + set.SchemaID,
	}}
}

// fillVersion reads the version in the configuration if it is not the newest. That the newest was found shows that a missing version,
// not a missing set, is at fault.
func fillVersion(ctx context.Context, call lookup.Call[dataprep.Client], set *dataprep.MappingSet, m *dataModel) error {
	if version := m.Version; !version.IsNull() && version.ValueInt64() != set.Version {
		newest := set.Version
		var err error
		set, err = call.Client.MappingSetVersion(ctx, set.ID, version.ValueInt64())
		if dataprep.IsNoVersion(err) {
			call.Diagnostics.AddAttributeError(path.Root("version"), "No such version of the mapping set", fmt.Sprintf(
				"The mapping set %s has no version %d: %s.\n\nIts newest version is %d, which is read where no version is given.",
				m.ID.ValueString(), version.ValueInt64(), err, newest))
			return nil
		}
		if err != nil {
			return err
		}
	}
	if duplicates := m.fromAPI(set); len(duplicates) > 0 {
		call.Diagnostics.AddWarning("Fields mapped more than once", fmt.Sprintf(
			"The mapping set %s maps %s more than once; the last mapping of each is the one that is read.", set.ID, advice.Listed(duplicates)))
	}
	return nil
}
