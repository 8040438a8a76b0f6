package mappingset

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
)

func previewAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"mapping_set_id": schema.StringAttribute{
			MarkdownDescription: "ID of a mapping set. Exactly one of `mapping_set_id` and `schema_id` must be given.",
			Optional:            true,
			Validators: []validator.String{
				attribute.Hex32(), oneKindOfMappings{"set either `mapping_set_id`, or `schema_id` and `mappings`"},
			},
		},
		"mapping_version": schema.Int64Attribute{
			MarkdownDescription: "Version of the mapping set, starting at `0`. Default: the newest. For a mapping set of the same configuration, set it to " +
				"`customerio_mapping_set.….version`: the preview then waits for a change of the mapping set.",
			Optional:   true,
			Computed:   true,
			Validators: []validator.Int64{int64validator.AtLeast(0)},
		},
		"schema_id": schema.StringAttribute{
			MarkdownDescription: "`$id` of the target XDM schema, a URI, for `mappings`. The schema must exist.",
			Optional:            true,
			Validators:          []validator.String{attribute.HTTPURL()},
		},
		"schema_version": schema.StringAttribute{
			MarkdownDescription: "Media type that pins the version of the schema, such as `" + attribute.DefaultContentType + "`. Default: that of the schema.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{attribute.VersionedMediaTypeOrVersion()},
		},
		"mappings": previewedMappings(),
		"event": schema.StringAttribute{
			MarkdownDescription: "The event, a JSON object as text, for example `provider::customerio::sample_event(\"email_clicked\")` or " +
				"`file(\"${path.module}/event.json\")`.",
			Required:   true,
			Validators: []validator.String{attribute.JSONObject()},
		},
		"row": attribute.ComputedText("The row that the event becomes, as JSON. Read it with `jsondecode`."),
		"values": schema.MapAttribute{
			MarkdownDescription: "Values of the row, by the target field of the mapping, for example `values[\"_acme.email\"]`. A text is as it is in the row, and " +
				"anything else is as in JSON. Mappings without a value are in `lost` instead.",
			ElementType: types.StringType,
			Computed:    true,
		},
		"lost": schema.MapAttribute{
			MarkdownDescription: "Mappings for which the row has no value, by target field, with the reason: the error of Data Prep, or that the event has no value at " +
				"the source. A field that the schema does not have is here too, with the nearest field that it has. A row without `_id` or `timestamp` is not stored.",
			ElementType: types.StringType,
			Computed:    true,
		},
		"errors": schema.MapAttribute{
			MarkdownDescription: "Errors of Data Prep for mappings that it could not apply, by target field. Unlike `lost`, it does not have optional fields that the event " +
				"leaves out. An error that names no mapping has the key `\"\"`.",
			ElementType: types.StringType,
			Computed:    true,
		},
	}
}

func previewedMappings() schema.MapNestedAttribute {
	return schema.MapNestedAttribute{
		MarkdownDescription: "Mappings by target field, as those of `customerio_mapping_set`: its attribute `mappings`, or what the function `event_mappings` returns.",
		Optional:            true,
		Validators:          []validator.Map{mapvalidator.SizeAtLeast(1), anyDestinations},
		NestedObject: schema.NestedAttributeObject{
			Validators: []validator.Object{anySource},
			Attributes: map[string]schema.Attribute{
				"source": schema.StringAttribute{
					MarkdownDescription: "Source of the value, depending on `source_type`: a dotted path in the event, an expression or a literal.",
					Required:            true,
					Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
				},
				"source_type": schema.StringAttribute{
					MarkdownDescription: "Type of `source`: `ATTRIBUTE` (a path), `EXPRESSION` or `STATIC` (a literal). Default: `ATTRIBUTE`.",
					Optional:            true,
					Validators:          []validator.String{anySourceType},
				},
				"name":        schema.StringAttribute{MarkdownDescription: "Name of the mapping. It does not change the row.", Optional: true},
				"description": schema.StringAttribute{MarkdownDescription: "Description of the mapping. It does not change the row.", Optional: true},
			},
		},
	}
}

// oneKindOfMappings requires a mapping set, or a schema with mappings. Only mapping_set_id has this validator, so that one mistake is one error.
type oneKindOfMappings struct{ attribute.Wants }

func (v oneKindOfMappings) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	var config previewModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	refuse := func(at, detail string) {
		resp.Diagnostics.AddAttributeError(path.Root(at), "Set either a mapping set or mappings", detail)
	}
	ofSet, ofSchema := config.MappingSetID, config.SchemaID
	switch {
	case resp.Diagnostics.HasError() || ofSet.IsUnknown() || ofSchema.IsUnknown():
	case ofSet.IsNull() && ofSchema.IsNull():
		refuse("mapping_set_id", "Neither is set. Set `mapping_set_id` to the ID of a mapping set, or set `schema_id` and `mappings`.")
	case ofSet.IsNull() && config.Mappings.IsNull():
		refuse("mappings", "`schema_id` is set, and `mappings` is not. Set `mappings`, for example to what `event_mappings` returns.")
	case ofSet.IsNull() && !config.MappingVersion.IsNull():
		refuse("mapping_version", "It is the version of a mapping set, and `mapping_set_id` is not set. Remove `mapping_version`.")
	case !ofSet.IsNull():
		for _, one := range []struct {
			name  string
			value attr.Value
		}{{"schema_id", ofSchema}, {"schema_version", config.SchemaVersion}, {"mappings", config.Mappings}} {
			if !one.value.IsNull() {
				refuse(one.name, fmt.Sprintf("`mapping_set_id` is set too, and the mapping set has its own. Remove `%s`, or remove `mapping_set_id`.", one.name))
				return
			}
		}
	}
}
