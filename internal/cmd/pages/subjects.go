package main

// subject is what pages of one name are about: a resource, its data source and its list resource, for example.
type subject struct {
	// subcategory is the group in the menu of the registry.
	subcategory string
	// guides are the names of those that say more, the most helpful one first.
	guides []string
}

const (
	platform   = "Adobe Experience Platform"
	customerIO = "Customer.io"
	advanced   = "Advanced"
)

// subjects are all of them, by name without "customerio_".
var subjects = map[string]subject{
	"target_schema":     {platform, []string{"mapping-events", "importing"}},
	"target_dataset":    {platform, []string{"limits-and-guarantees", "importing"}},
	"source_connection": {platform, []string{"getting-started", "importing", "zero-loss-replacement"}},
	"target_connection": {platform, []string{"getting-started", "importing", "zero-loss-replacement"}},
	"mapping_set":       {platform, []string{"mapping-events", "testing-mappings", "importing"}},
	"dataflow":          {platform, []string{"getting-started", "zero-loss-replacement", "monitoring", "importing"}},
	"reporting_webhook": {customerIO, []string{"getting-started", "security", "monitoring", "importing"}},
	"base_connection":   {advanced, []string{"security", "importing"}},

	"dataflow_runs":            {platform, []string{"monitoring", "troubleshooting"}},
	"mapping_preview":          {platform, []string{"testing-mappings", "mapping-events"}},
	"pipelines":                {platform, []string{"importing", "exporting"}},
	"source_specification":     {platform, []string{"getting-started"}},
	"streaming_endpoint":       {platform, []string{"security", "monitoring"}},
	"event_catalog":            {customerIO, []string{"mapping-events"}},
	"reporting_webhook_errors": {customerIO, []string{"monitoring", "troubleshooting"}},
	"sender_ip_addresses":      {customerIO, []string{"security"}},
	"workspaces":               {customerIO, []string{"sandbox-to-sandbox"}},
	"adobe_access_token":       {advanced, []string{"security", "monitoring"}},

	"event_mappings":    {platform, []string{"mapping-events", "testing-mappings"}},
	"webhook_url":       {platform, []string{"security"}},
	"parse_webhook_url": {platform, []string{"importing", "security"}},
	"events":            {customerIO, []string{"mapping-events"}},
	"sample_event":      {customerIO, []string{"testing-mappings", "mapping-events"}},
}
