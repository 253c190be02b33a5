package fakegitlab

import "encoding/json"

// Words are all texts and numbers of the contracts, as they are written: names,
// titles, defaults and what a setting may be. Everybody may know them.
func Words() map[string]bool {
	words := map[string]bool{}
	var note func(value any)
	note = func(value any) {
		switch v := value.(type) {
		case map[string]any:
			for key, member := range v {
				words[key] = true
				note(member)
			}
		case []any:
			for _, element := range v {
				note(element)
			}
		case string:
			words[v] = true
		case float64:
			text, _ := json.Marshal(v)
			words[string(text)] = true
		}
	}
	for _, p := range Profiles() {
		var contract any
		text, err := contracts.ReadFile("contract/" + string(p) + ".json")
		if err == nil && json.Unmarshal(text, &contract) == nil {
			note(contract)
		}
	}
	return words
}
