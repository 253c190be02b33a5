package catalog

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestAnEventIsAFlagAndAChannel(t *testing.T) {
	t.Parallel()
	e := Event{Flag: "note_events", Channel: "note_channel", Echo: "y", Default: true, Life: since("12.0"), ChannelLife: since("13.0"), What: "comments"}
	if got, want := e.param(), (Bool{Name: "note_events", Default: true, Life: since("12.0"), Help: "Whether comments trigger the service.", flag: true}); !reflect.DeepEqual(got, want) {
		t.Errorf("the flag is %+v, want %+v", got, want)
	}
	got, _ := ChannelNames.of(e, Secret{}).(String)
	if got.Name != "note_channel" || got.Echo != "y" || got.Example != "#note" || !strings.Contains(got.Help, "comments") || got.Required || got.Default != "" || got.Life != since("13.0") || got.Legacy.is() || len(got.validators()) != 1 {
		t.Errorf("the channel is %+v", got)
	}
	if got := ChannelNames.of(Event{Channel: "merge_request_channel"}, Secret{}).arguments()[0].Value; got != "#merge-request" {
		t.Errorf("the example of a channel is %q", got)
	}
	secret, _ := ChannelSecrets.of(e, Secret{Name: "webhook", Required: true, Form: address, Example: "https://example.com/x"}).(Secret)
	if secret.Name != "note_channel" || secret.Required || secret.Example != "https://example.com/x-note" || len(secret.Form.validators) != 1 || !strings.Contains(secret.Help, "`webhook` if empty") {
		t.Errorf("the channel that is a secret is %+v", secret)
	}
	if got := NoChannels.of(e, Secret{}); got != nil {
		t.Errorf("without channels there is %+v", got)
	}
}

func TestAnEventThatAServiceSwitchesOffStaysOnElsewhere(t *testing.T) {
	t.Parallel()
	if mergeRequests.off().Default || mergeRequests.off().Flag != mergeRequests.Flag {
		t.Errorf("switched off it is %+v", mergeRequests.off())
	}
	for i, e := range off(notifications) {
		if e.Default || e.Flag != notifications[i].Flag {
			t.Errorf("with all others switched off, %+v is %+v", notifications[i], e)
		}
	}
	if !mergeRequests.Default {
		t.Error("switching it off in a row switched it off in all of them")
	}
	if got := mergeRequests.since("12.0"); got.Life != since("12.0") || got.Flag != mergeRequests.Flag {
		t.Errorf("since 12.0 it is %+v", got)
	}
	if on := (Bool{Name: "x"}).on(); !on.Default || on.Name != "x" {
		t.Errorf("switched on, x is %+v", on)
	}
}

func TestAFlagIsNeverNullOnTheWire(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		prior := Values{}
		for _, e := range s.Events {
			prior[e.Flag] = types.BoolValue(!e.Default)
		}
		for name, c := range map[string]Change{
			"a new one":                {},
			"nothing is configured":    {Prior: Values{}},
			"everything was taken out": {Prior: prior},
		} {
			values := s.Encode(c).Values
			for _, e := range s.Events {
				if got, sent := values[e.Flag]; sent && got != e.Default {
					t.Errorf("%s, %s: %s is sent as %v, want %t", s.Slug, name, e.Flag, got, e.Default)
				} else if sent != (e.Flag != "") {
					t.Errorf("%s, %s: %s is sent: %t", s.Slug, name, e.Flag, sent)
				}
			}
		}
	}
}

func TestChannelsFollowTheirEvents(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		keys := keys(s)
		for _, e := range s.Events {
			if e.Flag != "" && !slices.Contains(keys, e.Flag) {
				t.Errorf("%s: the flag %s is no parameter", s.Slug, e.Flag)
			}
			if got, want := slices.Contains(keys, e.Channel), s.Channels != NoChannels; got != want {
				t.Errorf("%s: the channel %q is a parameter: %t, want %t", s.Slug, e.Channel, got, want)
			}
			if s.Channels != NoChannels && e.Echo != "" && !slices.Contains(keys, e.Echo) {
				t.Errorf("%s: %s echoes %s, which is no parameter", s.Slug, e.Channel, e.Echo)
			}
		}
	}
}

// GitLab 14 and later show a blank confidential channel as the other one.
func TestAConfidentialChannelThatEchoesPlansNothing(t *testing.T) {
	t.Parallel()
	prior := slack.Decode(Answer{Values: map[string]any{"issue_channel": "#issues", "note_channel": "#notes"}}).Values
	got := slack.Decode(Answer{Prior: prior, Values: map[string]any{
		"issue_channel": "#issues", "confidential_issue_channel": "#issues",
		"note_channel": "#notes", "confidential_note_channel": "#notes",
		"push_channel": "#issues",
	}}).Values
	want := Values{
		"issue_channel": text("#issues"), "confidential_issue_channel": noText,
		"note_channel": text("#notes"), "confidential_note_channel": noText,
		"push_channel": text("#issues"),
	}
	for name := range want {
		if !got[name].Equal(want[name]) {
			t.Errorf("%s is %s, want %s", name, got[name], want[name])
		}
	}
}
