package mappingset

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/advice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
	"github.com/customerio-source/terraform-provider-customerio/internal/lookup"
)

type dataModel struct {
	ID types.String `tfsdk:"id"`
	attributes
}

type dataSource struct{ services *clients.Set }

var _ datasource.DataSourceWithConfigure = &dataSource{}

// NewDataSource makes the data source customerio_mapping_set.
func NewDataSource() datasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_mapping_set"
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.services = clients.From(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config dataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client := d.services.DataPrep.Use(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	lookup := lookup.Lookup[dataprep.MappingSet]{
		NameAttribute: "name", Object: object, Place: lookup.InSandbox, List: candidates(client),
		Read: func(ctx context.Context, id string) (*dataprep.MappingSet, error) {
			return client.NewestMappingSet(ctx, id, 0)
		},
	}
	set := lookup.Find(ctx, config.ID, config.Name, &resp.Diagnostics)
	if set != nil && !config.Version.IsNull() {
		set = certain(ctx, client, set, config.Version.ValueInt64(), &resp.Diagnostics)
	}
	if set == nil {
		return
	}
	read := dataModel{ID: types.StringValue(set.ID)}
	if duplicates := read.fromAPI(set); len(duplicates) > 0 {
		resp.Diagnostics.AddWarning("Fields mapped more than once", fmt.Sprintf(
			"The mapping set %s maps %s more than once; the last mapping of each is the one that is read.", set.ID, advice.Listed(duplicates)))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, read)...)
}

// certain reads a version other than the newest. Where there is none, the newest one tells that the version is at fault.
func certain(ctx context.Context, client *dataprep.Client, newest *dataprep.MappingSet, version int64, diags *diag.Diagnostics) *dataprep.MappingSet {
	if version == newest.Version {
		return newest
	}
	set, err := client.MappingSetVersion(ctx, newest.ID, version)
	switch {
	case dataprep.IsNoVersion(err):
		diags.AddAttributeError(path.Root("version"), "No such version of the mapping set", fmt.Sprintf(
			"The mapping set %s has no version %d: %s.\n\nIts newest version is %d, which is read where no version is given.",
			newest.ID, version, err, newest.Version))
		return nil
	case err != nil:
		advice.Attempt{Verb: "read", Object: object, Name: newest.ID}.Report(diags, err)
		return nil
	}
	return set
}

func candidates(client *dataprep.Client) func(context.Context, string) ([]lookup.Candidate, error) {
	return func(ctx context.Context, name string) ([]lookup.Candidate, error) {
		sets, err := client.ListMappingSets(ctx, dataprep.Filter{Name: name})
		var found []lookup.Candidate
		for _, set := range sets {
			found = append(found, lookup.Candidate{
				ID: set.ID, Name: set.Name, Created: set.CreatedAt,
				Traits: []string{fmt.Sprintf("version %d", set.Version), fmt.Sprintf("%d mappings", len(set.Mappings)), "schema " + set.SchemaID},
			})
		}
		return found, err
	}
}
