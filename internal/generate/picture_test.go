package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestAPictureIsWellFormedAndShowsWhatItsTextSays(t *testing.T) {
	t.Parallel()
	svg, err := picture("box a 0 0 One & only | below\nbox b 1 1 Two # not shown\narrow a b from <a> to b\nwall a b apart\n")
	if err != nil {
		t.Fatal(err)
	}
	decoder := xml.NewDecoder(strings.NewReader(svg))
	var texts []string
	inText := false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inText = token.Name.Local == "text"
		case xml.CharData:
			if inText {
				texts = append(texts, string(token))
			}
		case xml.EndElement:
			inText = false
		}
	}
	if got, want := strings.Join(texts, "; "), "One & only; below; Two; from <a> to b; apart"; got != want {
		t.Errorf("the picture says %q, want %q", got, want)
	}
}

func TestATextThatIsNoPictureIsRefusedWithItsLine(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"box a 0 0 A\nbox b x 0 B": "line 2: a box stands in a column and a row",
		"box a 0 0 A\narrow a b c": "line 2: there is no such box above",
		"circle a b c":             "line 1: neither box nor arrow nor wall",
		"box a":                    "line 1: too short",
	} {
		if _, err := picture(source); err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", source, err, want)
		}
	}
}
