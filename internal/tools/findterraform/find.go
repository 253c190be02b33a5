package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// pathVariable is where terraform-plugin-testing looks for the program first.
const pathVariable = "TF_ACC_TERRAFORM_PATH"

// finder finds a Terraform or OpenTofu program. Its fields are the world it
// looks at, so that a test can give it another.
type finder struct {
	getenv   func(string) string
	lookPath func(string) (string, error)
	cacheDir func() (string, error)
	// download puts the pinned release into a folder that exists and is empty.
	download func(ctx context.Context, dir string) error
	// notice is told of what was installed.
	notice io.Writer
}

// find returns the absolute path of the program.
func (f finder) find(ctx context.Context) (string, error) {
	if named := f.getenv(pathVariable); named != "" {
		path, err := f.lookPath(named)
		if err != nil {
			return "", fmt.Errorf("%s names %q, which cannot be run: %w", pathVariable, named, err)
		}
		return filepath.Abs(path)
	}
	for _, name := range []string{"terraform", "tofu"} {
		if path, err := f.lookPath(name); err == nil {
			return filepath.Abs(path)
		}
	}
	path, err := f.cached(ctx)
	if err != nil {
		return "", fmt.Errorf("no terraform or tofu on PATH, and Terraform %s could not be installed "+
			"(put one on PATH, or set %s): %w", terraformVersion, pathVariable, err)
	}
	return path, nil
}

// cached returns the pinned release in the cache folder, after downloading it
// the first time. The release appears there in one step: a download that is cut
// short, or a second one at the same moment, never leaves half a program.
func (f finder) cached(ctx context.Context) (string, error) {
	cache, err := f.cacheDir()
	if err != nil {
		return "", err
	}
	root := filepath.Join(cache, "terraform-provider-gitlabservices", "terraform")
	final := filepath.Join(root, terraformVersion)
	program := filepath.Join(final, "terraform"+exe())
	if isProgram(program) {
		return program, nil
	}

	if err := os.MkdirAll(root, 0o755); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(root, "download-*")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)

	if err := f.download(ctx, dir); err != nil {
		return "", err
	}
	if err := os.Rename(dir, final); err != nil && !isProgram(program) {
		return "", err
	}
	if !isProgram(program) {
		return "", errors.New("the downloaded release holds no program")
	}
	fmt.Fprintf(f.notice, "findterraform: installed Terraform %s in %s\n", terraformVersion, final)
	return program, nil
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// exe is what the names of programs end in.
func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// oneLine folds an error that a library spread over several lines.
func oneLine(err error) string {
	return strings.Join(strings.Fields(err.Error()), " ")
}
