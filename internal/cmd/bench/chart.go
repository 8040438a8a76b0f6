package main

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// The measures of the chart, in pixels.
const (
	chartWidth  = 760
	chartMargin = 20
	labelWidth  = 230
	valueWidth  = 150
	barHeight   = 18
	barPitch    = 26
	panelHead   = 34
	panelGap    = 14
)

// chartStyle follows the reader's choice of light or dark. The background is the chart's own, so that it can be read on any page.
const chartStyle = `
  .page { fill: #ffffff; stroke: #d0d7de }
  text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 15px }
  .head { font-weight: 600 }
  .this { fill: #0969da } .same { fill: #6cb0f5 } .floor { fill: #8c959f } .other { fill: #bf5b17 }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; stroke: #3d444d }
    text { fill: #e6edf3 }
    .this { fill: #4493f8 } .same { fill: #2b5f9e } .floor { fill: #7d8590 } .other { fill: #e38d4f }
  }
`

// bar is one line of the chart.
type bar struct {
	class, label, value string
	length              float64
}

// chart shows the time of a plan without changes, with a panel of its own scale for each number of pipelines.
func (r Results) chart() string {
	var body strings.Builder
	y := chartMargin + 18
	write := func(x, y int, class, anchor, text string) {
		var escaped strings.Builder
		_ = xml.EscapeText(&escaped, []byte(text)) // a builder takes everything
		fmt.Fprintf(&body, "  <text x=\"%d\" y=\"%d\" class=\"%s\" text-anchor=\"%s\">%s</text>\n", x, y, class, anchor, escaped.String())
	}
	write(chartMargin, y, "title", "start", fmt.Sprintf("Plan without changes, %s per answer", duration(r.Conditions.Latency)))
	y += panelGap
	for _, pipelines := range distinct(r.of("plan"), sizeOf) {
		y += panelGap
		write(chartMargin, y+14, "head", "start", thousands(pipelines)+" pipelines, "+thousands(5*pipelines)+" objects")
		y += panelHead - 10
		for _, one := range r.bars(pipelines) {
			write(chartMargin+labelWidth-10, y+14, "", "end", one.label)
			width := max(1, one.length*(chartWidth-2*chartMargin-labelWidth-valueWidth))
			fmt.Fprintf(&body, "  <rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" class=\"%s\"/>\n",
				chartMargin+labelWidth, y, width, barHeight, one.class)
			write(chartMargin+labelWidth+int(width)+8, y+14, "", "start", one.value)
			y += barPitch
		}
	}
	height := y + chartMargin
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="Time of a plan without changes">
<style>%s</style>
  <rect x="0.5" y="0.5" width="%d" height="%d" rx="6" class="page"/>
%s</svg>
`, chartWidth, height, chartWidth, height, chartStyle, chartWidth-1, height-1, body.String())
}

// bars are those of one panel, the longest with length 1.
func (r Results) bars(pipelines int) []bar {
	var bars []bar
	longest := 0.0
	add := func(m Measurement, class, label string) {
		value := m.time()
		if calls := m.total(); calls > 0 {
			value += ", " + thousands(calls) + " calls"
		}
		bars = append(bars, bar{class, label, value, m.Seconds})
		longest = max(longest, m.Seconds)
	}
	for _, m := range r.of("plan") {
		if m.Pipelines != pipelines {
			continue
		}
		switch m.Subject {
		case floorSubject:
			add(m, "floor", "Terraform alone")
		case thisSubject:
			for _, without := range r.of("plan-no-refresh") {
				if without.Subject == m.Subject && without.Pipelines == pipelines {
					add(without, "same", "this provider, -refresh=false")
				}
			}
			add(m, "this", "this provider")
		default:
			add(m, "other", m.Subject)
		}
	}
	for i := range bars {
		bars[i].length /= longest
	}
	return bars
}
