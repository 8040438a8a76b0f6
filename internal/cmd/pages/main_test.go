package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPagesAreUpToDate(t *testing.T) {
	t.Parallel()
	site, err := read("../../../docs")
	require.NoError(t, err)
	require.Greater(t, len(site.pages), 30)
	require.Empty(t, site.unused())
	for file, text := range site.pages {
		completed, err := site.complete(file, text)
		require.NoError(t, err, file)
		require.Equal(t, completed, text, "%s is not up to date: run make docs", file)
	}
}

func TestComplete(t *testing.T) {
	t.Parallel()
	const front = "---\nsubcategory: \"\"\ndescription: |-\n  Of `customerio_target_dataset`.\n---\n"
	small := site{
		pages: map[string]string{
			"index.md": "", "resources/dataflow.md": "", "data-sources/dataflow.md": "", "data-sources/streaming_endpoint.md": "",
			"resources/target_dataset.md": "", "data-sources/target_dataset.md": "", "functions/events.md": "",
		},
		guides: map[string]string{
			"getting-started": "Getting started", "zero-loss-replacement": "Replacing", "monitoring": "Monitoring", "importing": "Importing",
		},
	}
	related := relatedHeading + "- Data source [`customerio_dataflow`](../data-sources/dataflow.md)\n- Guide [Getting started](../guides/getting-started.md)\n" +
		"- Guide [Replacing](../guides/zero-loss-replacement.md)\n- Guide [Monitoring](../guides/monitoring.md)\n- Guide [Importing](../guides/importing.md)\n"
	const filled = "---\nsubcategory: \"Adobe Experience Platform\"\ndescription: |-\n  Of `customerio_target_dataset`.\n---\n"
	for text, want := range map[string]string{
		"`customerio_target_dataset` twice: `customerio_target_dataset`":         "[`customerio_target_dataset`](../resources/target_dataset.md) twice: `customerio_target_dataset`",
		"[`customerio_target_dataset`](x.md) twice: `customerio_target_dataset`": "[`customerio_target_dataset`](x.md) twice: `customerio_target_dataset`",
		"`customerio_target_dataset`\n\n## Next\n`customerio_target_dataset`": "[`customerio_target_dataset`](../resources/target_dataset.md)\n\n## Next\n" +
			"[`customerio_target_dataset`](../resources/target_dataset.md)",
		"its own name, `customerio_dataflow`":                     "its own name, `customerio_dataflow`",
		"the data source `customerio_dataflow`":                   "the data source [`customerio_dataflow`](../data-sources/dataflow.md)",
		"the resource or data source `customerio_target_dataset`": "the resource or data source [`customerio_target_dataset`](../resources/target_dataset.md)",
		"`customerio_streaming_endpoint`":                         "[`customerio_streaming_endpoint`](../data-sources/streaming_endpoint.md)",
		"`customerio_unknown`":                                    "`customerio_unknown`",
		"the attribute `events`, the function `events`":           "the attribute `events`, the function [`events`](../functions/events.md)",
		"the guide \"Replacing\"":                                 "the guide [Replacing](../guides/zero-loss-replacement.md)",
		"1. a\n" + dividesArguments + "1. b":                      "1. a\n1. b",
		"(`FLOW-1332-400`)":                                       "([`FLOW-1332-400`](../guides/errors.md))",
		"```terraform\n# `customerio_target_dataset`\n```":        "```terraform\n# `customerio_target_dataset`\n```",
	} {
		completed, err := small.complete("resources/dataflow.md", front+text+"\n")
		require.NoError(t, err)
		require.Equal(t, filled+want+related, completed)
		again, err := small.complete("resources/dataflow.md", completed)
		require.NoError(t, err)
		require.Equal(t, completed, again)
	}
	index, err := small.complete("index.md", front+"`customerio_dataflow`\n")
	require.NoError(t, err)
	require.Equal(t, front+"[`customerio_dataflow`](resources/dataflow.md)\n", index)
}

func TestWhatIsMissingIsAnError(t *testing.T) {
	t.Parallel()
	small := site{pages: map[string]string{}, guides: map[string]string{}}
	_, err := small.complete("resources/new.md", "")
	require.ErrorContains(t, err, "say in subjects where new belongs")
	_, err = small.complete("resources/dataflow.md", "")
	require.ErrorContains(t, err, `there is no guide "getting-started"`)
	_, err = small.complete("resources/target_schema.md", `See the guide "Elsewhere".`)
	require.ErrorContains(t, err, `there is no guide "Elsewhere"`)
	require.Contains(t, small.unused(), "dataflow")
}
