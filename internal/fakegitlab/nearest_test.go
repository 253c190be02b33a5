package fakegitlab

import "testing"

func TestTheNearestReleaseIsThatOfTheMajorVersion(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]Profile{
		"9.5.10": V10_5, "10.5.8": V10_5, "11.9.0": V12_3, "12.3.5": V12_3, "13.12.1": V13_0,
		"14.4.0": V16_0, "16.0.0": V16_0, "16.11.2-ee": V16_0, "17.0.0": V18_9, "17.11.1-ee": V18_9,
		"18.0.0": V18_9, "18.11.3": V18_9, "19.0.0": V19_1, "19.5.0-pre": V19_1, "20.1.0": V19_1,
		"master": "", "": "",
	} {
		if got, err := Nearest(version); got != want || (err == nil) != (want != "") {
			t.Errorf("GitLab %q is taken for %q, %v; want %q", version, got, err, want)
		}
	}
}
