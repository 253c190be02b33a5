package catalog

import (
	"encoding/json"
	"testing"
)

// BenchmarkAttributes is what every start of the provider pays for schemas.
func BenchmarkAttributes(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range All() {
			s.Attributes()
		}
	}
}

// BenchmarkDecode is what one resource pays in every plan.
func BenchmarkDecode(b *testing.B) {
	slack, answer := benchmarkAnswer(b)
	prior := slack.Decode(Answer{Values: answer}).Values
	b.ReportAllocs()
	for b.Loop() {
		slack.Decode(Answer{Values: answer, Prior: prior})
	}
}

func BenchmarkEncode(b *testing.B) {
	slack, answer := benchmarkAnswer(b)
	plan := slack.Decode(Answer{Values: answer}).Values
	b.ReportAllocs()
	for b.Loop() {
		slack.Encode(Change{Plan: plan, Config: plan})
	}
}

// benchmarkAnswer is an answer with a value for everything, of the service with
// the most parameters.
func benchmarkAnswer(b *testing.B) (*Service, map[string]any) {
	b.Helper()
	raw := map[string]any{}
	for _, a := range slack.Arguments() {
		raw[a.Name] = a.Value
	}
	text, err := json.Marshal(raw)
	if err != nil {
		b.Fatal(err)
	}
	var answer map[string]any
	if err := json.Unmarshal(text, &answer); err != nil {
		b.Fatal(err)
	}
	return &slack, answer
}
