package fakegitlab

import (
	"fmt"
	"strconv"
	"strings"
)

// Nearest is the profile that a GitLab is most like: that of its
// major version, or the next newer one. What changes with a major version comes
// in its minor ones before, so that 17.x, where inheritance came, is 18.9 rather
// than 16.0.
func Nearest(version string) (Profile, error) {
	major, err := majorOf(version)
	if err != nil {
		return "", err
	}
	profiles := Profiles()
	for _, p := range profiles {
		if of, err := majorOf(string(p)); err == nil && of >= major {
			return p, nil
		}
	}
	return profiles[len(profiles)-1], nil
}

func majorOf(version string) (int, error) {
	text, _, _ := strings.Cut(version, ".")
	major, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%q is no version of a GitLab", version)
	}
	return major, nil
}
