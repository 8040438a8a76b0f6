package recording

import (
	"bytes"
	"fmt"
	"html"
	"time"
)

const (
	rows = 28
	// characterWidth is that of almost every monospaced font of the size: 0.6 of it.
	fontSize       = 14
	characterWidth = 8.4
	lineHeight     = 19
	margin         = 16
	titleHeight    = 36
	// rest is how long the end stays before it begins anew.
	rest = 8 * time.Second
)

// head has the colors of a dark terminal with a border, which can be read on a light page and on a dark one.
const head = `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="%[2]d" viewBox="0 0 %[1]d %[2]d" xml:space="preserve" role="img" aria-label="%[3]s">
<style>
text{font:%[4]dpx ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;fill:#d6dee8;white-space:pre}
.b{font-weight:700}.red{fill:#ff8585}.green{fill:#7ee29b}.yellow{fill:#f2cc60}.blue{fill:#8ab8ff}.magenta{fill:#d8a6ff}.cyan{fill:#6fd6e6}.white{fill:#fff}.gray{fill:#8b98a8}
`

const frame = `</style>
<rect x=".5" y=".5" width="%d" height="%d" rx="8" fill="#10151c" stroke="#5b6775"/>
<g fill="#5b6775"><circle cx="20" cy="18" r="5"/><circle cx="38" cy="18" r="5"/><circle cx="56" cy="18" r="5"/></g>
<text class="gray" x="76" y="23">$ %s</text>
<clipPath id="w"><rect y="%d" width="%d" height="%d"/></clipPath>
<g clip-path="url(#w)"><g class="scroll" transform="translate(0,%d)">
`

// SVG draws the lines once, one below the other. They move up behind a window, and a lid over those that are still to
// come moves down. Where nothing moves, because the viewer cannot or the reader does not want it, the end is seen.
func (r *Recorder) SVG(columns int, command string) []byte {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	width, window := int(float64(columns)*characterWidth)+2*margin, rows*lineHeight
	height := titleHeight + window + margin
	var svg bytes.Buffer
	fmt.Fprintf(&svg, head, width, height, html.EscapeString("Recording of "+command), fontSize)
	r.animate(&svg)
	fmt.Fprintf(&svg, frame, width-1, height-1, html.EscapeString(command), titleHeight, width, window+margin/2, -scrolled(len(r.lines)))
	for i, line := range r.lines {
		if pieces := spans(line.text); len(pieces) > 0 {
			drawLine(&svg, titleHeight+i*lineHeight+fontSize, pieces)
		}
	}
	fmt.Fprintf(&svg, "<rect class=\"lid\" x=\"1\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#10151c\" transform=\"translate(0,%d)\"/>\n</g></g>\n</svg>\n",
		titleHeight, width-2, window+lineHeight, len(r.lines)*lineHeight)
	return svg.Bytes()
}

// scrolled is how far the text has moved up when so many lines are shown.
func scrolled(lines int) int { return max(0, lines-rows) * lineHeight }

func (r *Recorder) animate(svg *bytes.Buffer) {
	moments := r.schedule()
	if len(moments) == 0 {
		return
	}
	whole := moments[len(moments)-1] + rest
	fmt.Fprintf(svg, ".scroll{animation:scroll %.1fs step-end infinite}.lid{animation:lid %.1fs step-end infinite}\n", whole.Seconds(), whole.Seconds())
	animate := func(name string, place func(lines int) int) {
		fmt.Fprintf(svg, "@keyframes %s{", name)
		last := 1 // nowhere, so that the first place is written
		for i, moment := range moments {
			if at := place(i + 1); at != last {
				fmt.Fprintf(svg, "%.2f%%{transform:translateY(%dpx)}", 100*moment.Seconds()/whole.Seconds(), at)
				last = at
			}
		}
		fmt.Fprintf(svg, "100%%{transform:translateY(%dpx)}}\n", place(len(moments)))
	}
	animate("scroll", func(lines int) int { return -scrolled(lines) })
	animate("lid", func(lines int) int { return lines * lineHeight })
	svg.WriteString("@media (prefers-reduced-motion:reduce){.scroll,.lid{animation:none}}\n")
}

func drawLine(svg *bytes.Buffer, y int, pieces []span) {
	fmt.Fprintf(svg, "<text y=\"%d\">", y)
	for _, piece := range pieces {
		fmt.Fprintf(svg, "<tspan x=\"%.1f\"%s>%s</tspan>", margin+float64(piece.column)*characterWidth, class(piece.style), html.EscapeString(piece.text))
	}
	svg.WriteString("</text>\n")
}

func class(look style) string {
	switch {
	case look.bold && look.color != "":
		return ` class="b ` + look.color + `"`
	case look.bold:
		return ` class="b"`
	case look.color != "":
		return ` class="` + look.color + `"`
	}
	return ""
}
