package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
)

// Source is where a configuration says that the provider comes from.
const Source = "gitlabservices/gitlabservices"

// registries are where Terraform and OpenTofu look for a source without a host.
var registries = []string{"registry.terraform.io", "registry.opentofu.org"}

// Flags are those of GNUmakefile and of a release: what is built with the same is
// compiled once. Tests build without them, as "go test" does.
var Flags = []string{"-trimpath", "-tags=grpcnotrace"}

// Release is the version that the provider goes by where tests, the demo and the
// benchmark build it.
const Release = "0.0.1"

// Linked is the flag that has a program go by [Release], as that of a release goes
// by its own: one without it is a working copy's, and says "dev".
const Linked = "-ldflags=-s -w -X main.version=" + Release

// Executable is the name of the file of a program on this system: Windows starts
// none without an extension.
func Executable(program string) string {
	if runtime.GOOS == "windows" {
		return program + ".exe"
	}
	return program
}

// Build builds a program of this module: the package, into a file.
func Build(ctx context.Context, output, pkg string, flags ...string) error {
	args := append([]string{"build", "-o", output}, append(flags, pkg)...)
	if text, err := command(ctx, "go", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, text)
	}
	return nil
}

// Override has the CLI take providers from where they were built: programs by
// source, each alone in its folder. It wants no init, and warns of that at every
// command.
func (f *Folder) Override(programs map[string]string) error {
	var lines strings.Builder
	for source, program := range programs {
		for _, registry := range registries {
			fmt.Fprintf(&lines, "    %q = %q\n", registry+"/"+source, filepath.Dir(program))
		}
	}
	return f.installation("  dev_overrides {\n" + lines.String() + "  }\n  direct {}\n")
}

// Mirror has "init" find one version of each provider, as "make install" does:
// programs by source.
func (f *Folder) Mirror(version string, programs map[string]string) error {
	mirror := f.Path("mirror")
	for source, program := range programs {
		name := "terraform-provider-" + path.Base(source) + "_v" + version + filepath.Ext(program)
		for _, registry := range registries {
			dir := filepath.Join(mirror, registry, source, version, runtime.GOOS+"_"+runtime.GOARCH)
			if err := errors.Join(os.MkdirAll(dir, 0o755), os.Link(program, filepath.Join(dir, name))); err != nil {
				return err
			}
		}
	}
	return f.installation(fmt.Sprintf("  filesystem_mirror {\n    path = %q\n  }\n", mirror))
}

// Reattach has the CLI use the provider of a process that runs already, which
// [Serve] told of.
func (f *Folder) Reattach(running string) error {
	f.Env = append(f.Env, "TF_REATTACH_PROVIDERS="+running)
	return f.installation("  direct {}\n")
}

func (f *Folder) installation(methods string) error {
	return os.WriteFile(f.Path(configFile), []byte("provider_installation {\n"+methods+"}\n"), 0o600)
}
