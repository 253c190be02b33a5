package acctest

import (
	"strconv"
	"strings"
)

// NeedsTerraform skips the test, and says so, unless the CLI is HashiCorp's and of
// the version or a later one: some features are in no other.
func (w *Terraform) NeedsTerraform(major, minor int) {
	w.t.Helper()
	first, _, _ := strings.Cut(w.Must("version").Stdout, "\n")
	version, isTerraform := strings.CutPrefix(first, "Terraform v")
	parts := strings.SplitN(version, ".", 3)
	if isTerraform && len(parts) == 3 {
		hasMajor, majorErr := strconv.Atoi(parts[0])
		hasMinor, minorErr := strconv.Atoi(parts[1])
		if majorErr == nil && minorErr == nil && (hasMajor > major || hasMajor == major && hasMinor >= minor) {
			return
		}
	}
	w.t.Skipf("needs Terraform %d.%d or later, and this is %q: set TF_ACC_TERRAFORM_PATH to one", major, minor, first)
}

// Write makes a file in the folder, beside the configuration.
func (w *Terraform) Write(name, text string) {
	w.t.Helper()
	w.write(w.Path(name), text)
}
