package main

import (
	"bufio"
	_ "embed" // for the text of the picture
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// architecture is the text of the picture in internal/README.md.
//
//go:embed architecture.txt
var architecture string

// The grid of a picture, in pixels.
const (
	boxWidth, boxHeight = 240, 84
	gapX, gapY          = 100, 76
	margin              = 24
	lineHeight          = 17
)

// box is a titled rectangle in a cell of the grid.
type box struct {
	column, row int
	lines       []string
}

func (b box) left() int    { return margin + b.column*(boxWidth+gapX) }
func (b box) top() int     { return margin + b.row*(boxHeight+gapY) }
func (b box) middleX() int { return b.left() + boxWidth/2 }
func (b box) middleY() int { return b.top() + boxHeight/2 }

// picture draws boxes and arrows as SVG, from a text that explains its own
// language; see architecture.txt. An error names the line.
func picture(source string) (string, error) {
	boxes := map[string]box{}
	width, height := 0, 0
	var drawn strings.Builder
	lines := bufio.NewScanner(strings.NewReader(source))
	for number := 1; lines.Scan(); number++ {
		line, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		fail := func(why string) (string, error) { return "", fmt.Errorf("line %d: %s", number, why) }
		if len(words) < 4 {
			return fail("too short")
		}
		switch words[0] {
		case "box":
			column, columnErr := strconv.Atoi(words[2])
			row, rowErr := strconv.Atoi(words[3])
			if columnErr != nil || rowErr != nil {
				return fail("a box stands in a column and a row")
			}
			b := box{column, row, strings.Split(strings.Join(words[4:], " "), " | ")}
			boxes[words[1]] = b
			width, height = max(width, b.left()+boxWidth+margin), max(height, b.top()+boxHeight+margin)
			drawBox(&drawn, b)
		case "arrow", "wall":
			from, known := boxes[words[1]]
			to, alsoKnown := boxes[words[2]]
			if !known || !alsoKnown {
				return fail("there is no such box above")
			}
			drawLine(&drawn, from, to, words[0] == "wall", strings.Join(words[3:], " "))
		default:
			return fail("neither box nor arrow nor wall")
		}
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[2]d" width="%[1]d" height="%[2]d" font-family="Helvetica, Arial, sans-serif">
<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="#4b5563"/></marker></defs>
<rect width="%[1]d" height="%[2]d" fill="#ffffff"/>
%[3]s</svg>
`, width, height, drawn.String()), nil
}

func drawBox(b *strings.Builder, box box) {
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" rx="8" fill="#f3f4f6" stroke="#6b7280"/>`+"\n", box.left(), box.top(), boxWidth, boxHeight)
	y := box.middleY() - (len(box.lines)-1)*lineHeight/2
	for i, line := range box.lines {
		weight, size, color := "400", 13, "#374151"
		if i == 0 {
			weight, size, color = "700", 14, "#111827"
		}
		drawText(b, box.middleX(), y+i*lineHeight, "middle", weight, size, color, line)
	}
}

// drawLine joins two boxes: straight in a row or a column, else from the side of
// the one to the top of the other. An arrow has a tip; a wall has none, is
// dashed, and says in red what it keeps apart.
func drawLine(b *strings.Builder, from, to box, wall bool, label string) {
	const beside = 8
	var path, anchor string
	var x, y int
	switch {
	case from.column == to.column:
		path = fmt.Sprintf("M%d %dV%d", from.middleX(), from.top()+boxHeight, to.top())
		x, y, anchor = from.middleX()+beside, (from.top()+boxHeight+to.top())/2, "start"
	case from.row == to.row:
		start, end := from.left()+boxWidth, to.left()
		if from.column > to.column {
			start, end = from.left(), to.left()+boxWidth
		}
		path = fmt.Sprintf("M%d %dH%d", start, from.middleY(), end)
		x, y, anchor = (start+end)/2, from.middleY()-lineHeight, "middle"
	default:
		start := from.left()
		if to.column > from.column {
			start += boxWidth
		}
		path = fmt.Sprintf("M%d %dH%dV%d", start, from.middleY(), to.middleX(), to.top())
		x, y, anchor = (start+to.middleX())/2, from.middleY()-lineHeight, "middle"
	}
	style, color := `stroke="#4b5563" marker-end="url(#tip)"`, "#374151"
	if wall {
		style, color = `stroke="#b91c1c" stroke-dasharray="6 4"`, "#b91c1c"
	}
	fmt.Fprintf(b, `<path d="%s" fill="none" stroke-width="1.5" %s/>`+"\n", path, style)
	drawText(b, x, y, anchor, "400", 12, color, label)
}

func drawText(b *strings.Builder, x, y int, anchor, weight string, size int, color, text string) {
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(text)) // a Builder takes everything
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="%s" dominant-baseline="central" font-weight="%s" font-size="%d" fill="%s">%s</text>`+"\n",
		x, y, anchor, weight, size, color, escaped.String())
}
