// Command reference compares GitLab's own OpenAPI description with the table of
// services, and prints what is to do.
package main

import (
	"os"

	"github.com/gitlabservices/terraform-provider-gitlabservices/internal/reference"
)

func main() { os.Exit(reference.Command(os.Args[1:], os.Stdout, os.Stderr)) }
