package main

import (
	"fmt"
	"html"
	"strings"
)

// chart draws the largest plan of Terraform: a bar a provider.
func (r *results) chart() string {
	var plans []measured
	for _, m := range r.commands {
		if m.what != "plan" || m.latency != 0 {
			continue
		}
		if len(plans) > 0 && plans[0].resources < m.resources {
			plans = nil
		}
		if len(plans) == 0 || plans[0].resources == m.resources {
			plans = append(plans, m)
		}
	}
	const width, row = 640, 22
	var body strings.Builder
	y := 20
	part := func(title, unit string, of func(measured) float64) {
		fmt.Fprintf(&body, `<text x="0" y="%d" font-weight="bold">%s</text>`+"\n", y, html.EscapeString(title))
		most := 0.0
		for _, m := range plans {
			most = max(most, of(m))
		}
		for _, m := range plans {
			y += row
			length := 0.0
			if most > 0 {
				length = 300 * of(m) / most
			}
			fmt.Fprintf(&body, `<text x="0" y="%d">%s</text><rect x="220" y="%d" width="%.0f" height="14" fill="#6b4fbb"/><text x="%.0f" y="%d">%.3g %s</text>`+"\n",
				y, html.EscapeString(m.provider), y-12, length, 226+length, y, of(m), unit)
		}
		y += 2 * row
	}
	resources := 0
	if len(plans) > 0 {
		resources = plans[0].resources
	}
	part(fmt.Sprintf("CPU of the provider in a plan of %d resources without a change", resources), "s", func(m measured) float64 { return m.CPU.Seconds() })
	part("Its peak memory", "MiB", func(m measured) float64 { return mib(m.Peak) })
	part("Requests to GitLab", "", func(m measured) float64 { return float64(m.requests) })
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
<rect width="100%%" height="100%%" fill="white"/>
<g transform="translate(10,0)">
%s</g>
</svg>
`, width, y, body.String())
}
